import { z } from 'zod'
import { COURSE_MODES, LEVELS } from '#db/values.ts'
import { isSlug } from '../progress.ts'

/** One line of plain text; shown as it stands, so that `<` and `*` are just signs. */
export const lineOfText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\n]*$/, 'must be one line')

const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD')
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text), 'no such date')

/** course.yaml. Hours are class hours of 45 minutes. */
export const courseShape = z.strictObject({
  title: lineOfText(60),
  title_en: lineOfText(120),
  summary: lineOfText(300),
  summary_en: lineOfText(600),
  /** An entry of the 职业分类大典; null: for every occupation. */
  occupation: z
    .string()
    .regex(/^\d-\d{2}-\d{2}-\d{2}$/, 'must be an occupation code like 6-31-01-03')
    .nullable(),
  /** The skill level that it leads to (db/values.ts); null: none in particular. */
  level: z.enum(LEVELS).nullable().default(null),
  /** `mixed`: a practical class belongs to it. */
  mode: z.enum(COURSE_MODES).default('online'),
  /** Slugs of the courses to be finished before it. */
  prerequisites: z.array(z.string().refine(isSlug, 'must be the name of a course folder')).max(5).default([]),
  /** Code of the academy that made it; null: none of them. */
  academy: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'must be the code of an academy')
    .nullable()
    .default(null),
  planned_hours: z.number().min(0.5).max(500).multipleOf(0.5),
  sources: z.array(lineOfText(300)).max(30),
  updated_on: calendarDate,
  author: lineOfText(60),
})

export type CourseHead = z.output<typeof courseShape>
