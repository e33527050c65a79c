import { shanghaiInstant } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { SittingFacts } from '#db/values.ts'
import type { MisfitOfSitting } from './assessment-plan.ts'
import { assessmentWords } from './assessment-words.ts'
import { changeWords } from './class-change-words.ts'

/** What a sitting is: `理论考核`, `实操第1次补考`. */
export const namedSitting = (locale: Locale, { part, attempt }: Pick<SittingFacts, 'part' | 'attempt'>): string =>
  assessmentWords[locale].named(assessmentWords[locale].parts[part], attempt - 1)

/** What, when and where: `理论考核：12月20日周日9:00—11:00，实训楼`. */
export function saidSitting(locale: Locale, of: SittingFacts): string {
  const d = dateWords[locale]
  const when = assessmentWords[locale].when(d.day(of.date), d.weekday(of.date), `${d.time(of.from)}—${d.time(of.to)}`)
  const who = of.assessors.length > 0 ? assessmentWords[locale].by(d.list(of.assessors)) : ''
  return assessmentWords[locale].said(namedSitting(locale, of), when, of.place, who)
}

/** What of a sitting is another now, old → new: `理论考核：12月20日周日9:00 → 12月27日周日9:00；地点：实训楼 → 教学楼`. */
export function movedSitting(locale: Locale, before: SittingFacts, after: SittingFacts): string {
  const w = assessmentWords[locale]
  const { change } = changeWords[locale]
  const names = ({ assessors }: SittingFacts) => dateWords[locale].list(assessors) || w.nobody
  const what = [...new Set([namedSitting(locale, before), namedSitting(locale, after)])].join(' → ')
  const parts = [
    timesOf(before) !== timesOf(after) && movedTimes(locale, before, after),
    before.place !== after.place && change(w.columns.place, before.place, after.place),
    names(before) !== names(after) && change(w.columns.assessors, names(before), names(after)),
  ]
  const said = parts.filter((part) => part !== false)
  return said.length === 0 ? what : w.moved(what, said)
}

const timesOf = ({ date, from, to }: SittingFacts): string => `${date} ${from} ${to}`

/** When it was and when it is: the day once where it is the same, and when it ends where it takes longer or shorter than before. */
function movedTimes(locale: Locale, before: SittingFacts, after: SittingFacts): string {
  const d = dateWords[locale]
  const isAsLong = minutesOf(before) === minutesOf(after)
  const times = ({ from, to }: SittingFacts) => (isAsLong ? d.time(from) : `${d.time(from)}—${d.time(to)}`)
  const whole = (of: SittingFacts) => assessmentWords[locale].when(d.day(of.date), d.weekday(of.date), times(of))
  return `${whole(before)} → ${before.date === after.date ? times(after) : whole(after)}`
}

const minutesOf = ({ date, from, to }: SittingFacts): number =>
  (shanghaiInstant(date, to).getTime() - shanghaiInstant(date, from).getTime()) / 60_000

/** What and when it begins, for a message. */
export function briefSitting(locale: Locale, of: SittingFacts): string {
  const d = dateWords[locale]
  return assessmentWords[locale].brief(namedSitting(locale, of), d.day(of.date), d.time(of.from))
}

/** Why a sitting does not fit its class, in a sentence. */
export function saidMisfit(locale: Locale, { fault, limit }: MisfitOfSitting): string {
  const d = dateWords[locale]
  const [date = '', time] = limit.split(' ')
  const said = /^\d{4}-/.test(date) ? [d.day(date), time && d.time(time)].filter(Boolean).join(' ') : limit
  return assessmentWords[locale].faults[fault](said)
}
