import { eq, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { course } from '#db/schema/index.ts'
import { type CourseCard, isFinished } from './course-card.ts'
import { listCourses } from './courses.server.ts'
import { listCredited } from './finished.server.ts'
import type { Learner } from './learner.ts'

/** A course to be finished before another one, and how far the learner has come in it; for visitors nothing is done. */
export type Prerequisite = Pick<CourseCard, 'slug' | 'title' | 'titleEn' | 'doneCount' | 'lessonCount'> & {
  isDone: boolean
}

const findWanted = statement((db) =>
  db
    .select({ slugs: course.prerequisites })
    .from(course)
    .where(eq(course.slug, sql.placeholder('courseSlug'))),
)

/**
 * What is to be finished before a course. Done is a course whose every lesson is done and whose final test, if it has one,
 * is passed, and one for which an academy has credited the learner. A course that was never published keeps nobody out.
 */
export async function listPrerequisites(
  tx: Tx,
  { courseSlug, learner }: { courseSlug: string; learner: Learner | null },
): Promise<Prerequisite[]> {
  const [row] = await findWanted(tx, { courseSlug })
  const slugs = row?.slugs ?? []
  if (slugs.length === 0) return []
  const [credited, wanted] = await Promise.all([
    learner ? listCredited(tx, slugs, learner) : ([] as string[]),
    listCourses(tx, { accountId: learner?.accountId ?? null, slugs }),
  ])
  return wanted
    .map(({ slug, title, titleEn, doneCount, lessonCount, isTestOpen }) => ({
      ...{ slug, title, titleEn, doneCount, lessonCount },
      isDone: isFinished({ doneCount, lessonCount, isTestOpen }) || credited.includes(slug),
    }))
    .sort((one, other) => (one.slug < other.slug ? -1 : 1))
}
