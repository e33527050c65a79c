import { type Answers, type Decimal, faultOf, fieldOf, letterOf, type Question, readDecimal } from './question.ts'

/**
 * What is right, in the form of {@link Answers}: of a number the number and, apart, by how much one may miss it; of a word
 * every accepted one. Never leaves the server before the answers came in.
 */
export type Key = { answer: string[]; tolerance?: string; why: string }
/** By question id. */
export type QuizKey = Record<string, Key>

/** One question after marking, as the worker sees it and as the attempt keeps it. */
export type MarkedQuestion = {
  id: string
  given: string[]
  right: string[]
  tolerance?: string
  isRight: boolean
  why: string
}

/** The same, as far as its reader may see it: null is kept back. */
export type ShownMark = Omit<MarkedQuestion, 'right' | 'why'> & { right: string[] | null; why: string | null }

export type Marking =
  | { ok: true; marked: MarkedQuestion[]; rightCount: number; isPassed: boolean }
  /** Nothing was marked: these questions have no answer yet, or one that can't be marked (question.ts, `faultOf`). */
  | { ok: false; reason: 'unanswered'; unanswered: string[] }

/** Marks a whole quiz, once every question can be marked. It passes as {@link passes} says. */
export function markQuiz(questions: Question[], key: QuizKey, passPercent: number, answers: Answers): Marking {
  const cleaned = cleanAnswers(questions, answers)
  const unanswered = questions.filter((question) => faultOf(question, cleaned[question.id])).map(({ id }) => id)
  if (unanswered.length > 0) return { ok: false, reason: 'unanswered', unanswered }
  const marked = questions.map((question) =>
    markQuestion(question, keyOf(key, question.id), cleaned[question.id] ?? []),
  )
  const rightCount = marked.filter((question) => question.isRight).length
  return { ok: true, marked, rightCount, isPassed: passes(rightCount, questions.length, passPercent) }
}

/** right × 100 ≥ questions × pass percent, in whole numbers. */
export const passes = (rightCount: number, questionCount: number, passPercent: number): boolean =>
  rightCount * 100 >= questionCount * passPercent

/** Marks one question. What can't be marked, or was not answered, is wrong. */
export function markQuestion(question: Question, key: Key, given: string[]): MarkedQuestion {
  const { answer: right, tolerance, why } = key
  const isRight = faultOf(question, given) === null && isRightAnswer(question, key, given)
  return { id: question.id, given, right, ...(tolerance === undefined ? {} : { tolerance }), isRight, why }
}

function isRightAnswer(question: Question, { answer: right, tolerance = '0' }: Key, given: string[]): boolean {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true_false':
      return given.length === right.length && right.every((option) => given.includes(option))
    case 'numeric':
      return isWithin(given[0] ?? '', right[0] ?? '', tolerance, question.unit)
    case 'ordering':
    case 'matching':
      return given.length === right.length && right.every((place, index) => given[index] === place)
    case 'fill_in':
      return right.some((accepted) => foldWord(accepted) === foldWord(given[0] ?? ''))
  }
}

/** |typed − answer| ≤ tolerance, exactly: 36.5 is within 0.5 of 36, 36.50001 is not. */
function isWithin(typed: string, answer: string, tolerance: string, unit: string): boolean {
  const numbers = [readDecimal(typed, unit), readDecimal(answer), readDecimal(tolerance)]
  const places = Math.max(...numbers.map((number) => number?.places ?? 0))
  const [given, right, allowed] = numbers.map((number) => number && scale(number, places))
  if (given == null || right == null || allowed == null) return false
  const missed = given > right ? given - right : right - given
  return missed <= allowed
}

const scale = ({ units, places }: Decimal, to: number): bigint => units * 10n ** BigInt(to - places)

/** How words are compared: full-width signs and capitals are folded, spaces and invisible signs dropped. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, '')

/** More than this is no answer to a question that asks for a word or a number. */
export const LONGEST_TYPED = 100

/** The answers to these questions and no others, in the questions' own order; what could not have been chosen is dropped. */
export function cleanAnswers(questions: readonly Question[], answers: Answers): Answers {
  return Object.fromEntries(
    questions.map((question) => [
      question.id,
      cleanAnswer(question, Object.hasOwn(answers, question.id) ? (answers[question.id] ?? []) : []),
    ]),
  )
}

/** Cut at its longest, and never in the middle of a character: half of one is no text to a database. */
const typedOf = (given: string): string =>
  given
    .trim()
    .slice(0, LONGEST_TYPED)
    .replace(/[\uD800-\uDBFF]$/, '')

function cleanAnswer(question: Question, given: readonly string[]): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true_false': {
      const known = question.options.map((option) => option.id).filter((id) => given.includes(id))
      return question.kind === 'multiple' ? known : known.slice(0, 1)
    }
    case 'numeric':
    case 'fill_in':
      return [typedOf(given[0] ?? '')].filter((typed) => typed !== '')
    case 'ordering':
      return chosenFrom(
        question.items.map((_, index) => String(index + 1)),
        question.items.length,
        given,
      )
    case 'matching':
      return chosenFrom(
        question.right.map((_, index) => letterOf(index)),
        question.left.length,
        given,
      )
  }
}

/** One choice for each field, '' where it names nothing that exists; an empty list where there is no choice at all. */
function chosenFrom(names: readonly string[], fields: number, given: readonly string[]): string[] {
  const chosen = Array.from({ length: fields }, (_, index) => names.find((name) => name === given[index]) ?? '')
  return chosen.every((name) => name === '') ? [] : chosen
}

/** The answers that still mean the same when the questions were published anew: steps and pairs may stand otherwise. */
export const keptAnswers = (questions: readonly Question[], answers: Answers): Answers =>
  Object.fromEntries(
    questions.map(({ id, kind }) => [id, kind === 'ordering' || kind === 'matching' ? [] : (answers[id] ?? [])]),
  )

/** By own key only: `constructor` is no question. */
const keyOf = (key: QuizKey, id: string): Key =>
  (Object.hasOwn(key, id) ? key[id] : undefined) ?? { answer: [], why: '' }

/** Reads the form's fields; whatever else was posted is ignored. */
export function readAnswers(questions: readonly Question[], form: { getAll(name: string): unknown[] }): Answers {
  return Object.fromEntries(
    questions.map(({ id }) => [id, form.getAll(fieldOf(id)).filter((value) => typeof value === 'string')]),
  )
}
