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

type Meets = typeof classSession | typeof assessmentSitting

export const ofClass = (of: typeof enrolment | Meets) =>
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

/** Of a session or a sitting what its {@link Meeting} says. */
export const meetingColumns = (of: Meets) => ({
  academyId: of.academyId,
  sessionId: of.id,
  classId: of.classId,
  startsAt: of.startsAt,
  endsAt: of.endsAt,
  className: trainingClass.name,
  status: trainingClass.status,
  academyName: academy.name,
  academyCode: academy.code,
  siteName: site.name,
  siteAddress: site.address,
})

/** Joins the place of its own; none: nobody said yet. */
export const atSite = (of: Meets) => and(eq(site.academyId, of.academyId), eq(site.id, of.siteId))

/** Those of some classes that take place, and not long ago. */
export const isListed = (of: Meets, classIds: readonly string[], now: Date) =>
  and(
    inArray(of.classId, [...classIds]),
    eq(of.status, 'planned'),
    gte(of.endsAt, keptFrom(now)),
    ne(trainingClass.status, 'draft'),
  )

type Row = Omit<Meeting, 'title' | 'place' | 'path' | 'isCancelled'> & {
  className: string
  status: string
  academyCode: string
  siteName: string | null
  siteAddress: string | null
}

/** What was read as a calendar has it, under a title. */
export function toMeeting(
  { className: _, status, academyCode, siteName, siteAddress, ...row }: Row,
  title: string,
): Meeting {
  return {
    ...row,
    title,
    place: [siteName, siteAddress].filter(Boolean).join(' · ') || null,
    path: `/academies/${academyCode}/classes/${row.classId}`,
    isCancelled: status === 'cancelled',
  }
}

/** The sessions of some classes, run as the viewer: what the policies hide is not there. */
export async function listMeetings(tx: Tx, classIds: readonly string[], now: Date): Promise<Meeting[]> {
  if (classIds.length === 0) return []
  const rows = await tx
    .select({ ...meetingColumns(classSession), topic: classSession.topic })
    .from(classSession)
    .innerJoin(trainingClass, ofClass(classSession))
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .leftJoin(site, atSite(classSession))
    .where(isListed(classSession, classIds, now))
    .orderBy(asc(classSession.startsAt), asc(classSession.id))
    .limit(MOST)
  return rows.map(({ topic, ...row }) => toMeeting(row, topic ? `${row.className} · ${topic}` : row.className))
}
