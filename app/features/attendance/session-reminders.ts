import { sessionWords } from '#app/features/training/session-words.ts'
import { addDays, shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { sessionReminderWords } from './session-reminder-words.ts'

/** Reminders are written in these hours of Shanghai alone (`until`: exclusive), so that what goes out at once is true when it arrives. */
export const REMIND_HOURS = { from: '08:00', until: '21:00' }

/** Whether it is the time of day for reminders. */
export function isTimeToRemind(now: Date): boolean {
  const time = shanghaiTime(now)
  return time >= REMIND_HOURS.from && time < REMIND_HOURS.until
}

/**
 * From when on those with a seat are reminded of the sessions of a day: from the policy's hour of the evening before. Who took
 * the seat later, or heard later that the session is on that day, knows.
 */
export const remindedFrom = (date: string, remindHour: number): Date =>
  shanghaiInstant(addDays(date, -1), `${String(remindHour).padStart(2, '0')}:00`)

/** The days of whose sessions a reminder is due now; on the day itself for those whom the evening before did not reach. */
export function daysToRemind(now: Date, remindHour: number): string[] {
  if (!isTimeToRemind(now)) return []
  const today = shanghaiDate(now)
  return [today, addDays(today, 1)].filter((date) => now >= remindedFrom(date, remindHour))
}

/** A session of the day, where it is held. */
export type SessionAhead = { id: string; startsAt: Date; endsAt: Date; site: string | null; address: string | null }

/** Longer names of places are cut in a message. */
const LONGEST_SITE = 12

/**
 * What a worker is reminded of: the day's sessions, where; of the class's first day also the address and what to bring.
 * `bring` null: nothing, or not the first.
 */
export function saidAhead(of: {
  className: string
  sessions: readonly SessionAhead[]
  isFirst: boolean
  bring: string | null
}) {
  const said = (locale: Locale) => {
    const w = sessionReminderWords[locale]
    const places = [...new Set(of.sessions.map(({ site }) => site))]
    const address = of.isFirst && places.length === 1 && of.sessions[0]?.address
    const where = address ? w.address(address) : ''
    const bring = of.bring ? w.bring(of.bring) : ''
    return {
      title: `${of.className} · ${whenAndWhere(locale, of.sessions)}${where}${bring}`,
      what: whenAndWhere(locale, of.sessions, LONGEST_SITE),
    }
  }
  const [zh, en] = [said('zh-CN'), said('en')]
  const bring = of.bring ? { bring: of.bring } : {}
  return { title: zh.title, titleEn: en.title, className: of.className, what: zh.what, whatEn: en.what, ...bring }
}

/** `12月5日周六9:00—12:00、14:00—17:00，实训楼`; each with its own place where they differ. */
function whenAndWhere(locale: Locale, sessions: readonly SessionAhead[], longest = Number.POSITIVE_INFINITY): string {
  const [d, w] = [dateWords[locale], sessionReminderWords[locale]]
  const [first] = sessions
  if (!first) return ''
  const short = (site: string) => ([...site].length > longest ? `${[...site].slice(0, longest).join('')}…` : site)
  const times = ({ startsAt, endsAt }: SessionAhead) =>
    `${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
  const isOnePlace = sessions.every(({ site }) => site === first.site)
  const parts = sessions.map((one) => (isOnePlace || !one.site ? times(one) : w.at(times(one), short(one.site))))
  const date = shanghaiDate(first.startsAt)
  const site = isOnePlace && first.site ? short(first.site) : null
  return sessionWords[locale].say.session(d.day(date), d.weekday(date), d.list(parts), site)
}
