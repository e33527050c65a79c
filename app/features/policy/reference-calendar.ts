import { addDays } from '#app/lib/calendar.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import reference from '#db/reference/work-calendar.json'
import { type CalendarDay, type CalendarYear, calendarOf } from './work-calendar.ts'

/** The arrangements that come with the product (db/reference/work-calendar.json), one day a row. */
export const referenceYears: readonly CalendarYear[] = reference.map(({ year, document, source, holidays }) => ({
  year,
  source: `${source}（${document}）`,
  days: holidays.flatMap(({ name, from, to, workdays }) => [
    ...daysFrom(from, to).map((day): CalendarDay => ({ day, kind: 'holiday', name })),
    ...workdays.map((day): CalendarDay => ({ day, kind: 'made_up', name })),
  ]),
}))

/** The work calendar as it comes with the product: of what is made up, whatever an installation has entered since. */
export const referenceCalendar: WorkCalendar = calendarOf(
  referenceYears.map(({ year }) => year),
  referenceYears.flatMap(({ days }) => days),
)

function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
