import { isAnswered } from './progress.ts'
import { neededMs, type RequiredMedia } from './time/needed.ts'

/** A lesson as far as its reader has come with it. */
export type LeftLesson = {
  slug: string
  position: number
  hasQuiz: boolean
  isRead: boolean
  isPassed: boolean
  isDone: boolean
  activeMs: number
  minutes: number
  activeMinutes: number | null
  media: readonly RequiredMedia[]
}

/** What is left of a course, for one who learns it; all of it done: no lessons, no minutes, nothing else. */
export type CourseLeft = {
  lessons: number
  of: number
  /** Active time that its open lessons still ask for, rounded up. */
  minutes: number
  /** The first lesson that is not done. */
  next: { slug: string; position: number } | null
  /** Lessons whose quiz was answered and not passed. */
  toPass: { slug: string; position: number }[]
  /** Lessons of which nothing but a video or recording is missing. */
  toPlay: { slug: string; position: number }[]
}

/** By the policy's share of a lesson's minutes; a lesson that is done asks for nothing more. */
export function leftOf(lessons: readonly LeftLesson[], { activePercent }: { activePercent: number }): CourseLeft {
  const open = lessons.filter((lesson) => !lesson.isDone)
  // `playedPercent` says nothing about time.
  const missingMs = (one: LeftLesson) => Math.max(0, neededMs(one, { activePercent, playedPercent: 0 }) - one.activeMs)
  const names = (some: LeftLesson[]) => some.map(({ slug, position }) => ({ slug, position }))
  return {
    lessons: open.length,
    of: lessons.length,
    minutes: Math.ceil(open.reduce((sum, one) => sum + missingMs(one), 0) / 60_000),
    next: names(open)[0] ?? null,
    toPass: names(open.filter((one) => one.hasQuiz && one.isRead && !one.isPassed)),
    toPlay: names(open.filter((one) => isAnswered(one) && missingMs(one) === 0 && one.media.length > 0)),
  }
}
