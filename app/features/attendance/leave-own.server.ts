import { and, desc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceLeave, attendanceSheet, classSession, enrolment, trainingClass } from '#db/schema/index.ts'
import type { LeaveReason, LeaveState } from '#db/values.ts'
import { classOfEnrolment, sheetOfSession } from './joins.server.ts'
import { type LeaveStanding, leaveStanding } from './leave.ts'
import { type HoursAhead, listHoursAhead } from './leave-ahead.server.ts'
import { type LeaveSession, listLeaveSessions } from './leave-sessions.server.ts'

/** Leave of the worker's own, with what became of it. */
export type OwnLeave = {
  id: string
  className: string
  startsAt: Date
  endsAt: Date
  /** When the session was to begin as leave was asked for; another time: it was moved since. */
  askedFor: Date
  reason: LeaveReason
  remark: string | null
  refusedBecause: string | null
  askedAt: Date
  standing: LeaveStanding
  /** The worker may take it back. */
  isOpen: boolean
}

export type LeavePage = {
  sessions: LeaveSession[]
  /** By enrolment. */
  ahead: Record<string, HoursAhead>
  own: OwnLeave[]
}

const SHOWN = 50

/** What a worker sees of leave; `classId`: of one class alone. */
export async function findLeavePage(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string | null; now: Date },
): Promise<LeavePage> {
  const sessions = await listLeaveSessions(tx, { viewer, classId, now })
  const ahead = await listHoursAhead(tx, sessions)
  return { sessions, ahead: Object.fromEntries(ahead), own: await listOwnLeave(tx, viewer, now) }
}

async function listOwnLeave(tx: Tx, viewer: Viewer, now: Date): Promise<OwnLeave[]> {
  const rows = await tx
    .select({
      id: attendanceLeave.id,
      className: trainingClass.name,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      askedFor: attendanceLeave.startsAt,
      reason: attendanceLeave.reason,
      remark: attendanceLeave.remark,
      refusedBecause: attendanceLeave.refusedBecause,
      askedAt: attendanceLeave.askedAt,
      state: attendanceLeave.state,
      cancelReason: classSession.cancelReason,
      closedAt: attendanceSheet.closedAt,
    })
    .from(enrolment)
    .innerJoin(
      attendanceLeave,
      and(eq(attendanceLeave.academyId, enrolment.academyId), eq(attendanceLeave.enrolmentId, enrolment.id)),
    )
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, attendanceLeave.academyId), eq(classSession.id, attendanceLeave.sessionId)),
    )
    .innerJoin(trainingClass, classOfEnrolment)
    .leftJoin(attendanceSheet, sheetOfSession)
    .where(isOwnEnrolment(viewer))
    .orderBy(desc(attendanceLeave.id))
    .limit(SHOWN)
  return rows.map(({ state, cancelReason, closedAt, reason, ...row }) => {
    const standing = leaveStanding({ state: state as LeaveState, cancelReason, closedAt })
    const isOpen = standing === 'asked' || (standing === 'granted' && closedAt === null && now < row.startsAt)
    return { ...row, reason: reason as LeaveReason, standing, isOpen }
  })
}
