import { type SQL, sql } from 'drizzle-orm'
import { readRankedPlace, readTurnPlace, type SortedPlace, writeTurnPlace } from './filters.ts'
import type { Found, ItemKind } from './found.ts'

/** One more than a page shows: whether another follows. */
const most = sql.placeholder('most')
const given = (name: string) => sql.placeholder(name)

/** Found by words: the best first. Among equals courses stand before classes, sooner classes before later ones. */
export const rankedPage: SQL = sql`
    select p.*, row_number() over (order by p.score desc, p.turn, p.soon, p.id) as place
    from (
      select s.*
      from (
        select n.*, (n.kind = 'class')::int as turn, case n.kind when 'class' then n."on"::text else '' end as soon from shown n
      ) s
      where ${given('score')}::int is null
        or (-s.score, s.turn, s.soon, s.id) > (-${given('score')}::int, ${given('turn')}::int, ${given('soon')}::text, ${given('id')}::text)
      order by s.score desc, s.turn, s.soon, s.id limit ${most}
    ) p`

/** What {@link rankedPage} asks of a place. */
export function rankedAfter(after: string | null) {
  const place = readRankedPlace(after)
  if (!place) return { score: null, turn: null, soon: null, id: null }
  const isCourse = place.kind === 'course'
  return { score: place.score, turn: isCourse ? 0 : 1, soon: isCourse ? '' : place.on, id: place.id }
}

/** Nothing typed: courses and classes take turns, the latest revised and the soonest first. */
export const turnPage: SQL = sql`
    select t.*, row_number() over (order by t.turn, t.kind desc) as place
    from (
      select n.*, row_number() over (partition by n.kind order by
        case when n.kind = 'course' then n."on" end desc, case when n.kind = 'class' then n."on" end, n.id) as turn
      from shown n
      where (n.kind = 'course' and (${given('courseId')}::text is null or n."on" < ${given('courseOn')}::date
          or (n."on" = ${given('courseOn')}::date and n.id > ${given('courseId')}::text)))
        or (n.kind = 'class' and (${given('classId')}::text is null or n."on" > ${given('classOn')}::date
          or (n."on" = ${given('classOn')}::date and n.id > ${given('classId')}::text)))
    ) t
    order by place limit ${most}`

/** What {@link turnPage} asks of a place. */
export function turnAfter(after: string | null) {
  const { course, class: klass } = readTurnPlace(after)
  return { ...courseAt(course), ...classAt(klass) }
}

const courseAt = (at: SortedPlace | null) => ({ courseOn: at?.on ?? null, courseId: at?.id ?? null })
const classAt = (at: SortedPlace | null) => ({ classOn: at?.on ?? null, classId: at?.id ?? null })

/** Where each kind goes on: behind the last one shown here, or where it was before. */
export function nextTurn(after: string | null, shown: readonly Found[]): string {
  const before = readTurnPlace(after)
  const lastOf = (kind: ItemKind) => shown.findLast((item) => item.kind === kind) ?? before[kind]
  return writeTurnPlace({ course: lastOf('course'), class: lastOf('class') })
}
