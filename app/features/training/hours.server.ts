import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { keepRevision, record } from '#app/features/audit/audit.server.ts'
import { countingPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'
import type { Mode } from '#db/values.ts'
import { creditDate } from './credit.ts'
import { type Hours, type HoursEntry, type HoursFault, isCorrection, readHours } from './hours.ts'

export type HoursFaults = { enrolmentId: string; cell: 'attended' | 'practical' | 'reason'; fault: HoursFault }[]

/** Classes whose hours come from the course that is learned here. */
export const hoursComeFromCourse = (facts: { mode: Mode; origin: string; courseSlug: string | null }): boolean =>
  facts.mode === 'online' && facts.origin === 'system' && facts.courseSlug !== null

/**
 * Where a class's hours come from, so that nobody enters them by hand: its course, or the attendance sheets of its sessions, cancelled
 * ones too, or whoever cancels them all could write what was never taught (domain.md, "Classes and enrolments": a class with sessions
 * run in the system takes hours from its attendance only). Null: they are entered.
 */
export function hoursFrom(
  facts: Parameters<typeof hoursComeFromCourse>[0] & { hasSessions: boolean },
): 'course' | 'attendance' | null {
  if (hoursComeFromCourse(facts)) return 'course'
  return facts.hasSessions ? 'attendance' : null
}

/** Whether the class has a timetable here, in a query of classes. */
export const hasSessions = sql<boolean>`exists (select from class_session s
  where s.academy_id = "class"."academy_id" and s.class_id = "class"."id")`

/**
 * Records hours of many workers of a class at once, and decides each credit by the counting policy of the year in which the
 * class ends. All or nothing: a fault in any row writes nothing. Old values are kept; changing one needs a reason. Null: no
 * such class of the academy, or one whose hours nobody enters by hand, or not any more.
 */
export async function recordHours(
  tx: Tx,
  input: {
    viewer: Viewer
    academyId: string
    classId: string
    entries: readonly HoursEntry[]
    reason: string
    now: Date
    requestId?: string
  },
): Promise<{ ok: true; changed: number } | { ok: false; faults: HoursFaults } | null> {
  const { academyId, classId, entries, now, viewer } = input
  // Locked like a seat: nobody withdraws while hours are written on the place.
  const [held] = await tx
    .select({ ...getTableColumns(trainingClass), hasSessions })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update')
  if (!held || held.status === 'closed' || hoursFrom({ ...held, mode: held.mode as Mode })) return null
  const mode = held.mode as Mode
  const { attendancePercent } = await countingPolicy(tx, yearOf(held.endsOn))
  const rows = await lockRows(
    tx,
    input,
    entries.map((entry) => entry.enrolmentId),
  )

  const faults: HoursFaults = []
  const changes: { row: (typeof rows)[number]; hours: Hours }[] = []
  for (const entry of entries) {
    const { enrolmentId } = entry
    const row = rows.find((candidate) => candidate.id === enrolmentId)
    if (!row) {
      if (entry.attended.trim() + entry.practical.trim() !== '')
        faults.push({ enrolmentId, cell: 'attended', fault: 'gone' })
      continue
    }
    const read = readHours(entry, { ...held, mode }, row)
    if ('faults' in read) faults.push(...read.faults.map((fault) => ({ enrolmentId, ...fault })))
    else if (read.hours) changes.push({ row, hours: read.hours })
  }
  const corrected = changes.find(({ row }) => isCorrection(row))
  const reason = input.reason.trim()
  if (corrected && reason === '') faults.push({ enrolmentId: corrected.row.id, cell: 'reason', fault: 'reason_needed' })
  if (faults.length > 0) return { ok: false, faults }

  for (const { row, hours } of changes) {
    const facts = { mode, plannedHours: held.plannedHours, endsOn: held.endsOn, completedOn: row.completedOn }
    const creditedOn = creditDate({ ...facts, hoursAttended: hours.attended, attendancePercent })
    if (isCorrection(row))
      await keepRevision(tx, {
        academyId,
        fact: 'enrolment',
        factId: row.id,
        before: row.before,
        reason,
        accountId: viewer.accountId,
        now,
      })
    await tx
      .update(enrolment)
      .set({ hoursAttended: hours.attended, practicalHoursAttended: hours.practical, creditedOn })
      .where(and(eq(enrolment.academyId, academyId), eq(enrolment.id, row.id)))
    const event = { by: viewer, now, academyId, subjectId: row.id, requestId: input.requestId }
    await record(tx, { ...event, kind: 'enrolment.recorded', detail: { classId, credited: creditedOn !== null } })
  }
  return { ok: true, changed: changes.length }
}

/** The rows of workers with a seat, locked in the order of their ids, so that two administrators cannot deadlock. */
async function lockRows(tx: Tx, { academyId, classId }: { academyId: string; classId: string }, ids: string[]) {
  if (ids.length === 0) return []
  return tx
    .select({
      id: enrolment.id,
      attended: enrolment.hoursAttended,
      practical: enrolment.practicalHoursAttended,
      completedOn: enrolment.completedOn,
      before: sql<Record<string, unknown>>`to_jsonb(${enrolment})`,
    })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(enrolment.seat, 'enrolled'),
        inArray(enrolment.id, ids),
      ),
    )
    .orderBy(asc(enrolment.id))
    .for('update')
}
