import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { course, enrolment, trainingClass } from '#db/schema/index.ts'
import { listLessons } from './courses.server.ts'
import type { Learner } from './learner.ts'
import { doneCount, isCourseComplete } from './progress.ts'
import { findTestStep } from './test-step.server.ts'

/** A course to be finished before another one, and how far the learner has come in it; for visitors nothing is done. */
export type Prerequisite = {
  slug: string
  title: string
  titleEn: string
  doneCount: number
  lessonCount: number
  isDone: boolean
}

const wantedBy = statement((db) =>
  db
    .select({ slug: course.slug, title: course.title, titleEn: course.titleEn })
    .from(course)
    .where(
      sql`${course.slug} = any((select w.prerequisites from ${course} w where w.slug = ${sql.placeholder('courseSlug')})::text[])`,
    )
    .orderBy(course.slug),
)

/**
 * What is to be finished before a course. Done is a course whose every lesson is done and whose final test, if it has one, is passed, and one for which an academy has
 * credited the learner. A course that was never published keeps nobody out.
 */
export async function listPrerequisites(
  tx: Tx,
  { courseSlug, learner }: { courseSlug: string; learner: Learner | null },
): Promise<Prerequisite[]> {
  const wanted = await wantedBy(tx, { courseSlug })
  if (wanted.length === 0) return []
  const accountId = learner?.accountId ?? null
  // Five at most.
  const slugs = wanted.map(({ slug }) => slug)
  const [credited, outlines, tests] = await Promise.all([
    learner ? listCredited(tx, slugs, learner) : ([] as string[]),
    Promise.all(slugs.map((slug) => listLessons(tx, { courseSlug: slug, accountId }))),
    Promise.all(slugs.map((slug) => findTestStep(tx, { courseSlug: slug, accountId }))),
  ])
  return wanted.flatMap((one, index) => {
    const lessons = outlines[index]!
    if (lessons.length === 0) return []
    const isDone = isCourseComplete(lessons, tests[index]?.[0] ?? null) || credited.includes(one.slug)
    return [{ ...one, doneCount: doneCount(lessons), lessonCount: lessons.length, isDone }]
  })
}

/** Those of the courses for which the learner has hours credited already, by whatever academy. */
async function listCredited(tx: Tx, slugs: readonly string[], { accountId, personId }: Learner): Promise<string[]> {
  const isOwn = personId
    ? or(eq(enrolment.accountId, accountId), eq(enrolment.personId, personId))
    : eq(enrolment.accountId, accountId)
  const rows = await tx
    .select({ slug: trainingClass.courseSlug })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(and(isOwn, isNotNull(enrolment.creditedOn), inArray(trainingClass.courseSlug, [...slugs])))
  return rows.flatMap(({ slug }) => (slug === null ? [] : [slug]))
}
