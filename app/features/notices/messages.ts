import { words as dates } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { messageWords, type Said, type Texts } from './message-words.ts'
import { noticePath, type Told } from './notices.ts'
import { words } from './words.ts'

/** One message to the provider, of an English one two: longer ones are split and charged by the part. */
export const SMS_LENGTH: Record<Locale, number> = { 'zh-CN': 70, en: 140 }

/** The text of an SMS, its signature before it, as long as {@link SMS_LENGTH} where the words allow: the title is cut for it. `hasAccount`
 * false: to a number that was entered for a place, whose worker cannot sign in. */
export function smsText(
  facts: Told,
  { locale, signature, hasAccount = true }: { locale: Locale; signature: string | null; hasAccount?: boolean },
): string {
  const { texts, withoutAccount } = messageWords[locale]
  const textsFor: Texts = hasAccount ? texts : { ...texts, ...withoutAccount }
  const explained = saidOf(facts, locale)
  const said = { ...explained, reason: null, bring: null }
  const textOf = (of: Said) => `${signature ? `【${signature}】` : ''}${textsFor[facts.kind](of)}`
  const whole = (title: string) => textOf({ ...said, title })
  const overBy = (text: string) => [...text].length - SMS_LENGTH[locale]
  // Why, and what to bring, where it costs nothing of what and where.
  if (overBy(textOf(explained)) <= 0) return textOf(explained)
  const over = overBy(whole(said.title))
  if (over <= 0) return whole(said.title)
  const title = [...said.title]
  return whole(`${title.slice(0, Math.max(4, title.length - over - 1)).join('')}…`)
}

export type MailText = { subject: string; text: string }

/** A mail in plain text. The link leads to the page, where one signs in: it holds no secret. `siteUrl` null: no link. */
export function mailText(facts: Told, { locale, siteUrl }: { locale: Locale; siteUrl: string | null }): MailText {
  const { texts, mail } = messageWords[locale]
  const lines = [texts[facts.kind](saidOf(facts, locale))]
  if (siteUrl) lines.push(mail.open(siteUrl + noticePath(facts)))
  return { subject: words[locale].kinds[facts.kind], text: `${[...lines, mail.foot].join('\n\n')}\n` }
}

function saidOf({ detail }: Told, locale: Locale): Said {
  const until = 'until' in detail && typeof detail.until === 'string' ? new Date(detail.until) : null
  const title = (locale === 'en' && detail.titleEn) || detail.title
  const reason = 'reason' in detail && detail.reason ? withinSentence(detail.reason) : null
  const bring = 'bring' in detail && detail.bring ? withinSentence(detail.bring) : null
  const said = { title, until: until && dates[locale].instant(until), what: null, reason, bring }
  if (!('what' in detail) || !detail.what || !detail.className) return said
  return { ...said, title: detail.className, what: (locale === 'en' && detail.whatEn) || detail.what }
}

/** What somebody wrote as part of a sentence: on one line, without its own full stop. */
const withinSentence = (written: string): string => written.replace(/\s+/g, ' ').replace(/[。.！!]+$/, '')
