import { z } from 'zod'
import { TEST_SHOWS } from '#db/values.ts'
import { lineOfText } from '../content/shapes.ts'
import { questionShape, refuseTwins } from '../questions/question-shape.ts'

/** A test that asks fewer than this of a course is a quiz. */
const FEWEST = 20
const MOST = 100

/** NAME.bank.yaml: more questions than a test draws, each with the lesson that it belongs to. */
export const bankShape = (lessons: readonly string[]) =>
  z.strictObject({ questions: z.array(questionShape).min(FEWEST).max(400) }).superRefine(({ questions }, context) => {
    refuseTwins(questions, context)
    for (const [index, { topic }] of questions.entries()) {
      const path = ['questions', index, ...(topic === undefined ? [] : ['topic'])]
      if (topic === undefined)
        context.addIssue({ code: 'custom', path, message: 'topic is missing: the name of a lesson' })
      else if (!lessons.includes(topic))
        context.addIssue({ code: 'custom', path, message: `no lesson is named ${topic}` })
    }
  })

export type BankSource = z.output<ReturnType<typeof bankShape>>

const drawShape = z.strictObject({ topic: lineOfText(63), count: z.number().int().min(1).max(MOST) })

/** How many questions each bank of a course has, by topic; null: that bank could not be read. */
export type Banks = ReadonlyMap<string, ReadonlyMap<string, number> | null>

/** final.test.yaml: how the final test of a course is put together and what it takes to pass. */
export const finalTestShape = (banks: Banks) =>
  z
    .strictObject({
      title: lineOfText(60),
      title_en: lineOfText(120),
      intro: lineOfText(300),
      intro_en: lineOfText(600),
      /** The name of a bank of the same folder. */
      bank: lineOfText(63),
      draw: z.array(drawShape).min(1).max(50),
      minutes: z.number().int().min(1).max(240),
      pass_percent: z.number().int().min(1).max(100),
      /** So many in a row, then a pause. */
      attempts: z.number().int().min(1).max(20),
      pause_hours: z.number().int().min(0).max(720),
      shuffle: z.boolean().default(true),
      show: z.enum(TEST_SHOWS),
    })
    .superRefine(({ bank, draw }, context) => {
      const say = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
      const has = banks.get(bank)
      if (has === undefined) say(['bank'], `there is no file ${bank}.bank.yaml`)
      const all = draw.reduce((sum, { count }) => sum + count, 0)
      if (all < FEWEST || all > MOST) say(['draw'], `draws ${all} questions: ${FEWEST} to ${MOST} make a test`)
      for (const [index, { topic, count }] of draw.entries()) {
        const least = Math.ceil(count * 1.5)
        const found = has?.get(topic) ?? 0
        if (draw.findIndex((one) => one.topic === topic) < index) say(['draw', index, 'topic'], 'drawn twice')
        else if (has && found === 0) say(['draw', index, 'topic'], `the bank has no question of ${topic}`)
        else if (has && found < least)
          say(['draw', index, 'count'], `the bank has ${found} of this topic: drawing ${count} takes ${least} or more`)
      }
    })

export type FinalTestHead = z.output<ReturnType<typeof finalTestShape>>
