import { addDays, weekday } from '#app/lib/calendar.ts'

/** Days on which offices rest: public holidays as the State Council announced them (2024–2026), as first and last day. */
const HOLIDAYS: readonly (readonly [string, string])[] = [
  ['2024-01-01', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-10', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
]

/** Spring Festival days: workers are at home for weeks, academies closed. */
export const SPRING_FESTIVALS = ['2024-02-10', '2025-01-29', '2026-02-17'] as const
const CLOSED_BEFORE = 14
const CLOSED_AFTER = 13

type Day = { number: number; weekday: number; isHoliday: boolean; isFestival: boolean; workingBefore: number }

/** All days of the demo by date: looked up several times a row, and a Date costs more than the rest of a row. */
const BY_DATE = new Map<string, Day>()
const DATES: string[] = []
const WORKING: string[] = []

for (let date = '2023-12-01'; date < '2028-01-01'; date = addDays(date, 1)) {
  const day = weekday(date)
  const isHoliday = HOLIDAYS.some(([from, to]) => from <= date && date <= to)
  const isFestival = SPRING_FESTIVALS.some(
    (first) => addDays(first, -CLOSED_BEFORE) <= date && date <= addDays(first, CLOSED_AFTER),
  )
  BY_DATE.set(date, { number: DATES.length, weekday: day, isHoliday, isFestival, workingBefore: WORKING.length })
  DATES.push(date)
  if (!isHoliday && day !== 0 && day !== 6) WORKING.push(date)
}

const of = (date: string): Day => BY_DATE.get(date)!

/** A calendar date some days later. */
export const later = (date: string, days: number): string => DATES[of(date).number + days]!

/** 0 is Sunday. */
export const dayOfWeek = (date: string): number => of(date).weekday

/** Nobody teaches or examines: a public holiday, the days around National Day, the weeks around Spring Festival. */
export function isClosed(date: string): boolean {
  const { isHoliday, isFestival } = of(date)
  return isHoliday || isFestival || (date.slice(5) >= '10-01' && date.slice(5) <= '10-08')
}

/** True where the weeks around Spring Festival lie between two dates: a class is not torn apart by them. */
export const spansFestival = (from: string, to: string): boolean =>
  SPRING_FESTIVALS.some((first) => from < first && first < to) || of(from).isFestival || of(to).isFestival

/** The next day, this one included, that is not closed. */
export function openDay(date: string): string {
  let day = date
  while (isClosed(day)) day = later(day, 1)
  return day
}

/** The date some working days (Monday to Friday, no public holiday) later; 1 is the next working day. */
export const workingDaysAfter = (date: string, days: number): string =>
  WORKING[of(later(date, 1)).workingBefore + days - 1]!

/** How many working days lie after one date up to another. */
export const workingDaysBetween = (from: string, to: string): number =>
  of(later(to, 1)).workingBefore - of(later(from, 1)).workingBefore
