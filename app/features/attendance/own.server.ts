import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce } from '#app/features/policy/policy.ts'
import { lackIn } from '#app/features/training/make-up.server.ts'
import { isOwnEnrolmentNamed } from '#app/features/training/own-enrolment.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import {
  attendanceLeave,
  attendanceMark,
  attendanceObjection,
  attendanceSheet,
  classSession,
  enrolment,
  trainingClass,
} from '#db/schema/index.ts'
import type { AttendanceMark, ObjectionState } from '#db/values.ts'
import {
  classOfEnrolment,
  correctedAt,
  heldOn,
  leaveOf,
  markOf,
  objectionOf,
  sessionsOfEnrolment,
  sheetOfSession,
} from './joins.server.ts'
import { isObjectedTo, mayObject, objectFrom } from './objection.ts'

/** How the worker attended one session of a class. */
export type OwnSession = {
  sessionId: string
  startsAt: Date
  endsAt: Date
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  /** The day of the session that was held and that it makes up for; null: none. */
  makesUpOn: string | null
  /** Of such a one: what it can bring back to the worker, in hours; null otherwise. */
  lack: number | null
  /** What became of the worker's last objection to it; null: none was made. */
  objection: ObjectionState | null
  /** Its sheet is closed, and may be objected to today. */
  mayObject: boolean
  /** Leave is asked for and not answered yet. */
  isLeaveAsked: boolean
  /** What counts of its hours; null: the sheet is not closed yet. */
  hours: number | null
}

const ownSessions = statement((db) =>
  db
    .select({
      sessionId: classSession.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      mark: attendanceMark.mark,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
      hours: attendanceMark.hours,
      closedAt: attendanceSheet.closedAt,
      correctedAt,
      endsOn: trainingClass.endsOn,
      makesUpOn: heldOn,
      lack: lackIn('class_session', 'enrolment'),
      objection: attendanceObjection.state,
      objectedAt: attendanceObjection.objectedAt,
      isAsked: sql<boolean>`coalesce(${attendanceLeave.state} = 'asked', false)`,
    })
    .from(enrolment)
    .innerJoin(classSession, and(sessionsOfEnrolment, eq(classSession.status, 'planned')))
    .innerJoin(trainingClass, classOfEnrolment)
    .leftJoin(attendanceMark, markOf())
    .leftJoin(attendanceObjection, objectionOf)
    .leftJoin(attendanceSheet, sheetOfSession)
    .leftJoin(attendanceLeave, leaveOf)
    .where(and(isOwnEnrolmentNamed, eq(enrolment.classId, sql.placeholder('classId')), eq(enrolment.seat, 'enrolled')))
    .orderBy(asc(classSession.startsAt)),
)

/** The worker's own attendance in a class, session by session; empty for who has no seat in it, or nothing was marked yet. Asks at once. */
export async function listOwnAttendance(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string; now: Date },
): Promise<OwnSession[]> {
  const { accountId, personId } = viewer
  const [rows, policies] = await Promise.all([ownSessions(tx, { accountId, personId, classId }), listPolicyRows(tx)])
  if (!rows.some(({ mark, closedAt, isAsked }) => mark || closedAt || isAsked)) return []
  const { objectDays } = policyInForce(policies, yearOf(rows[0]!.endsOn)).attendance
  // A make-up is none of those who attended all of the session that it makes up for, unless they came.
  const own = rows.filter(({ lack, mark }) => lack !== 0 || mark !== null)
  return own.map(({ closedAt, correctedAt, objectedAt, hours, mark, isAsked, objection, endsOn: _, ...row }) => ({
    ...row,
    objection: objection as ObjectionState | null,
    mayObject:
      closedAt !== null &&
      !isObjectedTo(objectedAt, correctedAt) &&
      mayObject(objectFrom(closedAt, correctedAt), { objectDays, now }),
    isLeaveAsked: isAsked && closedAt === null && mark === null,
    mark: mark as AttendanceMark | null,
    hours: closedAt ? (hours ?? 0) : null,
  }))
}
