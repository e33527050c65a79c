import { shanghaiInstant } from '#app/lib/calendar.ts'
import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Mode, PlanDoubt, SessionKind } from '#db/values.ts'
import { type Meets, meetsOf } from './day-change.ts'
import { sumHours } from './series.ts'

/** More class hours a day than this are a matter to be explained (domain.md, "Matters to check"). */
const MOST_A_DAY = 8

type Meeting = { date: string; from: string; to: string; hours: number; kind?: SessionKind | null }

/** What of a class its timetable is measured by. `leastPercent`: of the plan, by which somebody who attends all of the sessions is credited. */
export type PlanGround = {
  mode: Mode
  plannedHours: number
  plannedPracticalHours: number | null
  leastPercent: number
}

/** Why a class may not be published as its timetable stands, whatever is said for it. */
export type PlanBar =
  | { ok: false; reason: 'all_begun' }
  | { ok: false; reason: 'too_few_hours'; planned: number; sum: number; percent: number }

/** Whether so many class hours on one day have to be explained. */
export const isLongDay = (hours: number): boolean => hours > MOST_A_DAY

/** Hours of meetings on a day. */
export const hoursOn = (date: string, sessions: readonly Meeting[]): number =>
  sumHours(sessions.filter((one) => one.date === date)).hours

/**
 * The public holidays on which somebody is still to meet, each once: whoever planned it may have meant it, and a draft may have lain there
 * since before the holiday was entered.
 */
export function holidaysMet(
  calendar: WorkCalendar,
  meetings: readonly Pick<Meeting, 'date' | 'from'>[],
  { meets, now }: { meets: Meets; now: Date },
): PlanDoubt[] {
  const dates = meetings.filter(({ date, from }) => shanghaiInstant(date, from) > now).map(({ date }) => date)
  return [...new Set(dates)].flatMap((date) => {
    const day = kindOfDay(calendar, date)
    return day.is === 'holiday' ? [{ is: 'on_holiday' as const, date, name: day.name, ...meetsOf(meets) }] : []
  })
}

/**
 * Looks at the timetable of a class before it is published. `bar`: every session has begun (a class that is over comes by the
 * ledger), or they come to less of the plan than has to be delivered before anybody is credited by it (domain.md, "A practical
 * class"). `doubts`: what may be right and has to be explained. `sessions`: those that are planned, in order.
 */
export function checkPlan(
  ground: PlanGround,
  sessions: readonly Meeting[],
  now: Date,
): { bar: PlanBar | null; doubts: PlanDoubt[] } {
  const { mode, plannedHours, plannedPracticalHours, leastPercent: percent } = ground
  if (mode === 'online') return { bar: null, doubts: [] }
  const { hours: sum, practical } = sumHours(sessions)
  const theory = sumHours(sessions.filter(({ kind }) => kind === 'theory')).hours
  const begun = sessions.filter(({ date, from }) => shanghaiInstant(date, from) <= now).length
  const days = [...new Set(sessions.map(({ date }) => date))].map((date) => ({ date, hours: hoursOn(date, sessions) }))
  const doubts: (PlanDoubt | false)[] = [
    sum !== plannedHours && { is: 'hours', planned: plannedHours, sum },
    plannedPracticalHours !== null &&
      practical !== plannedPracticalHours && { is: 'practical', planned: plannedPracticalHours, sum: practical },
    mode === 'practical' && theory > 0 && { is: 'theory', hours: theory },
    ...days.filter(({ hours }) => isLongDay(hours)).map((day): PlanDoubt => ({ is: 'day', ...day })),
    begun > 0 && { is: 'begun', sessions: begun },
  ]
  return { bar: barOf(), doubts: doubts.filter((one): one is PlanDoubt => one !== false) }

  function barOf(): PlanBar | null {
    // Exact: in half hours, all numbers are whole.
    if (Math.round(sum * 2) * 100 < Math.round(plannedHours * 2) * percent)
      return { ok: false, reason: 'too_few_hours', planned: plannedHours, sum, percent }
    return begun > 0 && begun === sessions.length ? { ok: false, reason: 'all_begun' } : null
  }
}
