/**
 * The calendar of the product. A calendar date is a string `YYYY-MM-DD`; it has no time zone. "Today" and "year" are
 * those of Asia/Shanghai (UTC+8, no summer time since 1991), wherever the server runs. Strings of this form compare like
 * dates.
 */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000
/** Of the months of a year that is no leap year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The calendar date in Shanghai at an instant. */
export function shanghaiDate(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** The wall clock in Shanghai at an instant, `HH:MM`. */
export function shanghaiTime(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16)
}

/** The calendar year in Shanghai at an instant: the "year" of every figure. */
export function shanghaiYear(instant: Date): number {
  return yearOf(shanghaiDate(instant))
}

/** The instant at which a calendar date and wall-clock time (`HH:MM`) come in Shanghai. */
export function shanghaiInstant(date: string, time = '00:00'): Date {
  return new Date(`${date}T${time}:00+08:00`)
}

/** The year of a calendar date. */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

/** The half-open period of a year, `from` inclusive, `to` exclusive. */
export function yearPeriod(year: number): { from: string; to: string } {
  return { from: `${year}-01-01`, to: `${year + 1}-01-01` }
}

/** How many days `to` is after `from`, both ISO days; negative before it. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** A calendar date some days later (or earlier, where negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** True when year, month and day name a day that exists. */
export function isDate(year: number, month: number, day: number): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return false
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0))
}

/** True for a well-formed `YYYY-MM-DD` that exists. */
export function isDateString(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  return match !== null && isDate(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Day of the week of a calendar date: 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}
