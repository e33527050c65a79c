import { isDateString, yearOf } from '#app/lib/calendar.ts'

/** Whether classes that begin in a year are approved by the sponsor before they are published. */
export type OpeningYear = { year: number; isAsked: boolean }

/** What opening a class does: publishes it, or hands it in for approval; `either`: its first day says, which is not known. */
export type OpeningWay = 'publish' | 'submit' | 'either'

/** What opening a class that begins on a day does, as far as the years are known. */
export function openingWay(years: readonly OpeningYear[], startsOn: unknown): OpeningWay {
  const isDay = typeof startsOn === 'string' && isDateString(startsOn)
  const of = isDay ? years.filter(({ year }) => year === yearOf(startsOn)) : years
  const isAsked = new Set((of.length > 0 ? of : years).map((one) => one.isAsked))
  if (isAsked.size > 1) return 'either'
  return isAsked.has(true) ? 'submit' : 'publish'
}
