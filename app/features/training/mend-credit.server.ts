import { type SQL, sql } from 'drizzle-orm'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { Mode } from '#db/values.ts'
import { creditedOn } from './bulk.server.ts'
import { countedHours } from './credit.ts'
import { type ClassFacts, isCreditTouched, type MendEffect } from './mend.ts'
import type { Held } from './mend-held.server.ts'

/** The credit that the class's enrolments `e` would have; by the policy of the year in which it ends. */
async function creditOf(tx: Tx, { deliveredHours }: Held, next: ClassFacts): Promise<SQL> {
  const year = yearOf(next.endsOn)
  const { attendancePercent } = await countingPolicy(tx, year)
  const { deliveredPercent } = await attendancePolicy(tx, year)
  const plannedHours = countedHours({ ...next, deliveredHours, deliveredPercent })
  return creditedOn({
    mode: sql`${next.mode}::text`,
    plannedHours: sql`${plannedHours}::numeric`,
    endsOn: sql`${next.endsOn}::date`,
    hoursAttended: sql`e.hours_attended`,
    completedOn: sql`e.completed_on`,
    attendancePercent: sql`${attendancePercent}::int`,
  })
}

const practicalOf = ({ mode }: ClassFacts): SQL =>
  mode === 'mixed' ? sql`e.practical_hours_attended` : sql`null::numeric`
const completionOf = ({ mode }: ClassFacts): SQL => (mode === 'online' ? sql`e.completed_on` : sql`null::date`)
const isPractical = (mode: Mode, hours: SQL): SQL =>
  mode === 'practical' ? sql`true` : mode === 'mixed' ? sql`coalesce(${hours} > 0, false)` : sql`false`

/** What mending would do to the class's enrolments: how many are credited before and after, what else goes. */
export async function effectOf(tx: Tx, held: Held, next: ClassFacts): Promise<MendEffect> {
  const { academyId, classId, facts } = held
  const credit = isCreditTouched(facts, next) ? await creditOf(tx, held, next) : sql`e.credited_on`
  const [row] = (await tx.execute(sql`
    select count(e.credited_on)::int as before, count(n.credited_on)::int as after,
      count(*) filter (where e.credited_on is null and n.credited_on is not null)::int as gained,
      count(*) filter (where e.credited_on is not null and n.credited_on is null)::int as lost,
      count(*) filter (where e.credited_on <> n.credited_on)::int as moved,
      count(e.credited_on) filter (where ${isPractical(facts.mode, sql`e.practical_hours_attended`)})::int as "practicalBefore",
      count(n.credited_on) filter (where ${isPractical(next.mode, practicalOf(next))})::int as "practicalAfter",
      (count(e.practical_hours_attended) - count(${practicalOf(next)}))::int as "practicalCleared",
      (count(e.completed_on) - count(${completionOf(next)}))::int as "completionCleared",
      count(*) filter (where ${next.mode}::text = 'mixed' and e.hours_attended is not null
        and e.practical_hours_attended is null)::int as "practicalMissing"
    from enrolment e cross join lateral (select ${credit} as credited_on) n
    where e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'`)) as unknown as MendEffect[]
  return row!
}

/** Credits the class's enrolments by its new values; those that change are kept as they were. */
export async function creditAnew(tx: Tx, held: Held, next: ClassFacts): Promise<void> {
  const { academyId, classId } = held
  const credit = await creditOf(tx, held, next)
  const changed = sql`e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'
    and (e.credited_on is distinct from ${credit} or e.practical_hours_attended is distinct from ${practicalOf(next)}
      or e.completed_on is distinct from ${completionOf(next)})`
  await tx.execute(sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e where ${changed} order by e.id for update of e`)
  await tx.execute(sql`
    update enrolment e set credited_on = ${credit}, practical_hours_attended = ${practicalOf(next)},
      completed_on = ${completionOf(next)}
    where ${changed}`)
}
