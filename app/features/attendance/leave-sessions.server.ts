import { and, asc, eq, gt, notInArray, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceLeave,
  attendanceMark,
  classSession,
  enrolment,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import type { LeaveState } from '#db/values.ts'
import { classOfEnrolment, leaveOf, markOf, sessionsOfEnrolment } from './joins.server.ts'

/** A session of the worker's own from which leave may be asked for, or is asked for already. */
export type LeaveSession = {
  academyId: string
  academyCode: string
  classId: string
  className: string
  sessionId: string
  enrolmentId: string
  startsAt: Date
  endsAt: Date
  hours: number
  topic: string | null
  site: string | null
  /** Asked or granted already; null: neither. */
  leave: LeaveState | null
}

const SHOWN = 50

/** The worker's sessions that are not over, at which the worker is expected and to which the worker has not come; the next one first. */
export async function listLeaveSessions(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string | null; now: Date },
): Promise<LeaveSession[]> {
  const rows = await tx
    .select({
      academyId: classSession.academyId,
      academyCode: academy.code,
      classId: classSession.classId,
      className: trainingClass.name,
      sessionId: classSession.id,
      enrolmentId: enrolment.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      site: site.name,
      leave: attendanceLeave.state,
    })
    .from(enrolment)
    .innerJoin(classSession, sessionsOfEnrolment)
    .innerJoin(trainingClass, classOfEnrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .leftJoin(attendanceMark, markOf())
    .leftJoin(attendanceLeave, leaveOf)
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        eq(classSession.status, 'planned'),
        eq(trainingClass.status, 'published'),
        gt(classSession.endsAt, now),
        isExpectedIn('class_session', 'enrolment'),
        or(sql`${attendanceMark.mark} is null`, notInArray(attendanceMark.mark, ['present', 'late', 'left_early'])),
        classId ? eq(trainingClass.id, classId) : undefined,
      ),
    )
    .orderBy(asc(classSession.startsAt))
    .limit(SHOWN)
  return rows.map((row) => ({ ...row, leave: row.leave as LeaveState | null }))
}
