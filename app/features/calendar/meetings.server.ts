import { and, asc, eq, gte, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  type assessmentSitting,
  classSession,
  classStaff,
  enrolment,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import type { SeatEnding } from '#db/values.ts'
import { KEPT_DAYS, type Meeting } from './meeting.ts'

/** Of one account at a time. */
export const MOST = 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** Up to when sessions that are over are still listed. */
export const keptFrom = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS)

/**
 * The classes of which the viewer has a calendar: a worker's where it sits (one that is cancelled has withdrawn nobody who
 * sat in it), those that staff teaches or heads. Run as the viewer.
 */
export async function listOwnClasses(tx: Tx, viewer: Viewer): Promise<string[]> {
  const rows =
    viewer.role === 'worker'
      ? await tx
          .selectDistinct({ id: trainingClass.id })
          .from(enrolment)
          .innerJoin(trainingClass, ofClass(enrolment))
          .where(and(isOwnEnrolment(viewer), or(eq(enrolment.seat, 'enrolled'), isCancelledUnder)))
      : await tx
          .selectDistinct({ id: classStaff.classId })
          .from(classStaff)
          .where(eq(classStaff.accountId, viewer.accountId))
  return rows.map(({ id }) => id)
}

/** The class was cancelled before anything was delivered, and the place with it. */
const isCancelledUnder = and(eq(trainingClass.status, 'cancelled'), eq(enrolment.seatEnding, 'class_cancelled'))

/** The classes that the viewer, a worker, has left or was taken out of: calendars may still have them. Run as the viewer. */
export async function listLeftClasses(tx: Tx, viewer: Viewer): Promise<string[]> {
  if (viewer.role !== 'worker') return []
  const rows = await tx
    .selectDistinct({ id: enrolment.classId })
    .from(enrolment)
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'withdrawn'),
        inArray(enrolment.seatEnding, ['left', 'removed'] satisfies SeatEnding[]),
      ),
    )
  return rows.map(({ id }) => id)
}

export const ofClass = (of: typeof enrolment | typeof classSession | typeof assessmentSitting) =>
  and(eq(trainingClass.academyId, of.academyId), eq(trainingClass.id, of.classId))

/** Make-ups that have nothing to bring back to the viewer, a worker: they are none of its calendar. Run as the viewer. */
export async function listNotExpected(tx: Tx, viewer: Viewer): Promise<Set<string>> {
  if (viewer.role !== 'worker') return new Set()
  const rows = await tx
    .select({ id: classSession.id })
    .from(enrolment)
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, enrolment.academyId), eq(classSession.classId, enrolment.classId)),
    )
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        isNotNull(classSession.makesUpForId),
        sql`not ${isExpectedIn('class_session', 'enrolment')}`,
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** The sessions of some classes, run as the viewer: what the policies hide is not there. */
export async function listMeetings(tx: Tx, classIds: readonly string[], now: Date): Promise<Meeting[]> {
  if (classIds.length === 0) return []
  const rows = await tx
    .select({
      academyId: classSession.academyId,
      sessionId: classSession.id,
      classId: classSession.classId,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      topic: classSession.topic,
      className: trainingClass.name,
      status: trainingClass.status,
      academyName: academy.name,
      academyCode: academy.code,
      siteName: site.name,
      siteAddress: site.address,
    })
    .from(classSession)
    .innerJoin(trainingClass, ofClass(classSession))
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .where(
      and(
        inArray(classSession.classId, [...classIds]),
        eq(classSession.status, 'planned'),
        gte(classSession.endsAt, keptFrom(now)),
        ne(trainingClass.status, 'draft'),
      ),
    )
    .orderBy(asc(classSession.startsAt), asc(classSession.id))
    .limit(MOST)
  return rows.map(({ topic, className, status, siteName, siteAddress, academyCode, ...row }) => ({
    ...row,
    title: topic ? `${className} · ${topic}` : className,
    place: [siteName, siteAddress].filter(Boolean).join(' · ') || null,
    path: `/academies/${academyCode}/classes/${row.classId}`,
    isCancelled: status === 'cancelled',
  }))
}
