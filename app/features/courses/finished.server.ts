import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { isOwnEnrolmentNamed } from '#app/features/training/own-enrolment.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'
import { listLessons, wantedBefore } from './courses.server.ts'
import type { Learner } from './learner.ts'
import { isCourseComplete } from './progress.ts'
import { findTestStep } from './test-step.server.ts'

/** The account has done the course as it is now: every lesson, and the final test where the course has one. */
export async function hasFinished(tx: Tx, of: { courseSlug: string; accountId: string }): Promise<boolean> {
  const [lessons, [test = null]] = await Promise.all([listLessons(tx, of), findTestStep(tx, of)])
  return isCourseComplete(lessons, test)
}

/**
 * Of a course and those that are to be finished before it the ones for which the learner has hours credited already, by whatever
 * academy: to the account, or to the person behind it. They stay finished, whatever lessons or test came since.
 */
export async function listCredited(tx: Tx, courseSlug: string, { accountId, personId }: Learner): Promise<string[]> {
  const rows = await findCredited(tx, { courseSlug, accountId, personId })
  return rows.flatMap(({ slug }) => (slug === null ? [] : [slug]))
}

const findCredited = statement<{ courseSlug: string } & Learner, { slug: string | null }[]>((db) =>
  db
    .selectDistinct({ slug: trainingClass.courseSlug })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(
      and(
        isOwnEnrolmentNamed,
        isNotNull(enrolment.creditedOn),
        sql`(${trainingClass.courseSlug} = ${sql.placeholder('courseSlug')} or ${trainingClass.courseSlug} = any(${wantedBefore}))`,
      ),
    ),
)
