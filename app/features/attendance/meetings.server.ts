import { and, asc, eq, gte, lte, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceLocationAsked,
  attendanceMark,
  classSession,
  enrolment,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import { classOfEnrolment, markOf, sessionsOfEnrolment } from './joins.server.ts'
import { MARGIN_MS } from './rules.ts'

/** A session of the worker's own that takes place about now. */
export type OwnMeeting = {
  academyId: string
  classId: string
  sessionId: string
  enrolmentId: string
  academyCode: string
  className: string
  endsOn: string
  startsAt: Date
  endsAt: Date
  hours: number
  topic: string | null
  site: string | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  /** False: it makes up for a session of which the worker has attended all. */
  isExpected: boolean
  /** The class asks for the worker's rough position. */
  asksLocation: boolean
}

/** The worker's sessions from an hour before they begin until an hour after they end, the first one first. */
export async function listOwnMeetings(tx: Tx, { viewer, now }: { viewer: Viewer; now: Date }): Promise<OwnMeeting[]> {
  return tx
    .select({
      academyId: classSession.academyId,
      classId: classSession.classId,
      sessionId: classSession.id,
      enrolmentId: enrolment.id,
      academyCode: academy.code,
      className: trainingClass.name,
      endsOn: trainingClass.endsOn,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      site: site.name,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
      isExpected: isExpectedIn('class_session', 'enrolment'),
      asksLocation: sql<boolean>`coalesce(${attendanceLocationAsked.isAsked}, false)`,
    })
    .from(enrolment)
    .innerJoin(classSession, sessionsOfEnrolment)
    .innerJoin(trainingClass, classOfEnrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .leftJoin(
      attendanceLocationAsked,
      and(
        eq(attendanceLocationAsked.academyId, classSession.academyId),
        eq(attendanceLocationAsked.classId, classSession.classId),
      ),
    )
    .leftJoin(attendanceMark, markOf())
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        eq(classSession.status, 'planned'),
        ne(trainingClass.status, 'cancelled'),
        lte(classSession.startsAt, new Date(now.getTime() + MARGIN_MS)),
        gte(classSession.endsAt, new Date(now.getTime() - MARGIN_MS)),
      ),
    )
    .orderBy(asc(classSession.startsAt))
}
