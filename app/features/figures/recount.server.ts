import { setTimeout as sleep } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { listPolicyRows } from '../policy/policy.server.ts'
import { policyInForce, type YearPolicy } from '../policy/policy.ts'
import { countedBy } from './counted-by.ts'
import type { PersonFigure } from './figures.ts'
import { memberOf, members } from './members.server.ts'
import { months } from './months.server.ts'
import { MONTHLY } from './months.ts'
import { isFresh, versionsOf } from './select-tallies.server.ts'

/** Of all, or only those that are stale; `isWilling` false: not while another recount runs or a write goes on for long. */
export type Recount = { year: number; today: string; now: Date; onlyStale: boolean; isPatient: boolean }

/** What became of it: how many academies were counted; null where something else was in the way. */
export type Recounted = { academies: number } | null

const PATIENCE_MS = { patient: 600_000, impatient: 5000 }

/**
 * Counts one year of the academies again and writes their tallies, in the transaction of the caller, system('figures').
 * Never adds to what a tally says. A write that commits meanwhile keeps its mark, so that its tally stays stale:
 *
 * 1. Marks are taken away first; whatever is counted in later statements includes the writes that made them.
 * 2. Writers that were at it when the marks were read are awaited: what they wrote may belong to marks that others made
 *    (see the migration `tally_marks`). Later ones see what the marks were about, and mark it again.
 */
export async function recountYear(tx: Tx, asked: Recount): Promise<Recounted> {
  const { year, today, now, onlyStale, isPatient } = asked
  if (!(await takeTurn(tx, asked))) return null
  const policy = policyInForce(await listPolicyRows(tx), year)
  const found = await tx.execute<{ id: string; is_due: boolean }>(sql`
    select a.id, ${onlyStale ? sql`not ${isFresh(today, sql`${countedBy(policy)}::text`)}` : sql`true`} as is_due
    from academy a left join tally t on t.academy_id = a.id and t.year = ${year}::int`)
  const due = found.filter((academy) => academy.is_due).map(({ id }) => id)
  if (due.length > 0) {
    const ids = sql`${sql.param(due)}::uuid[]`
    await tx.execute(sql`delete from tally_mark where year = ${year}::int and academy_id = any(${ids})`)
    if (!(await awaitWriters(tx, isPatient ? PATIENCE_MS.patient : PATIENCE_MS.impatient))) throw new Overtaken()
    await tx.execute(sql`select set_config('work_mem', '64MB', true)`)
    await writeMembers(tx, { year, today, policy, academyIds: due, isAll: due.length === found.length })
    await writeTallies(tx, { year, today, now, policy, ids })
  }
  await writeUnions(tx, year)
  return { academies: due.length }
}

/** Writers took too long: nothing was counted, every mark stays. */
export class Overtaken extends Error {}

