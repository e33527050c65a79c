import { z } from 'zod'
import { lineOfText } from '../content/shapes.ts'

/** `true` and `1` are ids too: YAML reads them as something else than text. */
const id = z
  .union([z.string(), z.number().int(), z.boolean()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'id: letters, digits, - and _'))

const named = z.strictObject({ id, text: lineOfText(300) })

/** A number as an author writes it: at most 6 decimals, so that it is compared exactly; no sign, since phones offer none. */
const measured = z
  .number()
  .min(0, 'must not be negative: the number keys of a phone have no sign')
  .max(1e9)
  .refine((number) => /^\d+(?:\.\d{1,6})?$/.test(String(number)), 'at most 6 decimals')
  .transform(String)

const base = {
  id,
  prompt: z.string().trim().min(1).max(600),
  why: z.string().trim().min(1).max(1000),
  /** In a bank: the slug of the lesson that the question belongs to. */
  topic: lineOfText(63).optional(),
}

type Say = (path: PropertyKey[], message: string) => void
type Context = { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void }
const sayTo =
  (context: Context): Say =>
  (path, message) =>
    context.addIssue({ code: 'custom', path, message })

const repeated = (values: readonly string[]): boolean => new Set(values).size !== values.length

const choiceShape = z
  .strictObject({
    ...base,
    kind: z.enum(['single', 'multiple', 'true_false']),
    options: z.array(named).min(2).max(8),
    answer: z.array(id).min(1),
  })
  .superRefine((question, context) => {
    const say = sayTo(context)
    const ids = question.options.map((option) => option.id)
    if (repeated(ids)) say(['options'], 'two options have the same id')
    if (repeated(question.answer)) say(['answer'], 'an answer is given twice')
    for (const one of question.answer) if (!ids.includes(one)) say(['answer'], `no option has the id ${one}`)
    const count = question.answer.length
    if (question.kind === 'multiple' && count < 2) say(['answer'], 'two or more are right, else it is kind: single')
    if (question.kind !== 'multiple' && count !== 1) say(['answer'], 'exactly one answer is right')
    if (question.kind === 'true_false' && ids.join() !== 'true,false')
      say(['options'], 'true_false has the options "true" and "false", in this order')
  })

const numericShape = z.strictObject({
  ...base,
  kind: z.literal('numeric'),
  answer: measured,
  tolerance: measured.default('0'),
  unit: lineOfText(20).default(''),
})

const orderingShape = z
  .strictObject({ ...base, kind: z.literal('ordering'), items: z.array(named).min(3).max(7) })
  .superRefine(({ items }, context) => {
    if (repeated(items.map((item) => item.id))) sayTo(context)(['items'], 'two items have the same id')
    if (repeated(items.map((item) => item.text))) sayTo(context)(['items'], 'two items say the same: no order is right')
  })

const matchingShape = z
  .strictObject({
    ...base,
    kind: z.literal('matching'),
    left: z.array(named).min(3).max(6),
    right: z.array(named).min(2).max(9),
    answer: z.record(id, id),
  })
  .superRefine(({ left, right, answer }, context) => {
    const say = sayTo(context)
    if (repeated(left.map((one) => one.id))) say(['left'], 'two of them have the same id')
    if (repeated(right.map((one) => one.id))) say(['right'], 'two of them have the same id')
    if (repeated(left.map((one) => one.text))) say(['left'], 'two of them say the same')
    if (repeated(right.map((one) => one.text))) say(['right'], 'two of them say the same: both would be right')
    for (const one of left) if (!Object.hasOwn(answer, one.id)) say(['answer'], `no right side is named for ${one.id}`)
    for (const [from, to] of Object.entries(answer)) {
      if (!left.some((one) => one.id === from)) say(['answer', from], `left has no id ${from}`)
      if (!right.some((one) => one.id === to)) say(['answer', from], `right has no id ${to}`)
    }
  })

const fillInShape = z
  .strictObject({ ...base, kind: z.literal('fill_in'), accepted: z.array(lineOfText(60)).min(1).max(20) })
  .superRefine(({ prompt }, context) => {
    if (prompt.match(/_{4,}/g)?.length !== 1) sayTo(context)(['prompt'], 'has one blank, written ____')
  })

const KINDS = 'single, multiple, true_false, numeric, ordering, matching, fill_in'

/** One question as its author writes it (content/README.md). */
export const questionShape = z.discriminatedUnion(
  'kind',
  [choiceShape, numericShape, orderingShape, matchingShape, fillInShape],
  { error: (issue) => (issue.code === 'invalid_union' ? `must be one of: ${KINDS}` : undefined) },
)

export type QuestionSource = z.output<typeof questionShape>

/** Refuses a list in which two questions have one id: progress and statistics know them by it. */
export function refuseTwins(questions: readonly { id: string }[], context: Context): void {
  const seen = new Set<string>()
  for (const [index, question] of questions.entries()) {
    if (seen.has(question.id)) sayTo(context)(['questions', index, 'id'], 'two questions have this id')
    seen.add(question.id)
  }
}
