import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { isOwnEnrolment } from '#app/features/training/mine.server.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'
import { listLessons } from './courses.server.ts'
import type { Learner } from './learner.ts'
import { isCourseComplete } from './progress.ts'
import { findTestStep } from './test-step.server.ts'

/** The account has done the course as it is now: every lesson, and the final test where the course has one. */
export async function hasFinished(tx: Tx, of: { courseSlug: string; accountId: string }): Promise<boolean> {
  const [lessons, [test = null]] = await Promise.all([listLessons(tx, of), findTestStep(tx, of)])
  return isCourseComplete(lessons, test)
}

/**
 * Those of some courses for which the learner has hours credited already, by whatever academy: to the account, or to the
 * person behind it. They stay finished, whatever lessons or test came since.
 */
export async function listCredited(tx: Tx, slugs: readonly string[], learner: Learner): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ slug: trainingClass.courseSlug })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(and(isOwnEnrolment(learner), isNotNull(enrolment.creditedOn), inArray(trainingClass.courseSlug, [...slugs])))
  return rows.flatMap(({ slug }) => (slug === null ? [] : [slug]))
}
