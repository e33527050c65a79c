import { type SQL, sql } from 'drizzle-orm'
import type { CourseCard } from '#app/features/courses/course-card.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { type ClassCard, listClassCardsOf } from '#app/features/training/classes.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { CatalogueQuery } from './filters.ts'
import type { SearchResult } from './found.ts'
import { searchCatalogue } from './search.server.ts'

/** The lesson of a course that answers best, with the words around the first hit in it. */
export type LessonHit = { slug: string; position: number; title: string; titleEn: string; excerpt: string | null }

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
    slugs.length > 0 ? courseFacts(tx, slugs, shanghaiDate(now)) : [],
    slugs.length > 0 && result.terms.length > 0 ? lessonHits(tx, slugs, result.terms) : [],
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

type Facts = { slug: string; madeBy: string; offeredBy: string[] }

async function courseFacts(tx: Tx, slugs: readonly string[], today: string): Promise<Facts[]> {
  return tx.execute<Facts>(sql`
    select c.slug, coalesce(m.name, c.author) as "madeBy",
      array(
        select distinct a.name from catalogue_item o join academy a on a.code = o.academy_code
        where o.kind = 'offer' and o.course_slug = c.slug and o.ends_on >= ${today}::date order by 1
      ) as "offeredBy"
    from course c left join academy m on m.code = c.academy_code
    where c.slug = any(${array(slugs)})`)
}

type Hit = LessonHit & { courseSlug: string }

const lessonPart = ({ courseSlug: _, ...lesson }: Hit): LessonHit => lesson

/** What an excerpt shows before the hit, and in all. */
const [BEFORE, EXCERPT] = [24, 96]

/**
 * Of each course the lesson that has most of the words, in its title above all; a rarer word counts for more. `terms`: the
 * rarest first. Courses whose lessons have none of them are left out.
 */
async function lessonHits(tx: Tx, slugs: readonly string[], terms: readonly string[]): Promise<Hit[]> {
  const term = sql`unnest(${array(terms)}) with ordinality t(token, n)`
  const found = await tx.execute<Hit & { at: number; isCut: boolean }>(sql`
    select distinct on (l.course_slug) l.course_slug as "courseSlug", l.slug, l.position, l.title, l.title_en as "titleEn",
      f.at, substr(x.text, greatest(f.at - ${BEFORE}, 1), ${EXCERPT}) as excerpt, f.at > ${BEFORE + 1} as "isCut"
    from lesson l
    join catalogue_lesson x on x.course_slug = l.course_slug and x.lesson_slug = l.slug
    cross join lateral (
      select coalesce(sum((case when ${has(sql`concat(l.title, ' ', l.title_en)`)} then 4.0 else 0 end + case when ${has(sql`x.text`)} then 1.0 else 0 end) / t.n), 0) as score,
        coalesce((array_agg(strpos(lower(x.text), t.token) order by t.n) filter (where ${has(sql`x.text`)}))[1], 0) as at
      from ${term}
    ) f
    where l.course_slug = any(${array(slugs)}) and l.withdrawn_at is null and f.score > 0
    order by l.course_slug, f.score desc, l.position`)
  return found.map(({ at, isCut, excerpt, ...hit }) => ({
    ...hit,
    excerpt: at > 0 ? trimmed(excerpt ?? '', isCut) : null,
  }))
}

const has = (text: SQL): SQL => sql`strpos(lower(${text}), t.token) > 0`

const array = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`

/** Begins with a sentence where one begins before the hit; what is cut off says so. */
function trimmed(excerpt: string, isCut: boolean): string {
  const sentence = isCut ? /[。；！？]\s*(?=\S)/.exec(excerpt.slice(0, BEFORE)) : null
  const begun = sentence ? excerpt.slice(sentence.index + sentence[0].length) : isCut ? `…${excerpt}` : excerpt
  return Array.from(excerpt).length < EXCERPT ? begun : `${begun}…`
}

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
