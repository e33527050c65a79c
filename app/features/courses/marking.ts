import type { Question, QuizKey } from './quiz-shape.ts'

/** What came in, by question id: the ids of the ticked options. */
export type Answers = Record<string, string[]>

/** One question after marking, as the worker sees it and as the attempt keeps it. */
export type MarkedQuestion = { id: string; given: string[]; right: string[]; isRight: boolean; why: string }

export type Marking =
  | { ok: true; marked: MarkedQuestion[]; rightCount: number; isPassed: boolean }
  /** Nothing was marked: these questions have no answer yet. */
  | { ok: false; reason: 'unanswered'; unanswered: string[] }

/**
 * Marks a whole quiz. A question is right when exactly its right options were ticked; it passes when
 * right × 100 ≥ questions × pass percent, in whole numbers. Options that do not exist are dropped before anything is
 * judged, and of a question with one answer only the first counts.
 */
export function markQuiz(questions: Question[], key: QuizKey, passPercent: number, answers: Answers): Marking {
  const cleaned = cleanAnswers(questions, answers)
  const unanswered = questions.filter((question) => cleaned[question.id]?.length === 0).map((question) => question.id)
  if (unanswered.length > 0) return { ok: false, reason: 'unanswered', unanswered }
  const marked = questions.map(({ id }) => {
    const given = cleaned[id] ?? []
    const { answer: right = [], why = '' } = key[id] ?? {}
    const isRight = given.length === right.length && right.every((option) => given.includes(option))
    return { id, given, right, isRight, why }
  })
  const rightCount = marked.filter((question) => question.isRight).length
  return { ok: true, marked, rightCount, isPassed: rightCount * 100 >= questions.length * passPercent }
}

/** The answers to these questions and no others, in the options' own order. */
export function cleanAnswers(questions: Question[], answers: Answers): Answers {
  return Object.fromEntries(
    questions.map(({ id, kind, options }) => {
      const ticked = Object.hasOwn(answers, id) ? (answers[id] ?? []) : []
      const known = options.map((option) => option.id).filter((option) => ticked.includes(option))
      return [id, kind === 'multiple' ? known : known.slice(0, 1)]
    }),
  )
}

/** Field name of a question in the form. */
export const fieldOf = (questionId: string) => `q-${questionId}`

/** Reads the form's fields; whatever else was posted is ignored. */
export function readAnswers(questions: Question[], form: { getAll(name: string): unknown[] }): Answers {
  return Object.fromEntries(
    questions.map(({ id }) => [id, form.getAll(fieldOf(id)).filter((value) => typeof value === 'string')]),
  )
}
