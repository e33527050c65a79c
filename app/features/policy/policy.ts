import { z } from 'zod'
import {
  CATEGORIES,
  type Category,
  CERTIFICATE_TYPES,
  type CertificateType,
  OPENING_APPROVALS,
  type PolicySubject,
  RATE_BASES,
} from '#db/values.ts'

/**
 * One row of the plan as data: what an indicator demands in a year, or (`counting`) who and what counts. Rows are never
 * edited: a change is a new row, and the latest one of a (year, subject) is in force.
 */
export type PolicyRow = PolicyChange & { id: string }

const origin = {
  year: z.int().min(1900).max(2999),
  /** Document and clause; left out until one is entered. */
  source: z.string().min(1).nullable().default(null),
  setAt: z.iso.datetime({ offset: true }).transform((written) => new Date(written)),
}
const count = z.int().min(0)
const hours = z.number().min(0).multipleOf(0.5)

/** A new row, as the reference file and later the settings page write it. */
export const policyChange = z.discriminatedUnion('subject', [
  z.strictObject({
    ...origin,
    subject: z.literal('counting'),
    /** Percentage of the planned hours that credits a classroom, practical or mixed class. */
    attendancePercent: z.int().min(0).max(100),
    excludedCategories: z.array(z.enum(CATEGORIES)),
    certificateTypes: z.array(z.enum(CERTIFICATE_TYPES)),
  }),
  z.strictObject({ ...origin, subject: z.literal('brands'), threshold: count }),
  /** Thresholds in persons; `leastHours`: credited hours that a person needs in the year, 0 for none. */
  z.strictObject({ ...origin, subject: z.literal('trained'), threshold: count, leastHours: hours }),
  z.strictObject({ ...origin, subject: z.literal('practical'), threshold: count, leastHours: hours }),
  /** Threshold in percent of the basis. */
  z.strictObject({ ...origin, subject: z.literal('rate'), threshold: count.max(100), basis: z.enum(RATE_BASES) }),
  /** Both in tenths of a percentage point: 50 and 5 are "about 5 %", met from 4.5 %. */
  z.strictObject({ ...origin, subject: z.literal('growth'), threshold: count, toleranceTenths: count }),
  /** How online hours are earned; each field is explained at its column (db/schema/policy.ts). */
  z.strictObject({
    ...origin,
    subject: z.literal('learning'),
    activePercent: count.max(100),
    playedPercent: count.max(100),
    fullSpeedTenths: z.int().min(10).max(40),
    idleSeconds: z.int().min(10).max(3600),
    lateMinutes: z.int().min(1).max(240),
  }),
  /** How seats are given in classes; each field is explained at its column (db/schema/policy.ts). */
  z.strictObject({
    ...origin,
    subject: z.literal('seats'),
    mostSeats: count,
    requestDays: z.int().min(1).max(90),
    holdHours: z.int().min(1).max(168),
    holdFrom: z.int().min(0).max(23),
    holdUntil: z.int().min(1).max(24),
    cutOffHours: z.int().min(0).max(720),
  }),
  /** How attendance is taken; each field is explained at its column (db/schema/policy.ts). */
  z.strictObject({
    ...origin,
    subject: z.literal('attendance'),
    graceMinutes: z.int().min(0).max(120),
    closeHours: z.int().min(1).max(240),
    sendHours: z.int().min(0).max(240),
    objectDays: z.int().min(1).max(90),
    lockDays: z.int().min(0).max(365),
    deliveredPercent: count.max(100),
    // Rows from before anybody was reminded say neither.
    remindHour: z.int().min(8).max(20).default(18),
    sheetHours: count.max(240).default(2),
  }),
  /** Who approves a class before it is published. */
  z.strictObject({ ...origin, subject: z.literal('opening'), openingApproval: z.enum(OPENING_APPROVALS) }),
])
export type PolicyChange = z.infer<typeof policyChange>

type InForce<S extends PolicySubject> = Extract<PolicyRow, { subject: S }>

/** What a year is counted and judged by: one row a subject, each saying its own year and source. */
export type YearPolicy = { [S in PolicySubject]: InForce<S> }

/** Who and what counts in a year: what training and figures count by. */
export type CountingPolicy = {
  attendancePercent: number
  excludedCategories: readonly Category[]
  certificateTypes: readonly CertificateType[]
}

/** How online hours are earned: a share of a lesson's minutes, a share of its recordings, and what of it counts. */
export type LearningPolicy = Omit<InForce<'learning'>, 'id' | 'subject' | 'year' | 'setAt'>

/** How seats are given: limits, how long requests and offers stand, until when freed seats are offered. */
export type SeatPolicy = Omit<InForce<'seats'>, 'id' | 'subject' | 'year' | 'setAt' | 'source'>

/** How attendance is taken: who is late, when sheets close and lock, over which hours it counts, and when who is reminded. */
export type AttendancePolicy = Omit<InForce<'attendance'>, 'id' | 'subject' | 'year' | 'setAt' | 'source'>

/** Who approves a class before it is published, and where that stands. */
export type OpeningPolicy = Omit<InForce<'opening'>, 'id' | 'subject' | 'setAt'>

/**
 * The rows in force for a year. A subject without a row of that year takes the nearest year before it, else the first
 * (domain.md, "The ledger", last paragraph); of several rows of one year, the latest set.
 * @throws an Error where a subject has no row at all: the reference data were never loaded.
 */
export function policyInForce(rows: readonly PolicyRow[], year: number): YearPolicy {
  const of = <S extends PolicySubject>(subject: S) => latest(rows, subject, year)
  return {
    counting: of('counting'),
    brands: of('brands'),
    trained: of('trained'),
    practical: of('practical'),
    rate: of('rate'),
    growth: of('growth'),
    learning: of('learning'),
    seats: of('seats'),
    attendance: of('attendance'),
    opening: of('opening'),
  }
}

function latest<S extends PolicySubject>(rows: readonly PolicyRow[], subject: S, year: number): InForce<S> {
  const own = rows.filter((row): row is InForce<S> => row.subject === subject)
  const before = own.filter((row) => row.year <= year).map((row) => row.year)
  const chosen = before.length > 0 ? Math.max(...before) : Math.min(...own.map((row) => row.year))
  const [found] = own.filter((row) => row.year === chosen).sort((a, b) => bySetting(b, a))
  if (!found) throw new Error(`no policy row for ${subject}: the reference data are not loaded`)
  return found
}

const bySetting = (a: PolicyRow, b: PolicyRow) => a.setAt.getTime() - b.setAt.getTime() || (a.id < b.id ? -1 : 1)

/** The years that have rows of their own, in order: what a year switch offers. */
export const policyYears = (rows: readonly PolicyRow[]): number[] =>
  [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b)
