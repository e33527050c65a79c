import { saidSession } from '#app/features/training/session-say.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import type { Locale } from '#app/lib/i18n.ts'

export type SaidOf = { className: string; startsAt: Date; endsAt: Date }

/** `12月5日周六9:00—12:00`: a session in a message. */
export function sessionSaid(locale: Locale, { startsAt, endsAt }: Omit<SaidOf, 'className'>): string {
  const when = { date: shanghaiDate(startsAt), from: shanghaiTime(startsAt), to: shanghaiTime(endsAt), site: null }
  return saidSession(locale, when)
}

/** The same with its class before it. */
export const sessionTitle = (locale: Locale, of: SaidOf): string => `${of.className} · ${sessionSaid(locale, of)}`
