import type { ClassStatus } from '#db/values.ts'
import { countedHours } from './credit.ts'
import { hoursToCredit, planned, type ShownSession } from './timetable.ts'

/**
 * The hours that credit a worker of a class at a place, and the percentage that they are of those which count. `onTimetable`: of a class
 * in which fewer hours than planned take place; `isEnough`: these count, else the plan does, and the academy has to make
 * up the rest. Null: all of them do, or nothing follows from it.
 */
export type ToCredit = {
  hours: number
  percent: number
  onTimetable: { hours: number; planned: number; isEnough: boolean } | null
}

type Counted = { plannedHours: number; deliveredHours: number | null; status: ClassStatus }
type Rule = { attendancePercent: number; deliveredPercent: number }

/** What credits a worker as the timetable stands (domain.md: hours count over those delivered, if these are enough of the plan). */
export function toCreditOf(
  { plannedHours, deliveredHours, status }: Counted,
  sessions: readonly Pick<ShownSession, 'cancelReason' | 'hours' | 'isForLacking'>[],
  { attendancePercent: percent, deliveredPercent }: Rule,
): ToCredit {
  const hours = hoursToCredit(countedHours({ plannedHours, deliveredHours, deliveredPercent }), percent)
  // What is made up of a session that was held is delivered once (attendance/hours.server.ts).
  const arranged = planned(sessions).reduce((sum, one) => sum + (one.isForLacking ? 0 : one.hours), 0)
  const isShort = sessions.length > 0 && arranged < plannedHours && status === 'published'
  const isEnough = countedHours({ plannedHours, deliveredHours: arranged, deliveredPercent }) < plannedHours
  // Until a sheet is closed the hours may be entered by hand, which are measured by the plan.
  if (!isShort || (isEnough && deliveredHours === null)) return { hours, percent, onTimetable: null }
  return { hours, percent, onTimetable: { hours: arranged, planned: plannedHours, isEnough } }
}
