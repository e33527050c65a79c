import { and, eq } from 'drizzle-orm'
import { attendanceMark, attendanceSheet, classSession, enrolment } from '#db/schema/index.ts'

/** Joins the mark of an enrolment: in the joined session, or in the one named. */
export const markOf = (session: typeof classSession.id | string = classSession.id) =>
  and(
    eq(attendanceMark.academyId, enrolment.academyId),
    eq(attendanceMark.sessionId, session),
    eq(attendanceMark.enrolmentId, enrolment.id),
  )

/** Joins the sheet of a session. */
export const sheetOfSession = and(
  eq(attendanceSheet.academyId, classSession.academyId),
  eq(attendanceSheet.sessionId, classSession.id),
)
