/** One lesson of a course and how far its reader is; for visitors nothing is done. */
export type LessonStep = {
  slug: string
  /** 1, 2, … */
  position: number
  title: string
  titleEn: string
  minutes: number
  hasQuiz: boolean
  isRead: boolean
  isPassed: boolean
  /** What changed in substance since the reader finished it, in one sentence; null: nothing, or it is not finished. */
  update: string | null
  /** All was given that it asks for, by the rule of its day (domain.md, “Credit”; time/complete.server.ts): read, quiz passed, time
   * and recordings. Never taken back. */
  isDone: boolean
}

/** What a reader keeps of a lesson: a bookmark, and the piece of its text that was at the top of the screen (0, 1, …). */
export type LessonMark = { isBookmarked: boolean; place: number | null }

/** The same in the outline of a course. */
export type OutlineLesson = LessonStep & LessonMark & { summary: string }

/** What it asks is answered: said to be finished, and its quiz passed where it has one. Time may be missing. */
export const isAnswered = (lesson: Pick<LessonStep, 'isRead' | 'hasQuiz' | 'isPassed'>): boolean =>
  lesson.isRead && (!lesson.hasQuiz || lesson.isPassed)

export const doneCount = (lessons: LessonStep[]): number => lessons.filter((lesson) => lesson.isDone).length

/** Every lesson is done; a course without lessons never is. */
export const isComplete = (lessons: LessonStep[]): boolean =>
  lessons.length > 0 && lessons.every((lesson) => lesson.isDone)

/** The final test of a course, and where its reader stands with it. */
export type TestStep = {
  title: string
  titleEn: string
  isPassed: boolean
  /** Every lesson was done before the course had a test: it is not asked for. */
  isExempt: boolean
}

/** Nothing is left to do about a test: passed, not asked for, or there is none. */
export const isSettled = (test: Pick<TestStep, 'isPassed' | 'isExempt'> | null): boolean =>
  test === null || test.isPassed || test.isExempt

/** What credits an online class (domain.md, "Credit"): every lesson, and the final test where the course has one. */
export const isCourseComplete = (lessons: LessonStep[], test: TestStep | null): boolean =>
  isComplete(lessons) && isSettled(test)

/** Where to go on: the first lesson that is not done; null when all are. */
export const nextLesson = <L extends LessonStep>(lessons: L[]): L | null =>
  lessons.find((lesson) => !lesson.isDone) ?? null

/** Lessons that changed in substance since their reader finished them. They stay done. */
export const updatedLessons = <L extends LessonStep>(lessons: L[]): L[] =>
  lessons.filter((lesson) => lesson.update !== null)

/** Nobody has finished anything here yet: then the way on is a beginning. */
export const isUntouched = (lessons: LessonStep[]): boolean => lessons.every((lesson) => !lesson.isRead)

export const coursePath = (course: string) => `/courses/${course}`
export const lessonPath = (course: string, lesson: string) => `/courses/${course}/${lesson}`

export const testPath = (course: string) => `/courses/${course}/test`

/** What names a course, a lesson or a file of theirs, as the source of a pattern. */
export const SLUG = '[a-z0-9][a-z0-9-]{0,62}'
const WHOLE_SLUG = new RegExp(`^${SLUG}$`)

/** True for what can be the slug of a course or lesson: what comes from a URL is tested before it reaches the database. */
export const isSlug = (value: string | undefined): value is string => value !== undefined && WHOLE_SLUG.test(value)
