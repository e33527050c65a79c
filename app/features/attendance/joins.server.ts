import { and, eq, inArray, sql } from 'drizzle-orm'
import {
  attendanceEntry,
  attendanceLeave,
  attendanceMark,
  attendanceObjection,
  attendanceSheet,
  classSession,
  enrolment,
  trainingClass,
} from '#db/schema/index.ts'

/** Joins the sessions of an enrolment's class. */
export const sessionsOfEnrolment = and(
  eq(classSession.academyId, enrolment.academyId),
  eq(classSession.classId, enrolment.classId),
)

/** Joins the class of an enrolment. */
export const classOfEnrolment = and(
  eq(trainingClass.academyId, enrolment.academyId),
  eq(trainingClass.id, enrolment.classId),
)

/** Joins the mark of an enrolment: in the joined session, or in the one named. */
export const markOf = (session: typeof classSession.id | string = classSession.id) =>
  and(
    eq(attendanceMark.academyId, enrolment.academyId),
    eq(attendanceMark.sessionId, session),
    eq(attendanceMark.enrolmentId, enrolment.id),
  )

/** Whether a worker is marked in a session, where the two are named so in the query around it. */
export const isMarkedIn = (session: string, worker: string) => {
  const [s, e] = [sql.identifier(session), sql.identifier(worker)]
  return sql<boolean>`exists (select 1 from attendance_mark said where said.academy_id = ${s}.academy_id
    and said.session_id = ${s}.id and said.enrolment_id = ${e}.id and said.mark is not null)`
}

/** The day, in Shanghai, of the session that was held and that the joined one makes up for; null: none. */
export const heldOn = sql<string | null>`(select (held.starts_at at time zone 'Asia/Shanghai')::date::text
  from class_session held where held.academy_id = ${classSession.academyId} and held.id = ${classSession.makesUpForId}
    and held.status = 'planned')`

/** Joins the sheet of a session. */
export const sheetOfSession = and(
  eq(attendanceSheet.academyId, classSession.academyId),
  eq(attendanceSheet.sessionId, classSession.id),
)

/** Joins the leave of an enrolment that is asked or granted in the joined session: one at most. */
export const leaveOf = and(
  eq(attendanceLeave.academyId, classSession.academyId),
  eq(attendanceLeave.sessionId, classSession.id),
  eq(attendanceLeave.enrolmentId, enrolment.id),
  inArray(attendanceLeave.state, ['asked', 'granted']),
)

/** Joins the last objection of an enrolment in the joined session: one at most. */
export const objectionOf = and(
  eq(attendanceObjection.academyId, classSession.academyId),
  eq(attendanceObjection.sessionId, classSession.id),
  eq(attendanceObjection.enrolmentId, enrolment.id),
  sql`not exists (select 1 from attendance_objection later where later.academy_id = ${attendanceObjection.academyId}
    and later.session_id = ${attendanceObjection.sessionId} and later.enrolment_id = ${attendanceObjection.enrolmentId}
    and later.objected_at > ${attendanceObjection.objectedAt})`,
)

/** When somebody else last corrected the mark of an enrolment in the joined session; null: nobody did. */
export const correctedAt = sql<Date | null>`(select max(${attendanceEntry.at}) from ${attendanceEntry}
  where ${attendanceEntry.academyId} = ${classSession.academyId} and ${attendanceEntry.sessionId} = ${classSession.id}
    and ${attendanceEntry.enrolmentId} = ${enrolment.id} and ${attendanceEntry.way} = 'correction'
    and ${attendanceEntry.accountId} is distinct from ${enrolment.accountId})`.mapWith(attendanceEntry.at)
