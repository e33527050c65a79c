import { and, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceLeave,
  attendanceMark,
  attendanceSheet,
  classSession,
  enrolment,
  trainingClass,
} from '#db/schema/index.ts'
import { markOf, sheetOfSession } from './joins.server.ts'

/** Leave with its session, class and worker, and how far the sheet is. */
export function selectLeave(tx: Tx) {
  return tx
    .select({
      id: attendanceLeave.id,
      academyId: attendanceLeave.academyId,
      enrolmentId: attendanceLeave.enrolmentId,
      classId: attendanceLeave.classId,
      className: trainingClass.name,
      sessionId: attendanceLeave.sessionId,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      askedFor: attendanceLeave.startsAt,
      name: enrolment.name,
      employer: enrolment.employer,
      reason: attendanceLeave.reason,
      remark: attendanceLeave.remark,
      refusedBecause: attendanceLeave.refusedBecause,
      askedAt: attendanceLeave.askedAt,
      answeredAt: attendanceLeave.answeredAt,
      state: attendanceLeave.state,
      mark: attendanceMark.mark,
      status: classSession.status,
      closedAt: attendanceSheet.closedAt,
    })
    .from(attendanceLeave)
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, attendanceLeave.academyId), eq(classSession.id, attendanceLeave.sessionId)),
    )
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, attendanceLeave.academyId), eq(trainingClass.id, attendanceLeave.classId)),
    )
    .innerJoin(academy, eq(academy.id, attendanceLeave.academyId))
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, attendanceLeave.academyId), eq(enrolment.id, attendanceLeave.enrolmentId)),
    )
    .leftJoin(attendanceSheet, sheetOfSession)
    .leftJoin(attendanceMark, markOf())
    .$dynamic()
}
