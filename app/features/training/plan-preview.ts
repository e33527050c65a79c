import { isDateString } from '#app/lib/calendar.ts'
import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import { MODES, SESSION_KINDS } from '#db/values.ts'
import { kindFor } from './open-class-shape.ts'
import { expandSeries, type HolidayMet, inOrder, type PlannedSession, sumHours } from './series.ts'

/** What a half-filled form of a class would plan: shown while it is typed, so nothing of it is an error yet. */
export type PlanPreview = {
  sessions: PlannedSession[]
  hours: number
  practical: number
  /** As typed; null: not yet. */
  plannedHours: number | null
  skipped: HolidayMet[]
  onHoliday: HolidayMet[]
}

type Typed = Record<string, unknown> | undefined

/** Reads what can be read; rows that are not complete yet are left out. Null: there is nothing to plan. */
export function previewPlan(typed: Typed, calendar: WorkCalendar): PlanPreview | null {
  const startsOn = textOf(typed, 'startsOn')
  const endsOn = textOf(typed, 'endsOn')
  const mode = MODES.find((one) => one === typed?.mode)
  if (!mode || mode === 'online') return null
  const isRange = isDateString(startsOn) && isDateString(endsOn) && endsOn < `${Number(startsOn.slice(0, 4)) + 2}`
  const common = (row: Typed) => ({
    from: textOf(row, 'from'),
    to: textOf(row, 'to'),
    hours: Number(textOf(row, 'hours')) || 0,
    kind: SESSION_KINDS.find((one) => one === row?.kind) ?? kindFor(mode) ?? undefined,
  })
  const singles = rowsOf(typed, 'sessions')
    .map((row) => ({ date: textOf(row, 'date'), ...common(row) }))
    .filter(({ date }) => isDateString(date))
  const series = !isRange
    ? []
    : rowsOf(typed, 'series').map((row) => {
        const skipsHolidays = row?.skipsHolidays !== undefined
        const times = Number(textOf(row, 'times')) || undefined
        const one = {
          ...common(row),
          weekdays: [row?.weekdays].flat().filter(Boolean).map(Number),
          times,
          skipsHolidays,
        }
        return { skipsHolidays, ...expandSeries(one, { startsOn, endsOn }, calendar) }
      })
  const sessions = inOrder([...singles, ...series.flatMap((one) => one.sessions)])
  if (sessions.length === 0) return null
  const { hours, practical } = sumHours(sessions)
  return {
    sessions,
    hours,
    practical,
    plannedHours: Number(textOf(typed, 'plannedHours')) || null,
    skipped: series.filter((one) => one.skipsHolidays).flatMap((one) => one.holidays),
    onHoliday: sessions.flatMap(({ date }) => {
      const day = kindOfDay(calendar, date)
      return day.is === 'holiday' ? [{ date, day }] : []
    }),
  }
}

const textOf = (row: Typed, name: string): string => (typeof row?.[name] === 'string' ? row[name] : '')
const rowsOf = (typed: Typed, name: string): Typed[] => (Array.isArray(typed?.[name]) ? (typed[name] as Typed[]) : [])
