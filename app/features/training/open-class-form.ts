import { z } from 'zod'
import { addDays, isDateString, shanghaiInstant } from '#app/lib/calendar.ts'
import { LEVELS, MODES } from '#db/values.ts'
import { faultsOfSeats, type SeatFormError, seatFields } from './seat-form.ts'

// This shape runs in the browser too, whose policy forbids eval: zod would probe for it.
z.config({ jitless: true })

/**
 * What the form of a new class says can be wrong; the sentences are `openClass.errors` of desk-words.ts. Zod's messages are
 * these codes, on both sides of the wire.
 */
export type OpenClassError =
  | 'required'
  | 'too_long'
  | 'mode'
  | 'level'
  | 'date'
  | 'instant'
  | 'time'
  | 'ends_before'
  | 'hours'
  | 'practical_hours'
  | 'capacity'
  | 'fee'
  | 'phone'
  | 'enrol_order'
  | 'enrol_late'
  | 'withdraw_late'
  | 'session_outside'
  | 'session_order'
  | 'session_overlap'
  | 'session_needed'
  | 'too_many'
  | 'certificates_early'
  | SeatFormError

const code = (error: OpenClassError) => error
const text = (most: number) => z.string(code('required')).trim().min(1, code('required')).max(most, code('too_long'))
const optionalText = (most: number) => text(most).optional()
const day = z.string(code('required')).refine(isDateString, code('date'))
/** `datetime-local`: a wall clock of Shanghai. */
const instant = z
  .string(code('required'))
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(value) && isDateString(value.slice(0, 10)),
    code('instant'),
  )
  .transform((value) => shanghaiInstant(value.slice(0, 10), value.slice(11)))
const time = z.string(code('required')).regex(/^([01]\d|2[0-3]):[0-5]\d$/, code('time'))
const isHours = (hours: number) => hours > 0 && hours <= 9999 && Number.isInteger(hours * 2)
const hours = z.number(code('hours')).refine(isHours, code('hours'))

const session = z.object({ date: day, from: time, to: time, hours, topic: optionalText(100) })

/** A class has so many meetings at most. */
const MOST_SESSIONS = 60

const fields = z.object({
  code: text(40),
  name: text(100),
  mode: z.enum(MODES, code('mode')),
  /** Left out: of no occupation. */
  occupationCode: optionalText(20),
  /** Left out: of none in particular. */
  level: z.enum(LEVELS, code('level')).optional(),
  startsOn: day,
  endsOn: day,
  plannedHours: hours,
  plannedPracticalHours: hours.optional(),
  capacity: z.int(code('capacity')).min(1, code('capacity')).max(10_000, code('capacity')).optional(),
  /** A place of the academy, or left out with `siteName` and `siteAddress` for a new one. */
  siteId: optionalText(40),
  siteName: optionalText(60),
  siteAddress: optionalText(200),
  courseSlug: optionalText(80),
  enrolOpensAt: instant.optional(),
  enrolClosesAt: instant.optional(),
  withdrawUntil: instant.optional(),
  sessions: z.array(session).max(MOST_SESSIONS, code('too_many')).default([]),
  feeYuan: z
    .number(code('fee'))
    .min(0, code('fee'))
    .max(100_000, code('fee'))
    .refine((yuan) => Number.isInteger(Math.round(yuan * 10_000) / 100), code('fee'))
    .optional(),
  bring: optionalText(300),
  lunch: optionalText(300),
  documentsNeeded: optionalText(300),
  classHead: optionalText(50),
  classHeadPhone: optionalText(30).refine(
    (phone) => phone === undefined || /^[\d+() -]{5,30}$/.test(phone),
    code('phone'),
  ),
  certificatesExpectedOn: day.optional(),
  ...seatFields,
})

type Fields = z.infer<typeof fields>
type Fault = { path: (string | number)[]; error: OpenClassError }

/** What a mode asks for is missing: said together with the faults of single fields, not only once those are mended. */
const asksOfMode = z.check<Fields>(({ value, issues }) => {
  for (const { path, error } of faultsOfMode(value)) issues.push({ code: 'custom', path, message: error, input: value })
})
asksOfMode._zod.def.when = () => true

const whole = fields.check(asksOfMode).superRefine((typed, issues) => {
  for (const { path, error } of [...faultsOfDates(typed), ...faultsOfSeats(typed), ...faultsOfSessions(typed)])
    issues.addIssue({ code: 'custom', path, message: error })
})

/**
 * The form of a new class, checked as a whole (domain.md, "The words" and "A practical class"). An online class has no
 * meetings: the empty row with which the form opens asks for nothing then.
 */
export const openClassForm = z.preprocess(
  (typed: z.input<typeof fields>) => (typed?.mode === 'online' ? { ...typed, sessions: [] } : typed),
  whole,
)

export type OpenClassInput = Fields

function faultsOfDates(typed: Fields): Fault[] {
  const { startsOn, endsOn, enrolOpensAt, enrolClosesAt, withdrawUntil, certificatesExpectedOn } = typed
  const over = shanghaiInstant(addDays(endsOn, 1))
  const faults: (Fault | false | undefined)[] = [
    endsOn < startsOn && { path: ['endsOn'], error: 'ends_before' },
    enrolOpensAt && enrolClosesAt && enrolClosesAt <= enrolOpensAt && { path: ['enrolClosesAt'], error: 'enrol_order' },
    enrolClosesAt && enrolClosesAt > over && { path: ['enrolClosesAt'], error: 'enrol_late' },
    withdrawUntil && withdrawUntil > over && { path: ['withdrawUntil'], error: 'withdraw_late' },
    certificatesExpectedOn !== undefined &&
      certificatesExpectedOn < endsOn && { path: ['certificatesExpectedOn'], error: 'certificates_early' },
  ]
  return faults.filter((fault): fault is Fault => Boolean(fault))
}

function faultsOfMode(typed: Fields): Fault[] {
  const { mode, plannedHours, plannedPracticalHours, capacity, siteId, siteName, siteAddress, courseSlug } = typed
  const missing = (path: string): Fault => ({ path: [path], error: 'required' })
  if (mode === 'online') return courseSlug === undefined ? [missing('courseSlug')] : []
  const faults: Fault[] = []
  if (capacity === undefined) faults.push(missing('capacity'))
  if (siteId === undefined && siteName === undefined) faults.push(missing('siteName'))
  if (siteId === undefined && siteAddress === undefined) faults.push(missing('siteAddress'))
  if (mode === 'mixed' && (plannedPracticalHours === undefined || plannedPracticalHours > plannedHours))
    faults.push({
      path: ['plannedPracticalHours'],
      error: plannedPracticalHours === undefined ? 'required' : 'practical_hours',
    })
  return faults
}

function faultsOfSessions({ mode, startsOn, endsOn, sessions }: Fields): Fault[] {
  if (mode === 'online') return []
  if (sessions.length === 0) return [{ path: ['sessions'], error: 'session_needed' }]
  return sessions.flatMap(({ date, from, to }, at): Fault[] => {
    if (date < startsOn || date > endsOn) return [{ path: ['sessions', at, 'date'], error: 'session_outside' }]
    if (to <= from) return [{ path: ['sessions', at, 'to'], error: 'session_order' }]
    const overlaps = sessions.slice(0, at).some((other) => other.date === date && other.from < to && from < other.to)
    return overlaps ? [{ path: ['sessions', at, 'from'], error: 'session_overlap' }] : []
  })
}
