import { addDays, weekday, yearOf } from '#app/lib/calendar.ts'
import { legalHolidays, type SpecialDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { SpecialDayKind } from '#db/values.ts'

/** A day of a year's arrangement. */
export type CalendarDay = { day: string; kind: SpecialDayKind; name: string }

/** A year's arrangement, and the notice that it follows. */
export type CalendarYear = { year: number; source: string; days: readonly CalendarDay[] }

export function calendarOf(years: readonly number[], days: readonly CalendarDay[]): WorkCalendar {
  return {
    years: [...years].sort((one, other) => one - other),
    days: Object.fromEntries(days.map(({ day, kind, name }): [string, SpecialDay] => [day, { is: kind, name }])),
  }
}

/** What can be wrong with a day of an arrangement, by itself. */
export type DayFault =
  | 'other_year' // neither in the year nor in the last month before it
  | 'no_weekend' // worked in return, and no weekend day

export function faultOfDay(year: number, { day, kind }: CalendarDay): DayFault | null {
  if (yearOf(day) !== year && yearOf(addDays(day, 31)) !== year) return 'other_year'
  return kind === 'made_up' && weekday(day) !== 0 && weekday(day) !== 6 ? 'no_weekend' : null
}

/** The fixed legal days that an arrangement does not give as holidays: half of a list was entered. */
export function missingLegalDays(year: number, days: readonly CalendarDay[]): string[] {
  const resting = new Set(days.filter(({ kind }) => kind === 'holiday').map(({ day }) => day))
  return legalHolidays(year).filter((day) => !resting.has(day))
}

/** Days in a row that are alike, as a notice says them: `春节 2026-02-15 — 2026-02-23`. */
export type CalendarSpan = { from: string; to: string; days: number; kind: SpecialDayKind; name: string }

/** @param days in order. */
export function spansOf(days: readonly CalendarDay[]): CalendarSpan[] {
  const spans: CalendarSpan[] = []
  for (const { day, kind, name } of days) {
    const last = spans.at(-1)
    if (last && last.kind === kind && last.name === name && addDays(last.to, 1) === day) {
      last.to = day
      last.days += 1
    } else spans.push({ from: day, to: day, days: 1, kind, name })
  }
  return spans
}
