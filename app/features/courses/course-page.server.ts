import { type ChosenAcademy, findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { Entry } from './attempts.ts'
import { type CourseDetail, findCourse } from './course-detail.server.ts'
import type { Learner } from './learner.ts'
import { listOnlineClasses } from './offers.server.ts'
import { claimable, type OnlineClass } from './online-class.ts'
import { findBefore, type Prerequisite } from './prerequisites.server.ts'
import { isComplete, isCourseComplete } from './progress.ts'
import { isRatable } from './ratings.ts'
import { findTestFacts, testEntry } from './test-entry.server.ts'

export type CoursePage = {
  course: CourseDetail
  classes: OnlineClass[]
  prerequisites: Prerequisite[]
  /** The learner's choice; null: none, or nobody who chooses. */
  academy: ChosenAcademy | null
  /** What may be done about the final test; null: nothing, or nobody who takes it. */
  entry: Entry | null
  /** The course is finished, and a class joined since waits for its hours. */
  canClaim: boolean
  mayRate: boolean
}

/** What a course's page shows to a learner (null: to whoever has no record), or null. Asks at once (`asReader`). */
export async function findCoursePage(
  tx: Tx,
  { courseSlug, learner, now }: { courseSlug: string; learner: Learner | null; now: Date },
): Promise<CoursePage | null> {
  const accountId = learner?.accountId ?? null
  const [course, classes, { prerequisites, isCredited }, academy, testFacts] = await Promise.all([
    findCourse(tx, { courseSlug, accountId }),
    listOnlineClasses(tx, { courseSlug, learner, now }),
    findBefore(tx, { courseSlug, learner }),
    learner ? findAcademyChoice(tx, learner.accountId) : null,
    findTestFacts(tx, { courseSlug, accountId }),
  ])
  if (!course) return null
  const { lessons, finalTest, ownScore } = course
  const entry = testEntry(testFacts, { step: finalTest, areLessonsDone: isComplete(lessons), now })
  const isFinished = isCourseComplete(lessons, finalTest)
  const canClaim = isFinished && claimable(classes, shanghaiDate(now)).length > 0
  const mayRate = learner !== null && isRatable({ isFinished, isCredited, ownScore })
  return { course, classes, prerequisites, academy, entry, canClaim, mayRate }
}
