import { createContext, type ReactNode, useContext } from 'react'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'

const CalendarContext = createContext<WorkCalendar | null>(null)

/** Around a page that says what days are: the calendar that its loader read. */
export function WorkCalendarProvider({ calendar, children }: { calendar: WorkCalendar; children: ReactNode }) {
  return <CalendarContext.Provider value={calendar}>{children}</CalendarContext.Provider>
}

/** @throws an Error outside of a {@link WorkCalendarProvider}: such a page would pass over every holiday in silence. */
export function useWorkCalendar(): WorkCalendar {
  const calendar = useContext(CalendarContext)
  if (!calendar) throw new Error('this page says what days are, and its loader gave no work calendar')
  return calendar
}
