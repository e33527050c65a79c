import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { addDays, weekday } from '#app/lib/calendar.ts'
import { isWorkday } from '#app/lib/work-calendar.ts'
import type { Random } from './random.ts'

/** Spring Festival days of the demo's years: nothing is taught around them. */
const SPRING_FESTIVALS = ['2024-02-10', '2025-01-29', '2026-02-17']

/** How many classes begin in a month, January first: peaks in May–June and September–November. */
const MONTHS = [3, 2, 7, 8, 12, 12, 7, 6, 11, 9, 12, 7].map((weight, index) => [index + 1, weight] as const)

/** Every day from the first year of the demo to the one after its last, with the number of working days before it. */
const DAYS = new Map<string, { isOff: boolean; workingBefore: number }>()
const WORKING: string[] = []
for (let date = '2023-12-01'; date < '2027-12-31'; date = addDays(date, 1)) {
  DAYS.set(date, { isOff: isClosed(date), workingBefore: WORKING.length })
  if (isWorkday(referenceCalendar, date)) WORKING.push(date)
}

/** A Monday to Saturday on which a class may begin: not around Spring Festival, not in the first days of October. */
export function startDate(random: Random, year: number, latest: string): string {
  for (;;) {
    const month = random.weighted(MONTHS)
    const date = `${year}-${String(month).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
    if (date <= latest && weekday(date) !== 0 && !DAYS.get(date)!.isOff) return date
  }
}

/** As `nthWorkday`, for the years of the demo. */
export function workingDaysAfter(date: string, days: number): string {
  return WORKING[DAYS.get(addDays(date, 1))!.workingBefore + days - 1]!
}

/** Nothing begins: longer than the holidays themselves. */
function isClosed(date: string): boolean {
  if (date.slice(5) >= '10-01' && date.slice(5) <= '10-08') return true
  return SPRING_FESTIVALS.some((day) => date >= addDays(day, -12) && date <= addDays(day, 12))
}
