import { z } from 'zod'
import { isDateString } from '#app/lib/calendar.ts'
import { oneLine, severalLines } from '#app/lib/written.ts'
import { SESSION_KINDS } from '#db/values.ts'
import type { ClockFault } from './session-hours.ts'

// These shapes run in the browser too, whose policy forbids eval: zod would probe for it.
z.config({ jitless: true })

/** What a meeting or a series of them can be wrong about; the sentences are `errors` of session-words.ts. */
export type SessionFault =
  | 'required'
  | 'too_long'
  | 'date'
  | 'time'
  | 'hours'
  | 'kind'
  | 'weekdays'
  | 'times'
  | 'session_outside'
  | 'certificates_early'
  | 'session_order'
  | 'day_hours'
  | 'session_overlap'
  | 'session_past'
  | ClockFault
  | 'series_none'
  | 'series_short'
  | 'too_many'
  | 'stations'

const code = (fault: SessionFault) => fault
const written = (most: number, as: (text: string) => string) =>
  z.string(code('required')).overwrite(as).min(1, code('required')).max(most, code('too_long'))
export const text = (most: number) => written(most, oneLine)
/** Of a box with several lines. */
export const optionalLines = (most: number) => written(most, severalLines).optional()
export const optionalText = (most: number) => text(most).optional()
/** What is no day is compared with no other one: nothing more is looked at. Days of the year 9999 have no day after them. */
export const day = z
  .string(code('required'))
  .refine((value) => isDateString(value) && value < '9999', { error: code('date'), abort: true })
const time = z.string(code('required')).regex(/^([01]\d|2[0-3]):[0-5]\d$/, code('time'))
const isHours = (hours: number) => hours > 0 && hours <= 9999 && Number.isInteger(hours * 2)
export const hours = z.number(code('hours')).refine(isHours, code('hours'))

const when = {
  from: time,
  to: time,
  hours,
  /** Left out: what the mode of the class says. */
  kind: z.enum(SESSION_KINDS, code('kind')).optional(),
  topic: optionalText(100),
}

/** One meeting. */
export const sessionShape = z.object({ date: day, ...when })

/** The same weekdays again and again, from the first day of the class (series.ts). 0 is Sunday. */
export const seriesShape = z.object({
  weekdays: z
    .array(z.enum(['0', '1', '2', '3', '4', '5', '6'], code('weekdays')), code('weekdays'))
    .min(1, code('weekdays')),
  ...when,
  times: z.int(code('times')).min(1, code('times')).max(60, code('times')).optional(),
  skipsHolidays: z.boolean().default(false),
})
