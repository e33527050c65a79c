import type { Tx } from '#db/client.server.ts'
import { type CourseCard, isFinished } from './course-card.ts'
import { listWanted } from './courses.server.ts'
import { listCredited } from './finished.server.ts'
import type { Learner } from './learner.ts'

/** A course to be finished before another one, and how far the learner has come in it; for visitors nothing is done. */
export type Prerequisite = Pick<CourseCard, 'slug' | 'title' | 'titleEn' | 'doneCount' | 'lessonCount'> & {
  isDone: boolean
}

type Of = { courseSlug: string; learner: Learner | null }

/**
 * What is to be finished before a course. Done is a course whose every lesson is done and whose final test, if it has one,
 * is passed, and one for which an academy has credited the learner. A course that was never published keeps nobody out.
 */
export const listPrerequisites = async (tx: Tx, of: Of): Promise<Prerequisite[]> =>
  (await findBefore(tx, of)).prerequisites

/** The same, and whether the learner has hours credited for the course itself. */
export async function findBefore(
  tx: Tx,
  { courseSlug, learner }: Of,
): Promise<{ prerequisites: Prerequisite[]; isCredited: boolean }> {
  const [credited, wanted] = await Promise.all([
    learner ? listCredited(tx, courseSlug, learner) : ([] as string[]),
    listWanted(tx, { courseSlug, accountId: learner?.accountId ?? null }),
  ])
  const prerequisites = wanted
    .map(({ slug, title, titleEn, doneCount, lessonCount, isTestOpen }) => ({
      ...{ slug, title, titleEn, doneCount, lessonCount },
      isDone: isFinished({ doneCount, lessonCount, isTestOpen }) || credited.includes(slug),
    }))
    .sort((one, other) => (one.slug < other.slug ? -1 : 1))
  return { prerequisites, isCredited: credited.includes(courseSlug) }
}
