import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceMark, enrolment } from '#db/schema/index.ts'
import type { AttendanceAct, AttendanceMark, AttendanceWay } from '#db/values.ts'
import { type Entry, hoursOf, type SessionTimes, type Standing, standingOf, UNMARKED } from './rules.ts'
import type { HeldSheet } from './sheet-held.server.ts'

/** An entry to be kept; `id` where the device that noted it made one. */
export type NewEntry = {
  id?: string
  enrolmentId: string
  act: AttendanceAct
  mark?: AttendanceMark | null
  checkedInAt?: Date | null
  checkedOutAt?: Date | null
  way: AttendanceWay
  reason?: string
  at: Date
}

export type Sheet = Pick<HeldSheet, 'academyId' | 'sessionId' | 'classId' | 'graceMinutes'> & { session: SessionTimes }

/**
 * Locks how these workers stand in a session, in the order of their ids, so that two who mark take turns and none deadlock.
 * Only of workers with a seat in the class: the others are not among what it returns.
 */
export async function lockStandings(
  tx: Tx,
  { academyId, sessionId, classId }: Pick<Sheet, 'academyId' | 'sessionId' | 'classId'>,
  enrolmentIds: readonly string[],
): Promise<Map<string, Standing>> {
  if (enrolmentIds.length === 0) return new Map()
  const seated = await tx
    .select({ enrolmentId: enrolment.id })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(enrolment.seat, 'enrolled'),
        inArray(enrolment.id, [...enrolmentIds]),
      ),
    )
    .orderBy(asc(enrolment.id))
  if (seated.length === 0) return new Map()
  await tx
    .insert(attendanceMark)
    .values(seated.map(({ enrolmentId }) => ({ academyId, sessionId, classId, enrolmentId })))
    .onConflictDoNothing()
  const rows = await tx
    .select()
    .from(attendanceMark)
    .where(
      and(
        eq(attendanceMark.academyId, academyId),
        eq(attendanceMark.sessionId, sessionId),
        inArray(
          attendanceMark.enrolmentId,
          seated.map(({ enrolmentId }) => enrolmentId),
        ),
      ),
    )
    .orderBy(asc(attendanceMark.enrolmentId))
    .for('update')
  return new Map(
    rows.map(({ enrolmentId, mark, checkedInAt, checkedOutAt, way }) => [
      enrolmentId,
      { mark: mark as AttendanceMark | null, checkedInAt, checkedOutAt, way: way as AttendanceWay | null },
    ]),
  )
}

/**
 * Keeps entries about workers whose standings are locked, and writes what all their entries now come to. One that is there
 * already (the same id, or the same worker's code) adds nothing.
 * @returns how many were added.
 */
export async function keepEntries(
  tx: Tx,
  { sheet, entries, accountId, now }: { sheet: Sheet; entries: readonly NewEntry[]; accountId: string; now: Date },
): Promise<number> {
  if (entries.length === 0) return 0
  const { academyId, sessionId, classId } = sheet
  const added = await tx
    .insert(attendanceEntry)
    .values(
      entries.map(({ id = newId(), ...entry }) => ({
        ...{ academyId, sessionId, classId, id, recordedAt: now, accountId },
        ...entry,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: attendanceEntry.id })
  const touched = [...new Set(entries.map(({ enrolmentId }) => enrolmentId))]
  const kept = await tx
    .select()
    .from(attendanceEntry)
    .where(
      and(
        eq(attendanceEntry.academyId, academyId),
        eq(attendanceEntry.sessionId, sessionId),
        inArray(attendanceEntry.enrolmentId, touched),
      ),
    )
  const rows = touched.map((enrolmentId) => {
    const own = kept.filter((entry) => entry.enrolmentId === enrolmentId) as (Entry & { enrolmentId: string })[]
    const standing = own.length === 0 ? UNMARKED : standingOf(own, sheet)
    return { id: enrolmentId, ...standing, hours: hoursOf(standing, sheet) }
  })
  await tx.execute(sql`
    update attendance_mark m set mark = n.mark, checked_in_at = n."checkedInAt", checked_out_at = n."checkedOutAt",
      way = n.way, hours = n.hours
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as n (id uuid, mark text, "checkedInAt" timestamptz, "checkedOutAt" timestamptz, way text, hours numeric)
    where m.academy_id = ${academyId}::uuid and m.session_id = ${sessionId}::uuid and m.enrolment_id = n.id`)
  return added.length
}
