import { addDays, weekday, yearOf } from './calendar.ts'
import { FIXED_HOLIDAYS, HOLIDAYS_IN_ENGLISH } from './holiday-vocabulary.ts'

/**
 * The work calendar of mainland China: public holidays, and the weekend days on which everybody works in return (调休), as the
 * State Council announces them each autumn for the year to come. Data that is maintained (features/policy): whoever asks what
 * a day is has read it from there first. It travels to the browser as it is.
 */
export type WorkCalendar = {
  /** Years whose arrangement is entered, in order. */
  years: readonly number[]
  /** Days of those arrangements that are not what their weekday says, by ISO date. */
  days: Readonly<Record<string, SpecialDay>>
}

export type SpecialDay = { is: 'holiday' | 'made_up'; name: string }

export type DayKind =
  | { is: 'workday' | 'weekend' }
  /** `holiday`: rest; `made_up`: a weekend day that is worked for the holiday named. */
  | { is: 'holiday' | 'made_up'; name: string; nameEn: string }

/** What a calendar date is for those who work Monday to Friday. Of a year that is not entered the fixed legal days rest all the same. */
export function kindOfDay({ days }: WorkCalendar, date: string): DayKind {
  const special = days[date]
  if (special) return { ...special, nameEn: inEnglish(special.name) }
  const legal = legalHoliday(date)
  if (legal) return { is: 'holiday', name: legal, nameEn: inEnglish(legal) }
  return { is: weekday(date) === 0 || weekday(date) === 6 ? 'weekend' : 'workday' }
}

export function isWorkday(calendar: WorkCalendar, date: string): boolean {
  const { is } = kindOfDay(calendar, date)
  return is === 'workday' || is === 'made_up'
}

/** The working day that comes so many after a date: 1 is the next one; the date itself never counts. */
export function nthWorkday(calendar: WorkCalendar, date: string, count: number): string {
  let day = date
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkday(calendar, day)) left -= 1
  }
  return day
}

/** Whether the arrangement of a date's year is entered. */
export const isAnnounced = ({ years }: WorkCalendar, date: string): boolean => years.includes(yearOf(date))

/** The name of the holiday that a date is by law; null: by law it is none. */
export function legalHoliday(date: string): string | null {
  const fixed = FIXED_HOLIDAYS[date.slice(5)]
  return fixed && date >= (fixed.since ?? '') ? fixed.name : null
}

/** The fixed legal days of a year, in order. */
export const legalHolidays = (year: number): string[] =>
  Object.keys(FIXED_HOLIDAYS)
    .map((day) => `${year}-${day}`)
    .filter((date) => legalHoliday(date) !== null)

/** A holiday's name in English, also of two that fall together (国庆节、中秋节); one that nobody foresaw stays as it is written. */
export const inEnglish = (name: string): string =>
  name
    .split('、')
    .map((one) => HOLIDAYS_IN_ENGLISH[one] ?? one)
    .join(' and ')
