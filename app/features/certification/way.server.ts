import { and, asc, desc, eq, gte, inArray, isNotNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { findCoursesLeft } from '#app/features/courses/course-left.server.ts'
import { countingPolicies } from '#app/features/policy/policy.server.ts'
import { nextMeetingAt } from '#app/features/training/mine.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { hoursToCredit } from '#app/features/training/timetable.ts'
import { addDays, shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessment, certificate, enrolment, trainingClass } from '#db/schema/index.ts'
import type { Mode, Result } from '#db/values.ts'
import type { Way } from './way.ts'

/** So long after its end a class without a certificate is still in view: assessments and certificates take their time. */
const DAYS_AFTER = 180
const MOST = 5

/** The worker's classes that lead on: those that run, come or ended lately, without a valid certificate; the next to end first. */
export async function listWays(tx: Tx, { viewer, now }: { viewer: Viewer; now: Date }): Promise<Way[]> {
  const today = shanghaiDate(now)
  const ofEnrolment = and(eq(assessment.academyId, enrolment.academyId), eq(assessment.enrolmentId, enrolment.id))
  const ofAssessment = and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id))
  const certified = (status: SQL | undefined) =>
    tx.select({ one: sql`1` }).from(certificate).innerJoin(assessment, ofAssessment).where(and(ofEnrolment, status))
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      classId: trainingClass.id,
      academyCode: academy.code,
      academyName: academy.name,
      className: trainingClass.name,
      mode: trainingClass.mode,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      plannedHours: trainingClass.plannedHours,
      plannedPracticalHours: trainingClass.plannedPracticalHours,
      courseSlug: trainingClass.courseSlug,
      hoursAttended: enrolment.hoursAttended,
      practicalHoursAttended: enrolment.practicalHoursAttended,
      creditedOn: enrolment.creditedOn,
      nextAt: nextMeetingAt(now),
      isRevoked: sql<boolean>`exists ${certified(undefined)}`,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.status, 'cancelled'),
        or(
          gte(trainingClass.endsOn, addDays(today, -DAYS_AFTER)),
          and(isNotNull(enrolment.creditedOn), gte(enrolment.creditedOn, addDays(today, -DAYS_AFTER))),
        ),
        notExists(certified(eq(certificate.status, 'valid'))),
      ),
    )
    .orderBy(asc(sql`${trainingClass.endsOn} < ${today}::date`), asc(trainingClass.endsOn), asc(enrolment.id))
    .limit(MOST)
  const isOnline = (row: (typeof rows)[number]) => row.mode === 'online' && row.courseSlug !== null
  const slugs = [...new Set(rows.filter(isOnline).flatMap(({ courseSlug }) => courseSlug ?? []))]
  const [left, attempts, policies] = await Promise.all([
    findCoursesLeft(tx, { accountId: viewer.accountId, slugs, now }),
    listAttempts(
      tx,
      rows.map(({ enrolmentId }) => enrolmentId),
    ),
    countingPolicies(
      tx,
      rows.map(({ endsOn }) => yearOf(endsOn)),
    ),
  ])
  return rows.map(({ courseSlug, ...row }): Way => {
    const mode = row.mode as Mode
    const course = courseSlug === null ? undefined : left.get(courseSlug)
    const { plannedHours } = row
    return {
      ...row,
      mode,
      hoursNeeded:
        mode === 'online'
          ? plannedHours
          : hoursToCredit(plannedHours, policies.get(yearOf(row.endsOn))!.attendancePercent),
      course: course && courseSlug ? { slug: courseSlug, ...course } : null,
      assessment: attempts.get(row.enrolmentId) ?? null,
    }
  })
}

/** Of each enrolment the attempt that was passed, else the latest. */
async function listAttempts(tx: Tx, enrolmentIds: string[]): Promise<Map<string, NonNullable<Way['assessment']>>> {
  if (enrolmentIds.length === 0) return new Map()
  const rows = await tx
    .select({ enrolmentId: assessment.enrolmentId, result: assessment.result, assessedOn: assessment.assessedOn })
    .from(assessment)
    .where(inArray(assessment.enrolmentId, enrolmentIds))
    .orderBy(asc(sql`${assessment.result} = 'passed'`), asc(assessment.assessedOn), desc(assessment.id))
  return new Map(rows.map(({ enrolmentId, ...row }) => [enrolmentId, { ...row, result: row.result as Result }]))
}
