import { z } from 'zod'
import { lineOfText } from './content/shapes.ts'

/** `true` and `1` are ids too: YAML reads them as something else than text. */
const choiceId = z
  .union([z.string(), z.number().int(), z.boolean()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'id: letters, digits, - and _'))

const optionShape = z.strictObject({ id: choiceId, text: lineOfText(300) })

const questionShape = z
  .strictObject({
    id: choiceId,
    kind: z.enum(['single', 'multiple', 'true_false']),
    prompt: z.string().trim().min(1).max(600),
    options: z.array(optionShape).min(2).max(8),
    answer: z.array(choiceId).min(1),
    why: z.string().trim().min(1).max(1000),
  })
  .superRefine((question, context) => {
    const say = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
    const ids = question.options.map((option) => option.id)
    if (new Set(ids).size !== ids.length) say(['options'], 'two options have the same id')
    if (new Set(question.answer).size !== question.answer.length) say(['answer'], 'an answer is given twice')
    for (const id of question.answer) if (!ids.includes(id)) say(['answer'], `no option has the id ${id}`)
    if (question.kind !== 'multiple' && question.answer.length !== 1) say(['answer'], 'exactly one answer is right')
    if (question.kind === 'true_false' && ids.length !== 2) say(['options'], 'true_false has two options')
  })

/** NN-name.quiz.yaml: the questions of one lesson with their answers. */
export const quizShape = z
  .strictObject({ pass_percent: z.number().int().min(1).max(100), questions: z.array(questionShape).min(1).max(30) })
  .superRefine((quiz, context) => {
    const seen = new Set<string>()
    for (const [index, question] of quiz.questions.entries()) {
      if (seen.has(question.id)) {
        context.addIssue({ code: 'custom', path: ['questions', index, 'id'], message: 'two questions have this id' })
      }
      seen.add(question.id)
    }
  })

export type QuizSource = z.output<typeof quizShape>

/** A question as everybody may see it. */
export type Question = Pick<z.output<typeof questionShape>, 'id' | 'kind' | 'prompt' | 'options'>

/** By question id: the ids of the right options, and why. Never leaves the server before the answers came in. */
export type QuizKey = Record<string, { answer: string[]; why: string }>

/** Parts the questions from their answers. */
export function splitQuiz(source: QuizSource): { passPercent: number; questions: Question[]; key: QuizKey } {
  return {
    passPercent: source.pass_percent,
    questions: source.questions.map(({ id, kind, prompt, options }) => ({ id, kind, prompt, options })),
    key: Object.fromEntries(source.questions.map(({ id, answer, why }) => [id, { answer, why }])),
  }
}
