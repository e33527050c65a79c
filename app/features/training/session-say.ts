import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { SessionFacts } from '#db/schema/training-changes.ts'
import type { SessionChange, SessionKind, SessionStatus } from '#db/values.ts'
import type { AssessmentMisfit } from './assessment-misfit.server.ts'
import { saidMisfit, saidSitting } from './assessment-say.ts'
import { assessmentWords } from './assessment-words.ts'
import { levelWords } from './level-words.ts'
import type { RoomRefusal, StationsRefusal } from './room.ts'
import { type ClockFault, mostOfFault } from './session-hours.ts'
import type { InstructorRefusal } from './session-instructors.server.ts'
import type { SessionFault } from './session-shape.ts'
import { sessionWords } from './session-words.ts'
import { saidPlace } from './stations.ts'
import type { Taken } from './unless-taken.server.ts'

/** When a session is, and where: `12月5日周六9:00—12:00，实训楼`. */
export function saidSession(
  locale: Locale,
  { date, from, to, ...place }: Pick<SessionFacts, 'date' | 'from' | 'to' | 'site' | 'stations'>,
) {
  const d = dateWords[locale]
  return sessionWords[locale].say.session(
    d.day(date),
    d.weekday(date),
    `${d.time(from)}—${d.time(to)}`,
    saidPlace(locale, place),
  )
}

/** What a change changed, old → new: time and place first, else what of its content. */
export function saidChange(
  locale: Locale,
  { before, after }: { before: SessionFacts | null; after: SessionFacts | null },
): string {
  const w = sessionWords[locale]
  if (!before || !after) return [before, after].map((one) => one && saidSession(locale, one)).join('')
  const [old, now] = [saidSession(locale, before), saidSession(locale, after)]
  const kind = (one: SessionKind | null) => (one ? w.kinds[one] : '—')
  const parts = [
    old === now ? old : `${old} → ${now}`,
    ...(before.address === after.address ? [] : [w.say.address(before.address ?? '—', after.address ?? '—')]),
    ...(before.topic === after.topic ? [] : [w.say.topic(before.topic ?? '—', after.topic ?? '—')]),
    ...(before.hours === after.hours ? [] : [w.say.hours(before.hours, after.hours)]),
    ...(before.kind === after.kind ? [] : [`${kind(before.kind)} → ${kind(after.kind)}`]),
  ]
  return dateWords[locale].list(parts)
}

/** Longer names of places are cut in a message: when, and which of them, is more than the whole name. */
const LONGEST_SITE = 12

/** What becomes of a session, as a message says it: in plain words, without a sign, short. What was is named by its day and hour alone. */
export function saidForMessage(
  locale: Locale,
  { change, before, after }: { change: SessionChange; before: SessionFacts | null; after: SessionFacts | null },
): string {
  const w = sessionWords[locale].say
  const d = dateWords[locale]
  const whole = (one: SessionFacts) => {
    const site =
      one.site && [...one.site].length > LONGEST_SITE ? `${[...one.site].slice(0, LONGEST_SITE).join('')}…` : one.site
    return saidSession(locale, { ...one, site })
  }
  const brief = ({ date, from }: SessionFacts) => `${d.day(date)}${locale === 'en' ? ', ' : ''}${d.time(from)}`
  if (change === 'changed' && after?.address && after.address !== before?.address)
    return w.atAddress(after.site ?? '', after.address)
  if (change === 'changed' && before && after)
    return saidSession(locale, before) === saidSession(locale, after)
      ? w.otherwise(brief(after))
      : w.moved(brief(before), whole(after))
  if (change === 'substituted' && after) return brief(after)
  const of = after ?? before
  return of ? whole(change === 'cancelled' ? { ...of, site: null } : of) : ''
}

/** Whom a make-up of a session that was held is for, behind what a message says of it. */
export const saidLacking = (locale: Locale, { date }: Pick<SessionFacts, 'date'>, reader: 'worker' | 'staff'): string =>
  sessionWords[locale].say[reader === 'worker' ? 'lacking' : 'lackingOthers'](dateWords[locale].day(date))

/** Why a class ends later, as it is kept with its changes: in the language of the office. */
export function saidReason(original: (Pick<SessionFacts, 'date'> & { status: SessionStatus }) | null): string {
  const reasons = reasonsOf('zh-CN')
  if (!original) return reasons.add()
  // Everyone reads it, and most need not come to a make-up of what was held.
  return reasons[original.status === 'planned' ? 'makesUpMissed' : 'makesUp'](dateWords['zh-CN'].day(original.date))
}

