import { type CourseCard, isFinished } from '#app/features/courses/course-card.ts'
import type { ClassCard } from '#app/features/training/classes.server.ts'
import { LEVELS, type Level } from '#db/values.ts'

export type PathCourse = CourseCard & {
  /** Slugs of the courses to be finished before it. */
  prerequisites: string[]
}

/** What the learner has behind them: levels of classes with credited hours, and of valid certificates; null: of none. */
export type Behind = { trained: (Level | null)[]; certified: (Level | null)[] }

/** The way to one skill level of an occupation: courses, then a class that one goes to, then the assessment. */
export type LevelPath = {
  /** Null: what leads to no level in particular. */
  level: Level | null
  /** In the order in which they are to be learned. */
  courses: PathCourse[]
  classes: ClassCard[]
}

export const PATH_STEPS = ['learn', 'practise', 'assess'] as const
export type PathStep = (typeof PATH_STEPS)[number]

/** A level's place among all of them; what leads to none in particular stands last. */
export const rankOf = (level: Level | null): number => (level === null ? LEVELS.length : LEVELS.indexOf(level))

/**
 * Courses in the order in which they can be taken: each behind what it wants finished before, else as they came. What wants
 * one another (an older text may) comes as it came.
 */
export function inOrder<C extends { slug: string; prerequisites: readonly string[] }>(courses: readonly C[]): C[] {
  const ordered: C[] = []
  const entered = new Set<string>()
  const place = (course: C) => {
    if (entered.has(course.slug)) return
    entered.add(course.slug)
    for (const wanted of courses) if (course.prerequisites.includes(wanted.slug)) place(wanted)
    ordered.push(course)
  }
  for (const course of courses) place(course)
  return ordered
}

/**
 * The steps that are behind a learner. A certificate of the level, or of one above it, says that its classes were attended,
 * be it elsewhere; courses are finished here or not at all.
 */
export function stepsDone({ level, courses }: LevelPath, { trained, certified }: Behind): Record<PathStep, boolean> {
  const isCertified =
    level === null ? certified.includes(null) : certified.some((held) => held !== null && rankOf(held) >= rankOf(level))
  return {
    learn: courses.length > 0 && courses.every(isFinished),
    practise: isCertified || trained.includes(level),
    assess: isCertified,
  }
}
