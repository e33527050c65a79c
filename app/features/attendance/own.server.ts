import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { attendanceLeave, attendanceMark, attendanceSheet, classSession, enrolment } from '#db/schema/index.ts'
import type { AttendanceMark } from '#db/values.ts'
import { leaveOf, markOf, sheetOfSession } from './joins.server.ts'

/** How the worker attended one session of a class. */
export type OwnSession = {
  sessionId: string
  startsAt: Date
  endsAt: Date
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
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
      isAsked: sql<boolean>`coalesce(${attendanceLeave.state} = 'asked', false)`,
    })
    .from(enrolment)
    .innerJoin(
      classSession,
      and(
        eq(classSession.academyId, enrolment.academyId),
        eq(classSession.classId, enrolment.classId),
        eq(classSession.status, 'planned'),
      ),
    )
    .leftJoin(attendanceMark, markOf())
    .leftJoin(attendanceSheet, sheetOfSession)
    .leftJoin(attendanceLeave, leaveOf)
    .where(
      and(
        or(
          eq(enrolment.accountId, sql.placeholder('accountId')),
          eq(enrolment.personId, sql.placeholder('personId')), // none is null, which equals nothing
        ),
        eq(enrolment.classId, sql.placeholder('classId')),
        eq(enrolment.seat, 'enrolled'),
      ),
    )
    .orderBy(asc(classSession.startsAt)),
)

/** The worker's own attendance in a class, session by session; empty for who has no seat in it, or nothing was marked yet. */
export async function listOwnAttendance(
  tx: Tx,
  { viewer, classId }: { viewer: Viewer; classId: string },
): Promise<OwnSession[]> {
  const { accountId, personId } = viewer
  const rows = await ownSessions(tx, { accountId, personId, classId })
  if (!rows.some(({ mark, closedAt, isAsked }) => mark || closedAt || isAsked)) return []
  return rows.map(({ closedAt, hours, mark, isAsked, ...row }) => ({
    ...row,
    isLeaveAsked: isAsked && closedAt === null && mark === null,
    mark: mark as AttendanceMark | null,
    hours: closedAt ? (hours ?? 0) : null,
  }))
}
