import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { SessionFacts } from '#db/schema/training.ts'
import type { SessionKind } from '#db/values.ts'
import { sessionWords } from './session-words.ts'
import type { SiteClash } from './site-clash.server.ts'

/** When a session is, and where: `12月5日周六9:00—12:00，实训楼`. */
export function saidSession(
  locale: Locale,
  { date, from, to, site }: Pick<SessionFacts, 'date' | 'from' | 'to' | 'site'>,
) {
  const d = dateWords[locale]
  return sessionWords[locale].say.session(d.day(date), d.weekday(date), `${d.time(from)}—${d.time(to)}`, site)
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
    ...(before.topic === after.topic ? [] : [w.say.topic(before.topic ?? '—', after.topic ?? '—')]),
    ...(before.hours === after.hours ? [] : [w.say.hours(before.hours, after.hours)]),
    ...(before.kind === after.kind ? [] : [`${kind(before.kind)} → ${kind(after.kind)}`]),
  ]
  return dateWords[locale].list(parts)
}

/** Who has the site already, in the words of the refusal. */
export function saidClash(locale: Locale, { site, className, ...when }: SiteClash): string {
  return sessionWords[locale].clash(site, saidSession(locale, { ...when, site: null }), className)
}
