import { sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { findOccupation } from '#app/features/occupations/find.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { addDays, shanghaiDate, shanghaiInstant, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  type ClassFacts,
  type ClassGround,
  changedFields,
  classMark,
  faultsOnGround,
  type MendEffect,
  type MendEntry,
  type PlacedFault,
  readMend,
} from './mend.ts'
import { effectOf } from './mend-credit.server.ts'
import type { Held } from './mend-held.server.ts'

type Occupation = { code: string; edition: number } | null
type Decided =
  | { ok: true; isNew: boolean; next: ClassFacts; occupation: Occupation; effect: MendEffect }
  | { ok: false; reason: 'faults'; faults: PlacedFault[] }
  | { ok: false; reason: 'changed_meanwhile' | 'unchanged' }

type Asked = { entry: MendEntry; now: Date; viewer: Viewer }

/** What an entry would make of a held class, and whether it may: nothing is written. */
export async function decideMend(tx: Tx, held: Held, { entry, now, viewer }: Asked): Promise<Decided> {
  const read = readMend(entry)
  if ('faults' in read) return { ok: false, reason: 'faults', faults: read.faults }
  const next = read.facts
  const isStale = entry.was !== classMark(held.facts)
  const isSame = changedFields(held.facts, next).length === 0
  if (isSame && !isStale) return { ok: false, reason: 'unchanged' }
  if (isStale && !isSame) return { ok: false, reason: 'changed_meanwhile' }
  const occupation = await occupationOf(tx, held, next)
  if (occupation === undefined)
    return { ok: false, reason: 'faults', faults: [{ field: 'occupationCode', fault: 'occupation_unknown' }] }
  const effect = await effectOf(tx, held, next)
  if (isSame) return { ok: true, isNew: false, next, occupation, effect }
  const today = shanghaiDate(now)
  const isLocked = viewer.role !== 'provincial_handler' && (await isLockedFor(tx, held, today))
  const faults = faultsOnGround(held.facts, next, { ...(await groundOf(tx, held, next)), isLocked }, today)
  return faults.length > 0
    ? { ok: false, reason: 'faults', faults }
    : { ok: true, isNew: true, next, occupation, effect }
}

/** Whether the class has closed sheets that its academy's own people may not change any more. */
async function isLockedFor(tx: Tx, { academyId, classId, facts: { endsOn } }: Held, today: string): Promise<boolean> {
  const { lockDays } = await attendancePolicy(tx, yearOf(endsOn))
  if (today <= addDays(endsOn, lockDays)) return false
  const [row] = await tx.execute(sql`select exists (select from attendance_sheet a
    where a.academy_id = ${academyId}::uuid and a.class_id = ${classId}::uuid and a.closed_at is not null) as "isClosed"`)
  return row?.isClosed === true
}

/** The edition stays where the code does. Undefined: no such occupation. */
async function occupationOf(tx: Tx, held: Held, next: ClassFacts): Promise<Occupation | undefined> {
  if (next.occupationCode === null) return null
  if (next.occupationCode === held.facts.occupationCode && held.occupationEdition !== null)
    return { code: next.occupationCode, edition: held.occupationEdition }
  return (await findOccupation(tx, next.occupationCode)) ?? undefined
}

async function groundOf(
  tx: Tx,
  { academyId, classId, origin, hasCourse }: Held,
  next: ClassFacts,
): Promise<Omit<ClassGround, 'isLocked'>> {
  const from = shanghaiInstant(next.startsOn).toISOString()
  const to = shanghaiInstant(addDays(next.endsOn, 1)).toISOString()
  const [row] = (await tx.execute(sql`
    select e.*, s.*, m.*
    from (
      select count(*) filter (where credited_on is not null)::int as credited,
        count(*) filter (where hours_attended is not null)::int as recorded,
        count(*) filter (where completed_on < ${next.startsOn}::date)::int as completed_before,
        count(*) filter (where hours_attended > ${next.plannedHours}::numeric)::int as above,
        max(hours_attended)::float as most,
        count(*) filter (where practical_hours_attended > ${next.plannedPracticalHours}::numeric)::int as practical_above,
        max(practical_hours_attended)::float as practical_most
      from enrolment where academy_id = ${academyId}::uuid and class_id = ${classId}::uuid and seat = 'enrolled') e
    cross join (
      select count(*)::int as assessed, count(*) filter (where a.assessed_on < ${next.startsOn}::date)::int as assessed_before,
        min(a.assessed_on)::text as first
      from assessment a join enrolment n on n.academy_id = a.academy_id and n.id = a.enrolment_id
      where n.academy_id = ${academyId}::uuid and n.class_id = ${classId}::uuid) s
    cross join (
      select count(*)::int as outside from class_session c
      where c.academy_id = ${academyId}::uuid and c.class_id = ${classId}::uuid and c.status = 'planned'
        and (c.starts_at < ${from}::timestamptz or c.ends_at > ${to}::timestamptz)) m`)) as unknown as Record<
    | 'credited'
    | 'recorded'
    | 'completed_before'
    | 'above'
    | 'practical_above'
    | 'assessed'
    | 'assessed_before'
    | 'outside',
    number
  >[] &
    { most: number | null; practical_most: number | null; first: string | null }[]
  return {
    origin,
    hasCourse,
    credited: row!.credited,
    recorded: row!.recorded + row!.assessed,
    assessedBefore: { count: row!.assessed_before, first: row!.first },
    completedBefore: row!.completed_before,
    attendedAbove: { count: row!.above, most: row!.most },
    practicalAbove: { count: row!.practical_above, most: row!.practical_most },
    sessionsOutside: row!.outside,
  }
}
