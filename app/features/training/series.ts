import { addDays, weekday } from '#app/lib/calendar.ts'
import { type DayKind, kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { SessionKind } from '#db/values.ts'

/** A meeting as it is planned: a day and wall-clock times of Shanghai; hours of 45 minutes. */
export type PlannedSession = {
  date: string
  from: string
  to: string
  hours: number
  /** Left out: what the mode of the class says (`kindFor`). */
  kind?: SessionKind
  topic?: string
}

/** Meetings on the same weekdays at the same time, from a class's first day on. */
export type Series = Omit<PlannedSession, 'date'> & {
  /** 0 is Sunday. */
  weekdays: readonly number[]
  /** How many; left out: until the class's last day. */
  times?: number
  skipsHolidays: boolean
}

/** A day of a series that falls on a public holiday. */
export type HolidayMet = { date: string; day: Extract<DayKind, { name: string }> }

/**
 * The meetings of a series within a class's days, both ends inclusive, and the holidays that it met: left out where the
 * series skips them, planned otherwise. Skipped days do not count towards `times`.
 */
export function expandSeries(
  { weekdays, times, skipsHolidays, ...each }: Series,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  calendar: WorkCalendar,
): { sessions: PlannedSession[]; holidays: HolidayMet[] } {
  const sessions: PlannedSession[] = []
  const holidays: HolidayMet[] = []
  for (let date = startsOn; date <= endsOn && sessions.length < (times ?? MOST_SESSIONS + 1); date = addDays(date, 1)) {
    if (!weekdays.includes(weekday(date))) continue
    const day = kindOfDay(calendar, date)
    if (day.is === 'holiday') holidays.push({ date, day })
    if (day.is === 'holiday' && skipsHolidays) continue
    sessions.push({ date, ...each })
  }
  return { sessions, holidays }
}

/** A class has so many meetings at most. */
export const MOST_SESSIONS = 60

/** Whether two meetings share a moment; one may begin when the other ends. */
export const overlap = (one: PlannedSession, other: PlannedSession): boolean =>
  one.date === other.date && one.from < other.to && other.from < one.to

/** In the order in which they take place. */
export const inOrder = <T extends Pick<PlannedSession, 'date' | 'from'>>(sessions: readonly T[]): T[] =>
  [...sessions].sort((one, other) => (`${one.date}${one.from}` < `${other.date}${other.from}` ? -1 : 1))

export type PlannedHours = { sessions: number; hours: number; practical: number }

/** What meetings add up to. Those of no said kind are no practical ones. */
export function sumHours(sessions: readonly { hours: number; kind?: SessionKind | null }[]): PlannedHours {
  const sum = (of: typeof sessions) => of.reduce((total, { hours }) => total + hours, 0)
  return {
    sessions: sessions.length,
    hours: sum(sessions),
    practical: sum(sessions.filter(({ kind }) => kind === 'practical')),
  }
}
