import { addDays, shanghaiDate, shanghaiTime, weekday } from '#app/lib/calendar.ts'
import type { SessionChange } from '#db/values.ts'
import type { Stations } from './stations.ts'

/** A session as it is shown: a day and wall-clock times in Shanghai. */
export type ShownSession = {
  date: string
  from: string
  to: string
  hours: number
  topic: string | null
  /** Where it is not at the class's own site. */
  elsewhere: string | null
  /** The workstations it holds; null: the whole place. */
  stations: Stations | null
  /** Why it does not take place; null: it does. */
  cancelReason: string | null
  /** The day of the cancelled session that it makes up for; null: it stands for itself. */
  makesUpOn: string | null
  /** That one was held: it is for those who missed it. */
  isForLacking: boolean
  /** Of one that takes place: what was last changed of it since the class was published, and why; null: nothing. */
  changed: { change: SessionChange; reason: string } | null
}

/** The sessions that take place. */
export const planned = <T extends Pick<ShownSession, 'cancelReason'>>(sessions: readonly T[]): T[] =>
  sessions.filter(({ cancelReason }) => cancelReason === null)

type Meeting = Pick<ShownSession, 'cancelReason' | 'date' | 'from' | 'to' | 'isForLacking'>

/**
 * The first session that takes place, is not over yet and is for everybody, or for who lacks hours that it brings back; null: none.
 * `lacked`: when such make-ups of the reader's begin.
 */
export function nextSession<T extends Meeting>(
  sessions: readonly T[],
  { now, lacked = [] }: { now: Date; lacked?: readonly Date[] },
): T | null {
  const [today, at] = [shanghaiDate(now), shanghaiTime(now)]
  const isOwn = ({ date, from }: T) =>
    lacked.some((instant) => shanghaiDate(instant) === date && shanghaiTime(instant) === from)
  const isAhead = ({ date, to }: T) => date > today || (date === today && to > at)
  return planned(sessions).find((one) => isAhead(one) && (!one.isForLacking || isOwn(one))) ?? null
}

type Times = Pick<ShownSession, 'date' | 'from' | 'to'>

/**
 * The times that all days of a class share, `9:00—12:00` each; null where days differ, or there is no session.
 */
export function sharedTimes(sessions: readonly Times[]): { from: string; to: string }[] | null {
  const byDay = new Map<string, { from: string; to: string }[]>()
  for (const { date, from, to } of sessions) byDay.set(date, [...(byDay.get(date) ?? []), { from, to }])
  const [first, ...others] = [...byDay.values()]
  if (!first) return null
  return others.every((day) => JSON.stringify(day) === JSON.stringify(first)) ? first : null
}

/** On which days one comes. `days`: few enough to be named one by one; `some`: the timetable says which. */
export type MeetingDays =
  | { on: 'daily' }
  | { on: 'weekly'; days: string[] }
  | { on: 'days'; days: string[] }
  | { on: 'some' }

/**
 * The days on which a class meets, said so that nobody comes on another one: daily only where every day of its period has a
 * session, weekly only where every such weekday between the first and the last session has one (no holiday falls out), and each
 * comes again. `days` of a week are one date for each weekday, Monday first.
 */
export function meetingDays(
  sessions: readonly Times[],
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  most = 4,
): MeetingDays {
  const days = [...new Set(sessions.map(({ date }) => date))].sort()
  const held = new Set(days)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return { on: 'some' }
  if (datesFrom(startsOn, endsOn).every((date) => held.has(date))) return { on: 'daily' }
  if (days.length <= most) return { on: 'days', days }
  const inWeek = new Map(days.map((date) => [weekday(date), date]))
  const isWeekly = datesFrom(first, last).every((date) => held.has(date) === inWeek.has(weekday(date)))
  if (!isWeekly || days.length < inWeek.size * 2) return { on: 'some' }
  return { on: 'weekly', days: [1, 2, 3, 4, 5, 6, 0].flatMap((day) => inWeek.get(day) ?? []) }
}

function datesFrom(first: string, last: string): string[] {
  const dates: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date)
  return dates
}

/** Hours that credit a class at a place: planned × percent, up to the next half hour, since hours come in halves. */
export function hoursToCredit(plannedHours: number, attendancePercent: number): number {
  return Math.ceil((Math.round(plannedHours * 2) * attendancePercent) / 100) / 2
}
