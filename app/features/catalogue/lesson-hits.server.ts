import { type SQL, sql } from 'drizzle-orm'
import { statement } from '#db/client.server.ts'

/** The lesson of a course that answers best, with the words around the first hit in it. */
export type LessonHit = { slug: string; position: number; title: string; titleEn: string; excerpt: string | null }

/** A lesson, where the first hit stands in its text (from 1; 0: nowhere), and what is cut out around it. */
type Hit = LessonHit & { courseSlug: string; at: number; isCut: boolean }

/** What search_terms() gives at most. */
const MOST_TERMS = 12

/** What an excerpt shows before the hit, and in all. */
const [BEFORE, EXCERPT] = [24, 96]

/**
 * Of each course the lesson that has most of the words, in its title above all; a rarer word counts for more. Courses whose
 * lessons have none of them are left out. `terms`: folded, the rarest first. Which lesson of these courses has which word the
 * index answers, word by word (`lessons_with`); texts are read of the chosen lessons alone, which are twenty, not hundreds,
 * and no further than to the first word that stands in them. Arrays come through a sub-select, so that their length is no
 * reason to plan anew.
 */
export const findLessonHits = statement((db) => {
  const column = <T>(name: string): SQL<T> => sql<T>`h.${sql.identifier(name)}`
  const slugs = sql`(select ${sql.placeholder('slugs')}::text[])::text[]`
  const terms = sql`(select ${sql.placeholder('terms')}::text[])::text[]`
  const firstAt = sql.join(
    Array.from({ length: MOST_TERMS }, (_, n) => sql`nullif(strpos(w.text, w.terms[${n + 1}]), 0)`.inlineParams()),
    sql`, `,
  )
  return db
    .select({
      courseSlug: column<Hit['courseSlug']>('course_slug'),
      slug: column<Hit['slug']>('slug'),
      position: column<Hit['position']>('position'),
      title: column<Hit['title']>('title'),
      titleEn: column<Hit['titleEn']>('title_en'),
      excerpt: column<string>('excerpt'),
      at: column<Hit['at']>('at'),
      isCut: column<Hit['isCut']>('is_cut'),
    })
    .from(sql`(
      with term as materialized (
        select t.token, t.n, (quote_literal(t.token)
          || case when t.token ~ '^[a-z0-9]' or length(t.token) = 1 then ':*' else '' end)::tsquery && o.courses as query
        from unnest(${terms}) with ordinality t(token, n)
        cross join (select string_agg(quote_literal('=' || s.slug), '|')::tsquery as courses from unnest(${slugs}) s(slug)) o
      ),
      part as materialized (
        select l.course_slug, l.slug, l.position, l.title, l.title_en, lower(concat(l.title, ' ', l.title_en)) as titles
        from lesson l where l.course_slug = any(${slugs}) and l.withdrawn_at is null
      ),
      hit as (
        select x.course_slug, x.lesson_slug as slug, 1.0 / t.n as weight
        from term t cross join lateral lessons_with(t.query) x
        union all
        select p.course_slug, p.slug, 4.0 / t.n from part p join term t on strpos(p.titles, t.token) > 0
      ),
      best as (
        select distinct on (p.course_slug) p.*
        from (select i.course_slug, i.slug, sum(i.weight) as score from hit i group by i.course_slug, i.slug) s
        join part p on p.course_slug = s.course_slug and p.slug = s.slug
        order by p.course_slug, s.score desc, p.position
      )
      select b.*, f.at, substr(x.text, greatest(f.at - ${BEFORE}::int, 1), ${EXCERPT}::int) as excerpt,
        f.at > ${BEFORE + 1}::int as is_cut
      from best b
      join catalogue_lesson x on x.course_slug = b.course_slug and x.lesson_slug = b.slug
      cross join lateral (select lower(x.text) as text, ${terms} as terms offset 0) w
      cross join lateral (select coalesce(${firstAt}, 0) as at offset 0) f
    ) h`)
})

/** A hit as its page shows it. */
export const lessonPart = ({ slug, position, title, titleEn, excerpt, at, isCut }: Hit): LessonHit => ({
  ...{ slug, position, title, titleEn },
  excerpt: at > 0 ? trimmed(excerpt ?? '', isCut) : null,
})

/** Begins with a sentence where one begins before the hit; what is cut off says so. */
function trimmed(excerpt: string, isCut: boolean): string {
  const sentence = isCut ? /[。；！？]\s*(?=\S)/.exec(excerpt.slice(0, BEFORE)) : null
  const begun = sentence ? excerpt.slice(sentence.index + sentence[0].length) : isCut ? `…${excerpt}` : excerpt
  return Array.from(excerpt).length < EXCERPT ? begun : `${begun}…`
}
