import { type SQL, sql } from 'drizzle-orm'
import { readRankedPlace, readTurnPlace, type SortedPlace, writeTurnPlace } from './filters.ts'
import type { Found, ItemKind } from './found.ts'

/** Found by words: the best first. Among equals courses stand before classes, sooner classes before later ones. */
export function rankedPage(after: string | null, limit: number): SQL {
  const place = readRankedPlace(after)
  const isBehind = place
    ? sql`where (-s.score, s.turn, s.soon, s.id) > (${-place.score}::int, ${place.kind === 'course' ? 0 : 1}::int,
        ${place.kind === 'course' ? '' : place.on}, ${place.id})`
    : sql``
  return sql`
    select s.*, row_number() over (order by s.score desc, s.turn, s.soon, s.id) as place
    from (
      select n.*, (n.kind = 'class')::int as turn, case n.kind when 'class' then n."on"::text else '' end as soon from shown n
    ) s ${isBehind}
    order by place limit ${limit + 1}`
}

/** Nothing typed: courses and classes take turns, the latest revised and the soonest first. */
export function turnPage(after: string | null, limit: number): SQL {
  const place = readTurnPlace(after)
  const behind = (kind: ItemKind, at: SortedPlace | null, isAfter: SQL) =>
    sql`(n.kind = ${kind} and ${at ? isAfter : sql`true`})`
  const { course, class: klass } = place
  return sql`
    select t.*, row_number() over (order by t.turn, t.kind desc) as place
    from (
      select n.*, row_number() over (partition by n.kind order by
        case when n.kind = 'course' then n."on" end desc, case when n.kind = 'class' then n."on" end, n.id) as turn
      from shown n
      where ${behind('course', course, sql`(n."on" < ${course?.on} or (n."on" = ${course?.on} and n.id > ${course?.id}))`)}
        or ${behind('class', klass, sql`(n."on" > ${klass?.on} or (n."on" = ${klass?.on} and n.id > ${klass?.id}))`)}
    ) t
    order by place limit ${limit + 1}`
}

/** Where each kind goes on: behind the last one shown here, or where it was before. */
export function nextTurn(after: string | null, shown: readonly Found[]): string {
  const before = readTurnPlace(after)
  const lastOf = (kind: ItemKind) => shown.findLast((item) => item.kind === kind) ?? before[kind]
  return writeTurnPlace({ course: lastOf('course'), class: lastOf('class') })
}
