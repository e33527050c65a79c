import { addDays, daysBetween, isDateString, shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import type { classSession, trainingClass } from '#db/schema/index.ts'
import type { CarriedPlan } from './assessment-carry.ts'
import { type Requirement, typedRequirements } from './requirements.ts'
import { type Stations, stationsOf } from './stations.ts'

/** A class to open one more like, with its planned sessions in order and who teaches them. */
export type CopiedClass = {
  class: typeof trainingClass.$inferSelect
  sessions: readonly Pick<
    typeof classSession.$inferSelect,
    'startsAt' | 'endsAt' | 'hours' | 'kind' | 'topic' | 'siteId' | 'firstStation' | 'lastStation'
  >[]
  instructorIds: readonly string[]
  requirements: readonly Requirement[]
  headId: string | null
  plan: CarriedPlan
}

/** A form as it is filled in, by the names of its fields. */
export type Filled = Record<string, string | string[] | Record<string, string>[] | undefined>

/**
 * The first day that suits a copy: the weekday on which the class began, by whole weeks after it, from tomorrow on.
 * @param today,startsOn ISO days.
 */
export function copyStartsOn({ startsOn, today }: { startsOn: string; today: string }): string {
  const weeks = Math.ceil((daysBetween(startsOn, today) + 1) / 7)
  return addDays(startsOn, 7 * Math.max(weeks, 1))
}

/**
 * The form of a new class, filled in like another: everything but its number, with every day moved by as many days as the
 * first one. Sessions that were cancelled are left out by whoever reads them; holidays that a day now falls on are said by
 * the form's own preview.
 * @param startsOn the first day of the new one, ISO.
 */
export function copiedFields(
  { class: of, sessions, instructorIds, requirements, headId }: CopiedClass,
  startsOn: string,
): Filled {
  const days = daysBetween(of.startsOn, startsOn)
  const moved = (day: string) => addDays(day, days)
  const movedAt = (instant: Date | null) =>
    instant === null ? undefined : `${moved(shanghaiDate(instant))}T${shanghaiTime(instant)}`
  const on = (isSo: boolean) => (isSo ? 'on' : undefined)
  return {
    name: of.name,
    mode: of.mode,
    occupationCode: of.occupationCode ?? '',
    level: of.level ?? '',
    courseSlug: of.courseSlug ?? '',
    startsOn,
    endsOn: moved(of.endsOn),
    plannedHours: String(of.plannedHours),
    plannedPracticalHours: numberText(of.plannedPracticalHours),
    capacity: numberText(of.capacity),
    siteId: of.siteId ?? undefined,
    ...copiedStations(of, sessions),
    enrolOpensAt: movedAt(of.enrolOpensAt),
    enrolClosesAt: movedAt(of.enrolClosesAt),
    withdrawUntil: movedAt(of.withdrawUntil),
    feeYuan: of.feeFen === null ? undefined : String(of.feeFen / 100),
    bring: of.bring ?? undefined,
    lunch: of.lunch ?? undefined,
    documentsNeeded: of.documentsNeeded ?? undefined,
    headId: headId ?? '',
    classHead: of.classHead ?? undefined,
    classHeadPhone: of.classHeadPhone ?? undefined,
    certificatesExpectedOn: of.certificatesExpectedOn === null ? undefined : moved(of.certificatesExpectedOn),
    needsApproval: on(of.needsApproval),
    hasWaitlist: on(of.hasWaitlist),
    isForMembers: on(of.isForMembers),
    eligibleCategories: of.eligibleCategories ?? [],
    eligibleLevel: of.eligibleLevel ?? '',
    eligibleYears: numberText(of.eligibleYears),
    eligibleEmployers: of.eligibleEmployers?.join('\n'),
    instructorIds: [...instructorIds],
    ...typedRequirements(requirements),
    series: [],
    sessions: sessions.map(({ startsAt, endsAt, hours, kind, topic }) => ({
      date: moved(shanghaiDate(startsAt)),
      from: shanghaiTime(startsAt),
      to: shanghaiTime(endsAt),
      hours: String(hours),
      ...(kind && { kind }),
      ...(topic && { topic }),
    })),
  }
}

/** Days of a copy that hang on its first one; `T` and a time may follow them. */
const DEADLINES = ['enrolOpensAt', 'enrolClosesAt', 'withdrawUntil', 'certificatesExpectedOn'] as const

/**
 * What deadlines of a copy are where its first day is typed by hand: moved by as many days as that, like `copiedFields` does.
 * None where that is no day, or one whose year is half typed; what is not filled in stays so.
 */
export function followingDeadlines(fields: Filled, startsOn: string): Record<string, string> {
  const from = fields.startsOn
  if (typeof from !== 'string' || !isDateString(startsOn) || startsOn < '2000') return {}
  const days = daysBetween(from, startsOn)
  return Object.fromEntries(
    DEADLINES.flatMap((name) => {
      const filled = fields[name]
      return typeof filled === 'string' ? [[name, addDays(filled.slice(0, 10), days) + filled.slice(10)]] : []
    }),
  )
}

/** The workstations that all sessions hold at the class's own place; null: none, or where they differ it is for whoever fills in to say. */
export function commonStations(
  siteId: string | null,
  sessions: readonly { siteId: string | null; stations: Stations | null }[],
): Stations | null {
  const [first, ...others] = sessions.map((one) => one.siteId === siteId && one.stations)
  if (!first || others.some((one) => !one || one.first !== first.first || one.last !== first.last)) return null
  return first
}

function copiedStations({ siteId }: CopiedClass['class'], sessions: CopiedClass['sessions']): Filled {
  const held = sessions.map((one) => ({ siteId: one.siteId, stations: stationsOf(one) }))
  const common = commonStations(siteId, held)
  return common ? { firstStation: String(common.first), lastStation: String(common.last) } : {}
}

/** The form of a class, filled in as the class is. */
export const filledFields = (of: CopiedClass): Filled => ({
  code: of.class.code,
  ...copiedFields(of, of.class.startsOn),
})

const numberText = (value: number | null) => (value === null ? undefined : String(value))
