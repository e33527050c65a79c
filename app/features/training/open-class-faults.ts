import { addDays, shanghaiInstant } from '#app/lib/calendar.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import { type OpenClassError, type OpenClassInput, seriesOf } from './open-class-shape.ts'
import { expandSeries, MOST_SESSIONS, overlap, type PlannedSession } from './series.ts'
import { faultOfClock } from './session-hours.ts'

export type Fault = { path: (string | number)[]; error: OpenClassError }

/** Dates and times of a new class that contradict each other. */
export function faultsOfDates(typed: OpenClassInput): Fault[] {
  const { startsOn, endsOn, enrolOpensAt, enrolClosesAt, withdrawUntil, certificatesExpectedOn } = typed
  const over = shanghaiInstant(addDays(endsOn, 1))
  const faults: (Fault | false | undefined)[] = [
    endsOn < startsOn && { path: ['endsOn'], error: 'ends_before' },
    enrolOpensAt && enrolClosesAt && enrolClosesAt <= enrolOpensAt && { path: ['enrolClosesAt'], error: 'enrol_order' },
    enrolClosesAt && enrolClosesAt > over && { path: ['enrolClosesAt'], error: 'enrol_late' },
    withdrawUntil && withdrawUntil > over && { path: ['withdrawUntil'], error: 'withdraw_late' },
    certificatesExpectedOn !== undefined &&
      certificatesExpectedOn < endsOn && { path: ['certificatesExpectedOn'], error: 'certificates_early' },
  ]
  return faults.filter((fault): fault is Fault => Boolean(fault))
}

/** What the mode of a new class asks for, and is missing. */
export function faultsOfMode(typed: OpenClassInput): Fault[] {
  const { mode, plannedHours, plannedPracticalHours, capacity, siteId, siteName, siteAddress, courseSlug } = typed
  const { firstStation, lastStation } = typed
  const missing = (path: string): Fault => ({ path: [path], error: 'required' })
  if (mode === 'online') return courseSlug === undefined ? [missing('courseSlug')] : []
  const faults: Fault[] = []
  if (capacity === undefined) faults.push(missing('capacity'))
  if (siteId === undefined && siteName === undefined) faults.push(missing('siteName'))
  if (siteId === undefined && siteAddress === undefined) faults.push(missing('siteAddress'))
  if ((firstStation === undefined) !== (lastStation === undefined) || Number(firstStation) > Number(lastStation))
    faults.push({ path: ['firstStation'], error: 'stations' })
  if (mode === 'mixed' && (plannedPracticalHours === undefined || plannedPracticalHours > plannedHours))
    faults.push({
      path: ['plannedPracticalHours'],
      error: plannedPracticalHours === undefined ? 'required' : 'practical_hours',
    })
  return faults
}

/** Meetings, single and of series, that are missing, outside the class's days, longer than the clock, or overlap. */
export function faultsOfSessions(form: OpenClassInput, calendar: WorkCalendar): Fault[] {
  const { mode, startsOn, endsOn, sessions, series = [] } = form
  if (mode === 'online') return []
  if (sessions.length + series.length === 0) return [{ path: ['sessions'], error: 'session_needed' }]
  const before: PlannedSession[] = []
  const isTaken = (one: PlannedSession) => before.some((other) => overlap(one, other))
  const faults = sessions.flatMap((session, at): Fault[] => {
    const fault = (field: string, error: OpenClassError): Fault[] => [{ path: ['sessions', at, field], error }]
    if (session.date < startsOn || session.date > endsOn) return fault('date', 'session_outside')
    if (session.to <= session.from) return fault('to', 'session_order')
    const clock = faultOfClock(session)
    if (clock) return fault('hours', clock)
    if (mode === 'mixed' && !session.kind) return fault('kind', 'kind')
    if (isTaken(session)) return fault('from', 'session_overlap')
    before.push(session)
    return []
  })
  const ofSeries = series.flatMap((one, at): Fault[] => {
    const fault = (field: string, error: OpenClassError): Fault[] => [{ path: ['series', at, field], error }]
    const { sessions: made } = expandSeries(seriesOf(one), form, calendar)
    if (one.to <= one.from) return fault('to', 'session_order')
    const clock = faultOfClock(one)
    if (clock) return fault('hours', clock)
    if (mode === 'mixed' && !one.kind) return fault('kind', 'kind')
    if (one.weekdays.length === 0) return [] // said already
    if (made.length === 0) return fault('weekdays', 'series_none')
    if (one.times !== undefined && made.length < one.times) return fault('times', 'series_short')
    if (made.some(isTaken)) return fault('from', 'session_overlap')
    before.push(...made)
    return before.length > MOST_SESSIONS ? fault('times', 'too_many') : []
  })
  return [...faults, ...ofSeries]
}
