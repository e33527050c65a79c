import type { Fraction } from '#app/lib/percent.ts'
import type { Question } from '../question.ts'

/** One question and how a course's learners answered it the first time. */
export type QuestionResult = {
  lessonSlug: string
  position: number
  /** 1, 2, … in its quiz. */
  number: number
  id: string
  prompt: string
  answered: number
  /** Of those who answered. */
  right: Fraction
  /** The wrong option that most learners chose, where questions have options; null: nobody was wrong, or it has none. */
  mostWrong: { text: string; times: number } | null
}

type Quiz = Pick<QuestionResult, 'lessonSlug' | 'position'> & { questions: Question[] }
type Count = { lessonSlug: string; id: string; answered: number; right: number }
type Choice = { lessonSlug: string; id: string; given: string; times: number }

/** Every question that is asked now, in order; one that nobody answered yet has 0 of 0. */
export function toResults(quizzes: Quiz[], counts: Count[], choices: Choice[]): QuestionResult[] {
  return quizzes.flatMap(({ questions, ...lesson }) =>
    questions.map((question, index) => {
      const { id, prompt } = question
      const isThis = (row: { lessonSlug: string; id: string }) => row.lessonSlug === lesson.lessonSlug && row.id === id
      const { answered = 0, right = 0 } = counts.find(isThis) ?? {}
      const mostWrong = mostChosen(question, choices.filter(isThis))
      return {
        ...lesson,
        number: index + 1,
        id,
        prompt,
        answered,
        right: { numerator: right, denominator: answered },
        mostWrong,
      }
    }),
  )
}

/** Of two that were chosen as often the one that stands first. */
function mostChosen(question: Question, choices: Choice[]): QuestionResult['mostWrong'] {
  if (!('options' in question)) return null
  const times = (id: string) => choices.find(({ given }) => given === id)?.times ?? 0
  const most = question.options.reduce<(typeof question.options)[number] | null>(
    (best, option) => (times(option.id) > (best ? times(best.id) : 0) ? option : best),
    null,
  )
  return most && { text: most.text, times: times(most.id) }
}

/** Hardest first: the smallest share right; those that nobody answered last. */
export const byDifficulty = (one: QuestionResult, other: QuestionResult): number =>
  shareOf(one) - shareOf(other) || one.position - other.position || one.number - other.number

const shareOf = ({ right: { numerator, denominator } }: QuestionResult): number =>
  denominator === 0 ? Number.POSITIVE_INFINITY : numerator / denominator
