import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { addDays, weekday } from '#app/lib/calendar.ts'
import { isWorkday, kindOfDay } from '#app/lib/work-calendar.ts'

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
  const isHoliday = kindOfDay(referenceCalendar, date).is === 'holiday'
  const isFestival = SPRING_FESTIVALS.some(
    (first) => addDays(first, -CLOSED_BEFORE) <= date && date <= addDays(first, CLOSED_AFTER),
  )
  BY_DATE.set(date, { number: DATES.length, weekday: day, isHoliday, isFestival, workingBefore: WORKING.length })
  DATES.push(date)
  if (isWorkday(referenceCalendar, date)) WORKING.push(date)
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

/** As `nthWorkday`, for the years of the demo. */
export const workingDaysAfter = (date: string, days: number): string =>
  WORKING[of(later(date, 1)).workingBefore + days - 1]!

/** How many working days lie after one date up to another. */
export const workingDaysBetween = (from: string, to: string): number =>
  of(later(to, 1)).workingBefore - of(later(from, 1)).workingBefore
