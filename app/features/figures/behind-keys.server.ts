import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { isAboutTraining } from './behind.ts'
import { countedBy } from './counted-by.ts'
import { type Figure, isEnrolmentFigure } from './figures.ts'
import { type Asked, isCredited, isExamined, isPractical, memberOf, members } from './members.server.ts'
import { refreshSoon } from './refresh-soon.server.ts'
import { isFresh } from './select-tallies.server.ts'

/** What to list: `limit` keys behind `after`, and how many there are in all. */
export type About = { academyId: string; figure: Exclude<Figure, 'brands'>; after: string | null; limit: number }
export type Keys = { count: number; keys: { key: string; facts: string[] }[] }
type KeyRow = { count: number; key: string | null; facts: string[] | null }

const toKeys = (rows: readonly KeyRow[]): Keys => ({
  count: rows[0]?.count ?? 0,
  keys: rows.flatMap(({ key, facts }) => (key ? [{ key, facts: facts ?? [] }] : [])),
})

/** A page of what a figure counts, in the order of the keys, with the facts by which each counts. */
export const listKeys = async (tx: Tx, asked: Asked, about: About): Promise<Keys> =>
  (await keysOfTally(tx, asked, about)) ?? (await keysOfFacts(tx, asked, about))

/** From the tally and its members, by their key; null where it is stale. One statement: a recount may come between two. */
async function keysOfTally(tx: Tx, asked: Asked, { academyId, figure, after, limit }: About): Promise<Keys | null> {
  const rows = await tx.execute<KeyRow>(sql`
    with known as materialized (
      select t.${sql.identifier(figure)} as count from tally t
      where t.academy_id = ${academyId}::uuid and t.year = ${asked.year}::int
        and ${isFresh(asked.today, sql`${countedBy(asked.policy)}::text`)}
    ),
    page as materialized (
      select key, person_id from (${tallied(asked, { academyId, figure })}) l
      where (select count > 0 from known) and ${after ? sql`key > ${after}::uuid` : sql`true`}
      order by key limit ${limit}::int
    )
    select n.count, p.key, p.facts
    from known n
    left join (
      select page.key, array_agg(f.id order by f.at, f.id) as facts
      from page cross join lateral (${factsOfPerson(asked, { academyId, figure })}) f
      group by page.key
    ) p on true
    order by p.key`)
  return rows.length === 0 ? null : toKeys(rows)
}

function tallied(asked: Asked, { academyId, figure }: Pick<About, 'academyId' | 'figure'>): SQL {
  const ofTally = sql`m.academy_id = ${academyId}::uuid and m.year = ${asked.year}::int`
  if (!isEnrolmentFigure(figure))
    return sql`select m.person_id as key, m.person_id from tally_member m where ${ofTally} and ${memberOf[figure]}`
  const isPracticalOnly = figure === 'practical_times'
  return sql`
    select e.id as key, e.person_id from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    where e.academy_id = ${academyId}::uuid and ${isCredited(asked)} and ${isPracticalOnly ? isPractical : sql`true`}
      and exists (
        select from tally_member m
        where ${ofTally} and m.person_id = e.person_id and ${isPracticalOnly ? memberOf.practical : memberOf.trained})`
}

/** The facts of one row of `page` by which it counts: found by the person, of whom there are few. */
function factsOfPerson(asked: Asked, { academyId, figure }: Pick<About, 'academyId' | 'figure'>): SQL {
  const own = sql`e.academy_id = ${academyId}::uuid and e.person_id = page.person_id`
  if (!isAboutTraining(figure))
    return sql`
      select s.id, s.assessed_on as at from enrolment e
      join assessment s on s.academy_id = e.academy_id and s.enrolment_id = e.id
      where ${own} and ${isExamined(asked)}`
  return sql`
    select e.id, e.credited_on as at from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    where ${own} and ${isCredited(asked)} and ${figure.startsWith('practical') ? isPractical : sql`true`}
      and ${isEnrolmentFigure(figure) ? sql`e.id = page.key` : sql`true`}`
}

/** The same from the facts. */
async function keysOfFacts(tx: Tx, asked: Asked, { figure, after, limit }: About): Promise<Keys> {
  refreshSoon()
  const rows = await tx.execute<KeyRow>(sql`
    with ${members(asked)},
    listed as (${listed(figure)}),
    page as (
      select key, person_id from listed
      where ${after ? sql`key > ${after}::uuid` : sql`true`}
      order by key limit ${limit}::int
    )
    select n.count, p.key, p.facts
    from (select count(*)::int as count from listed) n
    left join (
      select page.key, array_agg(f.id order by f.at, f.id) as facts
      from page join (${factsBehind(figure)}) f on ${isEnrolmentFigure(figure) ? sql`f.id = page.key` : sql`f.person_id = page.person_id`}
      group by page.key
    ) p on true
    order by p.key`)
  return toKeys(rows)
}

/** What the figure counts: `key` is what is counted, a person or an enrolment. */
function listed(figure: Exclude<Figure, 'brands'>): SQL {
  if (!isEnrolmentFigure(figure))
    return sql`select m.person_id as key, m.person_id from member m where ${memberOf[figure]}`
  const [belongs, counts] =
    figure === 'trained_times' ? [memberOf.trained, sql`true`] : [memberOf.practical, sql`c.practical`]
  return sql`select c.id as key, c.person_id from credited c
    where ${counts} and c.person_id in (select m.person_id from member m where ${belongs})`
}

function factsBehind(figure: Figure): SQL {
  if (!isAboutTraining(figure))
    return sql`select distinct assessment_id as id, person_id, assessed_on as at from sitting where counts`
  const counts = figure.startsWith('practical') ? sql`c.practical` : sql`true`
  return sql`select c.id, c.person_id, c.credited_on as at from credited c where ${counts}`
}
