import type { TestShow } from '#db/values.ts'
import { cleanAnswers, type MarkedQuestion, readAnswers, type ShownMark } from './marking.ts'
import { type Answers, faultOf, type Question } from './question.ts'

/** The rules of a final test that its page tells. */
export type TestRules = {
  questionCount: number
  passPercent: number
  minutes: number
  /** So many in a row; after the last that failed comes the pause. */
  attempts: number
  pauseHours: number
}

/** How often it may be taken. */
export type TestAttempts = Pick<TestRules, 'attempts' | 'pauseHours'>

/** The latest attempt; `number` of them were begun. */
export type LatestAttempt = { number: number; submittedAt: Date | null; isPassed: boolean | null }

export type Entry =
  /** A new attempt may begin; after it so many are left before the pause. */
  | { ok: true; left: number }
  | { ok: false; reason: 'passed' | 'running' | 'lessons' }
  | { ok: false; reason: 'pause'; until: Date }

const HOUR_MS = 60 * 60 * 1000

/** May a new attempt begin now? Once passed there is none; each `attempts` that failed are followed by a pause. */
export function entryOf(
  latest: LatestAttempt | null,
  rules: TestAttempts,
  { areLessonsDone, now }: { areLessonsDone: boolean; now: Date },
): Entry {
  if (latest?.isPassed) return { ok: false, reason: 'passed' }
  if (latest && latest.submittedAt === null) return { ok: false, reason: 'running' }
  if (!areLessonsDone) return { ok: false, reason: 'lessons' }
  const sat = latest?.number ?? 0
  if (latest?.submittedAt && sat % rules.attempts === 0) {
    const until = new Date(latest.submittedAt.getTime() + rules.pauseHours * HOUR_MS)
    if (now < until) return { ok: false, reason: 'pause', until }
  }
  return { ok: true, left: rules.attempts - 1 - (sat % rules.attempts) }
}

/** How many right answers pass: the least whole number at or above the share. */
export const rightToPass = ({ questionCount, passPercent }: Pick<TestRules, 'questionCount' | 'passPercent'>): number =>
  Math.ceil((questionCount * passPercent) / 100)

/** An answer that comes at the very deadline is in time. */
export const isInTime = (deadlineAt: Date, now: Date): boolean => now.getTime() <= deadlineAt.getTime()

/** The attempt runs, and its time is over: it waits to be marked with what was saved. */
export const isOverdue = (attempt: { submittedAt: Date | null; deadlineAt: Date }, now: Date): boolean =>
  attempt.submittedAt === null && !isInTime(attempt.deadlineAt, now)

/** Questions that could not be marked as they stand: they would count as wrong. */
export const openQuestions = (questions: readonly Question[], answers: Answers): string[] =>
  questions.filter((question) => faultOf(question, answers[question.id])).map(({ id }) => id)

/** What a worker may see of a marked question, by the test's `show`. */
export function showMark(mark: MarkedQuestion, show: TestShow): ShownMark {
  if (show === 'answers') return mark
  const { id, given, isRight, why } = mark
  return { id, given, isRight, right: null, why: show === 'mistakes' && !isRight ? why : null }
}

export type SittingForm = { get(name: string): unknown; getAll(name: string): unknown[] }

/** Field of a whole form: the answers as they were when it was opened, as JSON. */
export const WAS = 'was'
/** Field of a script that saves: the questions whose fields it sends. */
export const CHANGED = 'changed'

/**
 * The answers that a form changes. A whole form says what they were when it was opened: what stands in it unchanged is not
 * written, so that an old tab never overwrites what another one saved. A script names the questions that it sends.
 */
export function readChanges(questions: readonly Question[], form: SittingForm): Answers {
  const answers = givenIn(questions, form)
  const was = form.get(WAS)
  if (typeof was === 'string') return changedSince(answers, cleanAnswers(questions, readJson(was)))
  const named = form.getAll(CHANGED)
  return Object.fromEntries(Object.entries(answers).filter(([id]) => named.includes(id)))
}

/** The answers that stand in a form. */
export const givenIn = (questions: readonly Question[], form: SittingForm): Answers =>
  cleanAnswers(questions, readAnswers(questions, form))

/** Those of the answers that were others before; an empty list and none are the same. */
export const changedSince = (answers: Answers, before: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id, given]) => !isSame(given, before[id])))

export const isSame = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** What came from outside as answers; anything that is none is nothing. */
function readJson(text: string): Answers {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(
      Object.entries(read).map(([id, given]) => [
        id,
        Array.isArray(given) ? given.filter((value) => typeof value === 'string') : [],
      ]),
    )
  } catch {
    return {}
  }
}
