/** One lesson of a course as a reader sees it in the outline; for visitors nothing is done. */
export type OutlineLesson = {
  slug: string
  /** 1, 2, … */
  position: number
  title: string
  titleEn: string
  summary: string
  minutes: number
  hasQuiz: boolean
  isRead: boolean
  isPassed: boolean
}

/** A lesson counts as done when it was read and, where it has a quiz, the quiz was passed (domain.md, "Credit"). */
export const isDone = (lesson: Pick<OutlineLesson, 'isRead' | 'isPassed' | 'hasQuiz'>): boolean =>
  lesson.isRead && (!lesson.hasQuiz || lesson.isPassed)

export const doneCount = (lessons: OutlineLesson[]): number => lessons.filter(isDone).length

/** Every lesson is done; a course without lessons never is. */
export const isComplete = (lessons: OutlineLesson[]): boolean => lessons.length > 0 && lessons.every(isDone)

/** Where to go on: the first lesson that is not done; null when all are. */
export const nextLesson = (lessons: OutlineLesson[]): OutlineLesson | null =>
  lessons.find((lesson) => !isDone(lesson)) ?? null

/** Nobody has finished anything here yet: then the way on is a beginning. */
export const isUntouched = (lessons: OutlineLesson[]): boolean => lessons.every((lesson) => !lesson.isRead)

export const coursePath = (course: string) => `/courses/${course}`
export const lessonPath = (course: string, lesson: string) => `/courses/${course}/${lesson}`

/** True for what can be the slug of a course or lesson: what comes from a URL is tested before it reaches the database. */
export const isSlug = (value: string | undefined): value is string =>
  value !== undefined && /^[a-z0-9][a-z0-9-]{0,62}$/.test(value)
