import { sql } from 'drizzle-orm'
import type { CourseCard } from '#app/features/courses/course-card.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { type ClassCard, listClassCardsOf } from '#app/features/training/classes.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import type { CatalogueQuery } from './filters.ts'
import type { SearchResult } from './found.ts'
import { findLessonHits, type LessonHit, lessonPart } from './lesson-hits.server.ts'
import { searchCatalogue } from './search.server.ts'

export type CourseItem = CourseCard & {
  kind: 'course'
  /** Who made it: an academy, or whom the course itself names. */
  madeBy: string
  /** Academies whose online classes it can count for now. */
  offeredBy: string[]
  lesson: LessonHit | null
}

export type ClassItem = ClassCard & { kind: 'class' }

export type CataloguePage = Omit<SearchResult, 'items'> & { items: (CourseItem | ClassItem)[] }

/** A page of the catalogue with everything that its rows show. `accountId`: whose progress; null: nobody's. */
export async function findCataloguePage(
  tx: Tx,
  input: { query: CatalogueQuery; after: string | null; limit: number; accountId: string | null; now: Date },
): Promise<CataloguePage> {
  const { now, accountId } = input
  const result = await searchCatalogue(tx, input)
  const slugs = result.items.flatMap((item) => (item.kind === 'course' ? [item.id] : []))
  const places = result.items.flatMap(({ kind, id, academies: [academyCode] }) =>
    kind === 'class' && academyCode ? [{ academyCode, id }] : [],
  )
  const [courses, facts, lessons, classes] = await Promise.all([
    slugs.length > 0 ? listCourses(tx, { accountId, slugs }) : [],
    slugs.length > 0 ? courseFacts(tx, { slugs, today: shanghaiDate(now) }) : [],
    slugs.length > 0 && result.terms.length > 0 ? findLessonHits(tx, { slugs, terms: result.terms }) : [],
    listClassCardsOf(tx, { of: places, now }),
  ])
  const items = result.items.flatMap(({ kind, id }): CataloguePage['items'] => {
    if (kind === 'class') {
      const card = classes.find((one) => one.id === id)
      return card ? [{ ...card, kind }] : []
    }
    const card = courses.find((one) => one.slug === id)
    const fact = facts.find((one) => one.slug === id)
    const hit = lessons.find((one) => one.courseSlug === id)
    if (!card || !fact) return []
    const { madeBy, offeredBy } = fact
    return [{ ...card, kind: 'course', madeBy, offeredBy, lesson: hit ? lessonPart(hit) : null }]
  })
  return { ...result, items }
}

/** Who made a course, and which academies it can count for today. */
const courseFacts = statement((db) =>
  db
    .select({
      slug: sql<string>`c.slug`,
      madeBy: sql<string>`coalesce(m.name, c.author)`,
      offeredBy: sql<string[]>`array(
        select distinct a.name from catalogue_item o join academy a on a.code = o.academy_code
        where o.kind = 'offer' and o.course_slug = c.slug and o.ends_on >= ${sql.placeholder('today')}::date order by 1
      )`,
    })
    .from(sql`course c left join academy m on m.code = c.academy_code`)
    .where(sql`c.slug = any(${sql.placeholder('slugs')}::text[])`),
)

/** How many occupations are offered where nothing was found. */
const OFFERED = 6

/** What there would be where nothing was found: without the filters, and by occupation. */
export async function findElsewhere(tx: Tx, query: CatalogueQuery, now: Date) {
  const everything = { text: '', mode: null, occupation: null, level: null, city: null, academy: null }
  const ask = (asked: CatalogueQuery) => searchCatalogue(tx, { query: asked, after: null, limit: 1, now })
  const [wide, all] = await Promise.all([ask({ ...everything, text: query.text }), ask(everything)])
  const occupations = all.facets.occupation.toSorted((one, other) => other.count - one.count).slice(0, OFFERED)
  return { unnarrowed: wide.total, occupations: occupations.map(({ value, name, count }) => ({ value, name, count })) }
}