const reasonsOf = (locale: Locale) => {
  const { add, makesUp, makesUpMissed } = sessionWords[locale].list
  return { add: () => add, makesUp, makesUpMissed } satisfies Record<string, (day: string) => string>
}

/** Why a class changed, as a reader of either language has it: the system's own reasons ({@link saidReason}) are said anew, a person's stay as written. */
export function saidReasonIn(locale: Locale, reason: string): string {
  const [kept, said] = [reasonsOf('zh-CN'), reasonsOf(locale)]
  const [, day = '', month = '', ofMonth = ''] = /((\d{1,2})月(\d{1,2})日)/.exec(reason) ?? []
  const which = (['makesUpMissed', 'makesUp', 'add'] as const).find((one) => kept[one](day) === reason)
  if (!which) return reason
  // Any leap year: its day and month alone are said.
  return said[which](day && dateWords[locale].day(`2000-${month.padStart(2, '0')}-${ofMonth.padStart(2, '0')}`))
}

/** Another instructor teaches: old → new; nothing where it stayed so, or was not kept yet. By name: never part of a message. */
export function saidSubstitution(
  locale: Locale,
  { before, after }: { before: SessionFacts | null; after: SessionFacts | null },
): string | null {
  const d = dateWords[locale]
  const names = (one: SessionFacts | null) => d.list(one?.instructors ?? []) || '—'
  if (!before?.instructors || !after?.instructors || names(before) === names(after)) return null
  return `${sessionWords[locale].list.instructors} ${names(before)} → ${names(after)}`
}

/** What is wrong with a field of a session, in a sentence. */
export function saidFault(locale: Locale, fault: SessionFault): string {
  const w = sessionWords[locale]
  const most = mostOfFault(fault)
  return most === null ? w.errors[fault as Exclude<SessionFault, ClockFault>] : w.hoursClock(most)
}

/** What stands in the way of a session: its site, whoever is to teach it, or how many it takes. */
export type Obstacle =
  | Taken
  | Extract<InstructorRefusal, { reason: 'instructor_unfit' }>
  | RoomRefusal
  | StationsRefusal
  | AssessmentMisfit

const OF_PLANS = ['not_apart', 'plan_unfit', 'plan_missing', 'assessor_left']

export function isObstacle<R extends { reason: string }>(refusal: R): refusal is Extract<R, Obstacle> {
  return ['site_taken', 'instructor_taken', 'instructor_unfit', 'no_room', 'no_stations', ...OF_PLANS].includes(
    refusal.reason,
  )
}

/** Why something was refused, in a sentence: who or what, when, and what to do; what did not happen by it is said before. Of another academy's class no more than that it is one. */
export function saidObstacle(locale: Locale, obstacle: Obstacle): string {
  const w = sessionWords[locale]
  const d = dateWords[locale]
  const a = assessmentWords[locale]
  if (obstacle.reason === 'not_apart') return a.apart[obstacle.to](obstacle.name)
  if (obstacle.reason === 'plan_missing') return a.missing
  if (obstacle.reason === 'plan_unfit')
    return a.unfit(saidSitting(locale, obstacle.sitting), saidMisfit(locale, obstacle.of))
  if (obstacle.reason === 'assessor_left') return a.left(obstacle.name, d.day(obstacle.date))
  if (obstacle.reason === 'no_room') return w.noRoom[obstacle.limit.is](obstacle.limit.most)
  if (obstacle.reason === 'no_stations') return w.noStations(obstacle.most)
  if (obstacle.reason === 'site_taken') {
    const { site, stations, className, ...when } = obstacle.clash
    const said = obstacle.clash.isSitting ? a.clash : w.clash
    return said(saidPlace(locale, { site, stations }) ?? '', saidSession(locale, { ...when, site: null }), className)
  }
  if (obstacle.reason === 'instructor_taken') {
    const { name, className, ...when } = obstacle.clash
    return (obstacle.clash.isSitting ? a.assessorClash : w.instructorClash)(
      name,
      saidSession(locale, { ...when, site: null }),
      className,
    )
  }
  const { name, date, lack, endedOn, occupation, level } = obstacle.unfit
  const asked = [occupation, level && levelWords[locale][level]].filter(Boolean).join(' ')
  return w.unfit[lack](name, d.day(date), lack === 'ended' ? d.day(endedOn ?? date) : asked)
}
