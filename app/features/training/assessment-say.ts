import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { SittingFacts } from '#db/values.ts'
import type { FaultOfPlan } from './assessment-plan.ts'
import { assessmentWords } from './assessment-words.ts'

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

/** What and when it begins, for a message. */
export function briefSitting(locale: Locale, of: SittingFacts): string {
  const d = dateWords[locale]
  return assessmentWords[locale].brief(namedSitting(locale, of), d.day(of.date), d.time(of.from))
}

/** Why a sitting does not fit its class, in a sentence. */
export function saidPlanFault(locale: Locale, { fault, limit }: FaultOfPlan): string {
  const d = dateWords[locale]
  const [date = '', time] = limit.split(' ')
  const said = /^\d{4}-/.test(date) ? [d.day(date), time && d.time(time)].filter(Boolean).join(' ') : limit
  return assessmentWords[locale].faults[fault](said)
}
