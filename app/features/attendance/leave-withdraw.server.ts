import { and, eq, inArray } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, attendanceLeave, classSession, enrolment, trainingClass } from '#db/schema/index.ts'
import { RETURNED } from './leave.ts'
import { tellOfReturn } from './leave-told.server.ts'
import { keepEntries, lockStandings } from './record.server.ts'
import { holdOpen } from './sheet-held.server.ts'

/**
 * `answered`: it was refused or revoked. `begun`: granted leave is given back before the session; from then on who comes checks
 * in. `isNew` false: it was withdrawn before.
 */
export type WithdrawAnswer = { ok: true; isNew: boolean } | { ok: false; reason: 'answered' | 'begun' }

type Request = { viewer: Viewer; leaveId: string; now: Date; requestId?: string }

/**
 * Takes back leave of the worker's own: what nobody answered yet, and what was granted (销假) until the session begins. Then the worker is
 * unmarked again, and those who answer are told. Null: none of the worker's.
 */
export async function withdrawLeave(tx: Tx, request: Request): Promise<WithdrawAnswer | null> {
  const { viewer, leaveId, now, requestId } = request
  const own = tx.select({ id: enrolment.id }).from(enrolment).where(isOwnEnrolment(viewer))
  const [row] = await tx
    .select()
    .from(attendanceLeave)
    .where(and(eq(attendanceLeave.id, leaveId), inArray(attendanceLeave.enrolmentId, own)))
    .for('update')
  if (!row) return null
  if (row.state === 'withdrawn') return { ok: true, isNew: false }
  const wasGranted = row.state === 'granted'
  if (row.state !== 'asked' && !wasGranted) return { ok: false, reason: 'answered' }
  if (wasGranted && !(await giveBack(tx, row, request))) return { ok: false, reason: 'begun' }
  const { academyId, classId } = row
  await tx
    .update(attendanceLeave)
    .set({ state: 'withdrawn' })
    .where(and(eq(attendanceLeave.academyId, academyId), eq(attendanceLeave.id, leaveId)))
  const by = { ...system('attendance'), onBehalfOf: viewer.accountId }
  const detail = { classId, wasGranted }
  await within(tx, system('attendance'), (tx) =>
    record(tx, { by, now, kind: 'leave.withdrawn', detail, academyId, subjectId: leaveId, requestId }),
  )
  return { ok: true, isNew: true }
}

/** Keeps that the worker is on leave no more, and tells those who answer. @returns false: the session has begun, or its sheet is closed. */
async function giveBack(tx: Tx, row: typeof attendanceLeave.$inferSelect, { viewer, now }: Request): Promise<boolean> {
  const { academyId, sessionId, classId, enrolmentId } = row
  const [of] = await tx
    .select({
      academyCode: academy.code,
      className: trainingClass.name,
      endsOn: trainingClass.endsOn,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .where(and(eq(classSession.academyId, academyId), eq(classSession.id, sessionId)))
  if (!of || of.startsAt <= now) return false
  const { graceMinutes } = await attendancePolicy(tx, yearOf(of.endsOn))
  const { startsAt, endsAt, hours, academyCode, className } = of
  // After the guard: a worker writes no sheet; what is written here takes back what was granted.
  return within(tx, system('attendance'), async (tx) => {
    if (!(await holdOpen(tx, row))) return false
    const sheet = { academyId, classId, sessionId, session: { startsAt, endsAt, hours }, graceMinutes }
    const entry = { enrolmentId, act: 'mark', mark: null, way: 'leave', reason: RETURNED, at: now } as const
    if ((await lockStandings(tx, sheet, [enrolmentId])).has(enrolmentId))
      await keepEntries(tx, { sheet, entries: [entry], accountId: viewer.accountId, now })
    const sessions = [{ startsAt, endsAt }]
    await tellOfReturn(tx, { academyId, academyCode, classId, className, sessions, subjectId: row.id, now })
    return true
  })
}
