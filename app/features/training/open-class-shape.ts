import { z } from 'zod'
import { isDateString, shanghaiInstant } from '#app/lib/calendar.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import { LEVELS, MODES, type Mode, type SessionKind } from '#db/values.ts'
import { PHONE } from './class-head.ts'
import { type RequirementFault, requirementFields } from './requirements.ts'
import { type SeatFormError, seatFields } from './seat-form.ts'
import { expandSeries, inOrder, MOST_SESSIONS } from './series.ts'
import {
  day,
  hours,
  optionalLines,
  optionalText,
  type SessionFault,
  seriesShape,
  sessionShape,
  text,
} from './session-shape.ts'
import { MOST_STATIONS, type Stations } from './stations.ts'

/**
 * What the form of a new class says can be wrong; the sentences are `openClass.errors` of desk-words.ts. Zod's messages are
 * these codes, on both sides of the wire.
 */
export type OpenClassError =
  | SessionFault
  | 'mode'
  | 'level'
  | 'instant'
  | 'ends_before'
  | 'practical_hours'
  | 'capacity'
  | 'fee'
  | 'phone'
  | 'enrol_order'
  | 'enrol_late'
  | 'withdraw_late'
  | 'session_needed'
  | 'certificates_early'
  | SeatFormError
  | RequirementFault

const code = (error: OpenClassError) => error
/** `datetime-local`: a wall clock of Shanghai. */
const instant = z
  .string(code('required'))
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(value) && isDateString(value.slice(0, 10)),
    code('instant'),
  )
  .transform((value) => shanghaiInstant(value.slice(0, 10), value.slice(11)))

const station = z.int(code('stations')).min(1, code('stations')).max(MOST_STATIONS, code('stations'))

/** The fields of a new class, each checked by itself. */
export const openClassFields = z.object({
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
  /** 工位 of the place that its sessions hold, both or neither; neither: the whole place. */
  firstStation: station.optional(),
  lastStation: station.optional(),
  courseSlug: optionalText(80),
  /** Who teaches its sessions. */
  instructorIds: z.array(z.string().max(40)).max(20).optional(),
  enrolOpensAt: instant.optional(),
  enrolClosesAt: instant.optional(),
  withdrawUntil: instant.optional(),
  sessions: z.array(sessionShape).max(MOST_SESSIONS, code('too_many')).default([]),
  /** Weekly meetings; expanded by {@link plannedSessions}. */
  series: z.array(seriesShape).max(10, code('too_many')).optional(),
  feeYuan: z
    .number(code('fee'))
    .min(0, code('fee'))
    .max(100_000, code('fee'))
    .refine((yuan) => Number.isInteger(Math.round(yuan * 10_000) / 100), code('fee'))
    .optional(),
  bring: optionalLines(300),
  lunch: optionalText(300),
  documentsNeeded: optionalText(300),
  /** The account of who heads it. */
  headId: optionalText(40),
  classHead: optionalText(50),
  classHeadPhone: optionalText(30).refine((phone) => phone === undefined || PHONE.test(phone), code('phone')),
  certificatesExpectedOn: day.optional(),
  ...seatFields,
  ...requirementFields,
})

export type OpenClassInput = z.infer<typeof openClassFields>

/** The workstations of the form, once it is checked. Null: the whole place. */
export const stationsTyped = ({ firstStation, lastStation }: OpenClassInput): Stations | null =>
  firstStation === undefined || lastStation === undefined ? null : { first: firstStation, last: lastStation }

/** All meetings of the form in order, series expanded, each with what its hours are for. */
export function plannedSessions(
  form: Pick<OpenClassInput, 'mode' | 'startsOn' | 'endsOn' | 'sessions' | 'series'>,
  calendar: WorkCalendar,
) {
  const series = (form.series ?? []).flatMap((one) => expandSeries(seriesOf(one), form, calendar).sessions)
  return inOrder([...form.sessions, ...series]).map((session) => ({
    ...session,
    kind: session.kind ?? kindFor(form.mode),
  }))
}

export const seriesOf = ({ weekdays, ...rest }: z.infer<typeof seriesShape>) => ({
  ...rest,
  weekdays: weekdays.map(Number),
})

/** What the hours of a class are for where nothing else is said; of a mixed class it has to be. */
export const kindFor = (mode: Mode): SessionKind | null =>
  mode === 'practical' ? 'practical' : mode === 'classroom' ? 'theory' : null
