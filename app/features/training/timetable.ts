/** A session as it is shown: a day and wall-clock times in Shanghai. */
export type ShownSession = {
  date: string
  from: string
  to: string
  hours: number
  topic: string | null
  /** Where it is not at the class's own site. */
  elsewhere: string | null
  /** Why it does not take place; null: it does. */
  cancelReason: string | null
  /** The day of the cancelled session that it makes up for; null: it stands for itself. */
  makesUpOn: string | null
}

/** The sessions that take place. */
export const planned = <T extends Pick<ShownSession, 'cancelReason'>>(sessions: readonly T[]): T[] =>
  sessions.filter(({ cancelReason }) => cancelReason === null)

type Times = Pick<ShownSession, 'date' | 'from' | 'to'>

/**
 * The times that every day of a class shares, `9:00—12:00` each; null where days differ, or there is no session.
 */
export function dailyTimes(sessions: readonly Times[]): { from: string; to: string }[] | null {
  const byDay = new Map<string, { from: string; to: string }[]>()
  for (const { date, from, to } of sessions) byDay.set(date, [...(byDay.get(date) ?? []), { from, to }])
  const [first, ...others] = [...byDay.values()]
  if (!first) return null
  return others.every((day) => JSON.stringify(day) === JSON.stringify(first)) ? first : null
}

/** The days of a class, in order; up to `most` of them are worth naming by weekday, else none. */
export function namedDays(sessions: readonly Times[], most = 4): string[] {
  const days = [...new Set(sessions.map((session) => session.date))]
  return days.length <= most ? days : []
}

/** Hours that credit a class at a place: planned × percent, up to the next half hour, since hours come in halves. */
export function hoursToCredit(plannedHours: number, attendancePercent: number): number {
  return Math.ceil((Math.round(plannedHours * 2) * attendancePercent) / 100) / 2
}
