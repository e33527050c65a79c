import { and, eq, sql } from 'drizzle-orm'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { creditedOn } from './bulk.server.ts'
import { countedHours } from './credit.ts'
import { hoursToCredit } from './timetable.ts'

/** What a worker attended by the sheets, in hours; `practical`: of these in practical sessions. */
export type Attended = { enrolmentId: string; hours: number; practical: number }

/**
 * Writes the hours that attendance sheets come to onto the enrolments of a class, and decides each credit by the counting
 * policy of the year in which it ends, over the hours delivered ({@link countedHours}). Hours beyond the plan are cut to it.
 * What it said before is not kept apart: the sheets' entries tell it. From now on nobody enters this class's hours by hand.
 * Runs for the purpose `attendance`; the class's row is locked by {@link holdAttendedClass} first.
 * @returns the enrolments whose hours or credit changed.
 */
export async function writeAttended(
  tx: Tx,
  { held, deliveredHours, attended }: { held: AttendedClass; deliveredHours: number; attended: readonly Attended[] },
): Promise<string[]> {
  const { academyId, id: classId, plannedHours, plannedPracticalHours, mode } = held
  const year = yearOf(held.endsOn)
  const { attendancePercent } = await countingPolicy(tx, year)
  const { deliveredPercent } = await attendancePolicy(tx, year)
  await tx.update(trainingClass).set({ deliveredHours }).where(isThis(held))
  const rows = attended.map(({ enrolmentId, hours, practical }) => {
    const counted = Math.min(hours, plannedHours)
    const ofThese = mode === 'mixed' ? Math.min(practical, plannedPracticalHours ?? 0, counted) : null
    return { id: enrolmentId, hours: counted, practical: ofThese }
  })
  const credit = creditedOn({
    mode: sql`${mode}::text`,
    plannedHours: sql`${countedHours({ plannedHours, deliveredHours, deliveredPercent })}::numeric`,
    endsOn: sql`${held.endsOn}::date`,
    hoursAttended: sql`n.hours`,
    completedOn: sql`null::date`,
    attendancePercent: sql`${attendancePercent}::int`,
  })
  const changed = await tx.execute<{ id: string }>(sql`
    update enrolment e set hours_attended = n.hours, practical_hours_attended = n.practical, credited_on = ${credit}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as n (id uuid, hours numeric, practical numeric)
    where e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.id = n.id and e.seat = 'enrolled'
      and (e.hours_attended, e.practical_hours_attended, e.credited_on) is distinct from (n.hours, n.practical, ${credit})
    returning e.id`)
  return changed.map(({ id }) => id)
}

/** The hours that credit a worker of the class, as its sheets deliver. */
export async function hoursNeeded(
  tx: Tx,
  held: Pick<AttendedClass, 'endsOn' | 'plannedHours'>,
  deliveredHours: number,
): Promise<number> {
  const year = yearOf(held.endsOn)
  const { attendancePercent } = await countingPolicy(tx, year)
  const { deliveredPercent } = await attendancePolicy(tx, year)
  const { plannedHours } = held
  return hoursToCredit(countedHours({ plannedHours, deliveredHours, deliveredPercent }), attendancePercent)
}

export type AttendedClass = NonNullable<Awaited<ReturnType<typeof holdAttendedClass>>>

/** A class run here, at a place, locked like a seat: hours, seats and mending of it wait. Null: no such class. */
export async function holdAttendedClass(tx: Tx, of: { academyId: string; classId: string }) {
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(isThis({ academyId: of.academyId, id: of.classId }))
    .for('no key update')
  return row?.origin === 'system' && row.mode !== 'online' ? row : null
}

const isThis = ({ academyId, id }: { academyId: string; id: string }) =>
  and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, id))
