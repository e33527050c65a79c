import { z } from 'zod'
import type { QuizKey } from '../marking.ts'
import type { Question } from '../question.ts'
import { questionShape, refuseTwins } from './question-shape.ts'
import { type Shuffle, splitQuestion } from './question-split.ts'

/** NN-name.quiz.yaml: the questions of one lesson with their answers. */
export const quizShape = z
  .strictObject({ pass_percent: z.number().int().min(1).max(100), questions: z.array(questionShape).min(1).max(30) })
  .superRefine(({ questions }, context) => {
    refuseTwins(questions, context)
    for (const [index, { topic }] of questions.entries()) {
      if (topic === undefined) continue
      const message = 'the questions of a lesson have no topic: it is for banks'
      context.addIssue({ code: 'custom', path: ['questions', index, 'topic'], message })
    }
  })

export type QuizSource = z.output<typeof quizShape>

/** Parts the questions from their answers. */
export function splitQuiz(
  source: QuizSource,
  shuffle: Shuffle,
): { passPercent: number; questions: Question[]; key: QuizKey } {
  const split = source.questions.map((question) => splitQuestion(question, shuffle))
  return {
    passPercent: source.pass_percent,
    questions: split.map(({ question }) => question),
    key: Object.fromEntries(split.map(({ question, key }) => [question.id, key])),
  }
}