/** Recounts of one year take turns; of different years they touch nothing in common. */
async function takeTurn(tx: Tx, { year, isPatient }: Recount): Promise<boolean> {
  const key = sql`7220, ${year}::int`
  if (!isPatient) {
    const [got] = await tx.execute<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(${key}) as got`)
    return got?.got === true
  }
  await tx.execute(sql`select pg_advisory_xact_lock(${key})`)
  return true
}

/** The lock that every writer of facts shares: who holds it, in this database, but for ourselves. */
const writers = sql`
  select virtualtransaction as writer from pg_locks
  where locktype = 'advisory' and classid = 7219 and objid = 1 and objsubid = 2
    and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`

async function awaitWriters(tx: Tx, patienceMs: number): Promise<boolean> {
  let waiting = (await tx.execute<{ writer: string }>(writers)).map(({ writer }) => writer)
  const until = Date.now() + patienceMs
  while (waiting.length > 0) {
    if (Date.now() > until) return false
    await sleep(20)
    const now = new Set((await tx.execute<{ writer: string }>(writers)).map(({ writer }) => writer))
    waiting = waiting.filter((writer) => now.has(writer))
  }
  return true
}

const FACTS = [
  'times',
  'practical_times',
  'trained_on',
  'practical_on',
  'certified_on',
  'improved_on',
  'online_only',
].concat(['uncategorised', 'entitled', 'assessed', 'levelled', 'unissued', 'undeclared'])
const list = (parts: SQL[]) => sql.join(parts, sql`, `)
const columns = (prefix: SQL) => list(FACTS.map((name) => sql`${prefix}${sql.identifier(name)}`))

/** Writes who belongs to the academies' year; rows that say so already stay as they are. */
async function writeMembers(
  tx: Tx,
  of: { year: number; today: string; policy: YearPolicy; academyIds: string[]; isAll: boolean },
): Promise<void> {
  const { year, today, policy } = of
  const academyIds = of.isAll ? null : of.academyIds
  await tx.execute(sql`
    with ${members({ year, today, academyIds, policy, previous: null })},
    gone as (
      delete from tally_member o
      where o.year = ${year}::int and ${academyIds ? sql`o.academy_id = any(${sql.param(academyIds)}::uuid[])` : sql`true`}
        and not exists (select from member m where m.academy_id = o.academy_id and m.person_id = o.person_id)
    )
    insert into tally_member as o (academy_id, year, person_id, ${columns(sql``)})
    select m.academy_id, ${year}::int, m.person_id, ${columns(sql`m.`)} from member m
    on conflict (academy_id, year, person_id) do update set (${columns(sql``)}) = row (${columns(sql`excluded.`)})
    where (${columns(sql`o.`)}) is distinct from (${columns(sql`excluded.`)})`)
}

async function writeTallies(
  tx: Tx,
  of: { year: number; today: string; now: Date; policy: YearPolicy; ids: SQL },
): Promise<void> {
  const { year, today, now, policy, ids } = of
  const persons = Object.keys(memberOf) as PersonFigure[]
  const counted = persons.map((figure) => sql`count(*) filter (where ${memberOf[figure]})`)
  const names = [
    ...persons,
    'trained_times',
    'practical_times',
    ...MONTHLY.map((figure) => `${figure}_months`),
    ...['version', 'counted_by', 'counted_at', 'holds_from', 'holds_until'],
  ]
  await tx.execute(sql`
    insert into tally (academy_id, year, ${list(names.map((name) => sql.identifier(name) as unknown as SQL))})
    select a.id, ${year}::int, ${list(counted)},
      coalesce(sum(m.times) filter (where ${memberOf.trained}), 0),
      coalesce(sum(m.practical_times) filter (where ${memberOf.practical}), 0), ${months},
      gen_random_uuid(), ${countedBy(policy)}, ${now.toISOString()}::timestamptz,
      (select max(e.credited_on) from enrolment e where e.academy_id = a.id and e.credited_on <= ${today}::date),
      (select min(e.credited_on) from enrolment e where e.academy_id = a.id and e.credited_on > ${today}::date)
    from academy a left join tally_member m on m.academy_id = a.id and m.year = ${year}::int
    where a.id = any(${ids})
    group by a.id
    on conflict (academy_id, year) do update set
      (${list(names.map((name) => sql`${sql.identifier(name)}`))}) = row (${list(names.map((name) => sql`excluded.${sql.identifier(name)}`))})`)
}

/**
 * Distinct persons of the whole province and of every union's academies, where they are not counted yet. Counted union by
 * union, from its academies' keys: nobody knows yet how many members were just written, and joined to all unions at once they
 * were read row by row.
 */
async function writeUnions(tx: Tx, year: number): Promise<void> {
  const unions = sql`
    with scope (union_id, academy_id) as (
      select null::uuid, a.id from academy a union all select a.sponsor_id, a.id from academy a
    ),
    known as (
      select ${versionsOf(sql`t.version`, sql`t.academy_id`)} as versions, array_agg(t.academy_id) as academy_ids
      from scope s join tally t on t.academy_id = s.academy_id and t.year = ${year}::int
      group by s.union_id
    )`
  await tx.execute(sql`
    ${unions}
    delete from tally_union u where u.year = ${year}::int and u.versions not in (select versions from known)`)
  await tx.execute(sql`
    ${unions}
    insert into tally_union (year, versions, trained, practical)
    select ${year}::int, k.versions, counted.trained, counted.practical
    from (
      select distinct on (versions) versions, academy_ids from known
      where versions not in (select u.versions from tally_union u where u.year = ${year}::int)
    ) k
    cross join lateral (
      select count(p.trained_on) as trained, count(p.practical_on) as practical
      from (
        select min(m.trained_on) as trained_on, min(m.practical_on) as practical_on
        from tally_member m
        where m.academy_id = any(k.academy_ids) and m.year = ${year}::int
        group by m.person_id
      ) p
    ) counted
    on conflict do nothing`)
}
