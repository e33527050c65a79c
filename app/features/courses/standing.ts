import { addDays } from '#app/lib/calendar.ts'
import { isSettled, type TestStep } from './progress.ts'

/** How a learner of an online class is getting on, the one who needs somebody first. */
export const STANDINGS = ['failing', 'test_failing', 'not_begun', 'idle', 'fresh', 'learning', 'done'] as const
export type Standing = (typeof STANDINGS)[number]

/** Days without anything learned after which somebody might call. */
export const IDLE_DAYS = 14
/** Failed attempts at one quiz after which somebody might help. */
export const FAILS = 3
/** Failed attempts at the final test after which somebody might help: it asks far more than a quiz. */
export const TEST_FAILS = 2

/** These are stuck: the academy may want to ask them why. */
export const STUCK: readonly Standing[] = ['failing', 'test_failing', 'not_begun', 'idle']

/** One lesson of the course as a learner has it. */
export type LearnerLesson = {
  position: number
  /** Its quiz was answered, or, without one, it was said to be finished. */
  isRead: boolean
  isPassed: boolean
  isDone: boolean
  /** Failed attempts at its quiz. */
  fails: number
  /** Counted active time, and the least that the lesson asks for. */
  activeMs: number
  neededMs: number
}

/** The final test of the course as a learner has it. */
export type LearnerTest = Pick<TestStep, 'isPassed' | 'isExempt'> & {
  /** Failed attempts. */
  fails: number
  /** So many may fail in a row before the pause. */
  attempts: number
}

/** Failed {@link TEST_FAILS} times, or as often as it may be taken before the pause, and still to be passed. */
const isTestFailing = (test: LearnerTest | null): boolean =>
  test !== null && !isSettled(test) && test.fails >= Math.min(TEST_FAILS, test.attempts)

export type LearnerFacts = {
  /** Credited already, whatever was changed in the course since. */
  isCredited: boolean
  /** Every lesson that the course has now. */
  areLessonsDone: boolean
  /** The quiz of one of them was failed {@link FAILS} times and not passed. */
  isFailing: boolean
  /** Null: the course has no final test. */
  test: LearnerTest | null
  /** When the seat was taken, or the class began if that was later; Shanghai's date. */
  since: string
  /** When something was last read, answered or finished; null: never. */
  lastOn: string | null
}

/** Its quiz was failed so often that it holds the learner up. */
export const isFailing = ({ fails, isPassed }: Pick<LearnerLesson, 'fails' | 'isPassed'>): boolean =>
  fails >= FAILS && !isPassed

/**
 * Where a learner stands. Done: credited, or every lesson done and the final test too, where it is asked for. Failing: a quiz
 * failed three times and not passed, or the test ({@link isTestFailing}), whenever that was. Not begun, idle: nothing for two weeks. Fresh: not begun, for less.
 */
export function standingOf(facts: LearnerFacts, today: string): Standing {
  const { isCredited, areLessonsDone, since, lastOn } = facts
  if (isCredited || (areLessonsDone && isSettled(facts.test))) return 'done'
  if (facts.isFailing) return 'failing'
  if (isTestFailing(facts.test)) return 'test_failing'
  if (lastOn === null) return addDays(since, IDLE_DAYS) <= today ? 'not_begun' : 'fresh'
  return addDays(lastOn, IDLE_DAYS) <= today ? 'idle' : 'learning'
}

/** A narrowing of the list: one standing, all who are stuck, or everybody. */
export const STANDING_FILTERS = ['stuck', ...STANDINGS] as const
export type StandingFilter = (typeof STANDING_FILTERS)[number]

export const isIn = (standing: Standing, filter: StandingFilter | null): boolean =>
  filter === null || (filter === 'stuck' ? STUCK.includes(standing) : standing === filter)

/**
 * Minutes of a course's least active time that a learner has: of each lesson no more than it asks for, so that long reading
 * of one does not stand for another; a lesson that is done has all of it.
 */
export function minutesEarned(lessons: readonly LearnerLesson[]): { earned: number; needed: number } {
  const total = (ms: (lesson: LearnerLesson) => number) => lessons.reduce((sum, lesson) => sum + ms(lesson), 0)
  const earnedMs = total(({ activeMs, neededMs, isDone }) => (isDone ? neededMs : Math.min(activeMs, neededMs)))
  return { earned: Math.floor(earnedMs / 60_000), needed: Math.ceil(total(({ neededMs }) => neededMs) / 60_000) }
}
