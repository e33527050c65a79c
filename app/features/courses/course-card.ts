/** A course in a list. */
export type CourseCard = {
  slug: string
  title: string
  titleEn: string
  summary: string
  summaryEn: string
  /** Class hours of 45 minutes. */
  plannedHours: number
  lessonCount: number
  /** Of the account that asks; 0 for visitors. */
  doneCount: number
  /** Of the lessons that the account finished: those that changed in substance since. */
  updatedCount: number
  /** The account has still to pass the final test; false where the course has none. */
  isTestOpen: boolean
  /** When the account last finished something in it, ISO; null: never. */
  lastAt: string | null
}

/** The account has done every lesson of it, and its final test where it has one. */
export const isFinished = (course: Pick<CourseCard, 'doneCount' | 'lessonCount' | 'isTestOpen'>): boolean =>
  course.doneCount === course.lessonCount && !course.isTestOpen

/**
 * The course that a learner goes on with: of those in the order of their last use the first that is begun and not finished,
 * else the one whose class was joined. Null: neither is there.
 */
export function currentCourse<C extends CourseCard>(courses: readonly C[], joined: string | undefined): C | null {
  const open = courses.filter((course) => !isFinished(course))
  return open.find(({ lastAt }) => lastAt !== null) ?? open.find(({ slug }) => slug === joined) ?? null
}
