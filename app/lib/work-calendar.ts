import years from '#db/reference/work-calendar.json'
import { addDays, weekday, yearOf } from './calendar.ts'

/**
 * The work calendar of mainland China: public holidays, and the weekend days on which everybody works in return (调休), as the
 * State Council announces them each autumn for the year to come (db/reference/work-calendar.json names each notice). The
 * one place that says what a working day is. Of a year that is not announced yet only weekends rest.
 */
export type DayKind =
  | { is: 'workday' | 'weekend' }
  /** `holiday`: rest; `made_up`: a weekend day that is worked for the holiday named. */
  | { is: 'holiday' | 'made_up'; name: string; nameEn: string }

const SPECIAL = new Map<string, DayKind>()
for (const { holidays } of years)
  for (const { name, nameEn, from, to, workdays } of holidays) {
    for (let date = from; date <= to; date = addDays(date, 1)) SPECIAL.set(date, { is: 'holiday', name, nameEn })
    for (const date of workdays) SPECIAL.set(date, { is: 'made_up', name, nameEn })
  }

/** What a calendar date is for those who work Monday to Friday. */
export function kindOfDay(date: string): DayKind {
  return SPECIAL.get(date) ?? { is: weekday(date) === 0 || weekday(date) === 6 ? 'weekend' : 'workday' }
}

export function isWorkday(date: string): boolean {
  const { is } = kindOfDay(date)
  return is === 'workday' || is === 'made_up'
}

/** The working day that comes so many after a date: 1 is the next one; the date itself never counts. */
export function nthWorkday(date: string, count: number): string {
  let day = date
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkday(day)) left -= 1
  }
  return day
}

/** Whether the holidays of a date's year are known. */
export const isAnnounced = (date: string): boolean => years.some(({ year }) => year === yearOf(date))
