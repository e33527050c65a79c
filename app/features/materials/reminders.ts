import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import type { Requirement } from '#app/features/training/requirements.ts'
import { addDays, daysBetween, shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { reminderWords } from './reminder-words.ts'

/**
 * How many days before a class's first day those who still lack something of what it needs are reminded: early enough to have a
 * photograph taken and a proof stamped at work, and a last time. Once each, whatever becomes of the class's dates.
 */
export const REMIND_DAYS = [7, 2] as const

/** Reminders are written in these hours of Shanghai alone (`until`: exclusive), so that what goes out is true when it arrives. */
export const REMIND_HOURS = { from: '09:00', until: '20:00' }

/** Who got the seat, or something back, in the last day knows what is lacking. */
export const KNOWN_FOR_MS = 24 * 60 * 60 * 1000

/** The reminder that is due now of a class that starts on that day, by its days; null: it is too early, not the hour, or the class has begun. */
export function reminderDue(startsOn: string, now: Date): (typeof REMIND_DAYS)[number] | null {
  const time = shanghaiTime(now)
  if (time < REMIND_HOURS.from || time >= REMIND_HOURS.until) return null
  const left = daysBetween(shanghaiDate(now), startsOn)
  return left > 0 ? (REMIND_DAYS.findLast((days) => left <= days) ?? null) : null
}

/** From when on a reminder is due: whoever takes a seat later is told of it then, and of what the class needs by its page. */
export const reminderAt = (startsOn: string, days: number): Date =>
  shanghaiInstant(addDays(startsOn, -days), REMIND_HOURS.from)

/** What a reminder says in the app, where there is room for what is lacking, and in a message, where there is for how much of it. */
export function saidLacking(of: { name: string; startsOn: string; lacking: readonly Requirement[] }) {
  const { name, startsOn, lacking } = of
  const said = (locale: Locale) => {
    const [w, d] = [reminderWords[locale], dateWords[locale]]
    const names = d.list(lacking.map((one) => requirementName(requirementWords[locale], one)))
    return { title: `${name} · ${w.title(d.day(startsOn), names)}`, what: w.what(d.day(startsOn), lacking.length) }
  }
  const [zh, en] = [said('zh-CN'), said('en')]
  return { title: zh.title, titleEn: en.title, what: zh.what, whatEn: en.what }
}
