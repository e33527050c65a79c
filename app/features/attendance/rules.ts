import { addDays } from '#app/lib/calendar.ts'
import type { AttendanceAct, AttendanceMark, AttendanceWay, ClassStatus } from '#db/values.ts'

/** A session as attendance looks at it. */
export type SessionTimes = { startsAt: Date; endsAt: Date; hours: number }

/** What somebody said about one worker in one session (db/schema/attendance.ts). */
export type Entry = {
  id: string
  act: AttendanceAct
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  way: AttendanceWay
  at: Date
}

/** How a worker attended a session, as far as it is known. `mark` null: unmarked, which is not absent. */
export type Standing = {
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  way: AttendanceWay | null
}

export const UNMARKED: Standing = { mark: null, checkedInAt: null, checkedOutAt: null, way: null }

const MINUTE_MS = 60_000
/** Check-in opens so long before a session begins, check-out ends so long after it is over. */
export const MARGIN_MS = 60 * MINUTE_MS

/** A session's check-in is open from an hour before it until its end, check-out from its beginning until an hour after it. */
export const isOpenFor = (act: 'in' | 'out', { startsAt, endsAt }: Omit<SessionTimes, 'hours'>, at: Date): boolean =>
  act === 'in'
    ? at.getTime() >= startsAt.getTime() - MARGIN_MS && at < endsAt
    : at >= startsAt && at.getTime() < endsAt.getTime() + MARGIN_MS

type Rule = { session: SessionTimes; graceMinutes: number }

/**
 * What the entries about one worker come to, in the order in which they happened (and of one moment, of their ids), whatever
 * the order in which they arrived. A mark by hand says everything anew. Of several check-ins the first counts; it
 * overrules that somebody was marked absent or excused before. Of several check-outs the last. Leave that was granted says
 * nothing of who came; whoever would be unmarked or absent is excused by it, whenever that was marked, until it is taken back (an entry of
 * leave without a mark). A correction is the last word.
 */
export function standingOf(entries: readonly Entry[], rule: Rule): Standing {
  const inOrder = [...entries].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
  const said = inOrder
    .filter(({ way }) => way !== 'leave')
    .reduce((standing, entry) => afterEntry(standing, entry, rule), UNMARKED)
  const isMissing = said.mark === null || said.mark === 'absent'
  const leave = inOrder.findLast(({ way }) => way === 'leave')
  const isOnLeave = leave?.mark === 'excused' && !entries.some(({ way }) => way === 'correction')
  return isMissing && isOnLeave ? { ...said, mark: 'excused', way: 'leave' } : said
}

/** Whether somebody is excused by leave that was granted: by hand nobody makes that absent or unmarked. */
export const isOnLeave = ({ mark, way }: Pick<Standing, 'mark' | 'way'>): boolean =>
  mark === 'excused' && way === 'leave'

/** What one more entry makes of a standing. */
export function afterEntry(before: Standing, entry: Omit<Entry, 'id'>, rule: Rule): Standing {
  const { way, at } = entry
  const hasCome = before.mark === 'present' || before.mark === 'late' || before.mark === 'left_early'
  switch (entry.act) {
    case 'mark': {
      const { mark, checkedInAt, checkedOutAt } = entry
      return { mark, checkedInAt, checkedOutAt, way }
    }
    case 'in': {
      if (hasCome) return { ...before, checkedInAt: before.checkedInAt ?? at }
      const came = { ...before, checkedInAt: at, way }
      return { ...came, mark: markOf(came, rule) }
    }
    case 'out': {
      const went = { ...before, checkedOutAt: at }
      return hasCome ? { ...went, mark: markOf(went, rule) } : went
    }
  }
}

/** How somebody who came attended, by the times. Late and early at once is `left_early`: its hours are cut at both ends. */
function markOf({ checkedInAt, checkedOutAt }: Standing, rule: Rule): AttendanceMark {
  if (isEarly(checkedOutAt, rule)) return 'left_early'
  return isLate(checkedInAt, rule) ? 'late' : 'present'
}

const isLate = (at: Date | null, { session, graceMinutes }: Rule): boolean =>
  at !== null && at.getTime() > session.startsAt.getTime() + graceMinutes * MINUTE_MS

const isEarly = (at: Date | null, { session, graceMinutes }: Rule): boolean =>
  at !== null && at.getTime() < session.endsAt.getTime() - graceMinutes * MINUTE_MS

/**
 * What an attendance comes to of the session's hours: all for who was present; for who came late or left early the share of
 * the time that they were there, down to the half hour; nothing for the excused, the absent and the unmarked.
 */
export function hoursOf({ mark, checkedInAt, checkedOutAt }: Standing, rule: Rule): number {
  const { startsAt, endsAt, hours } = rule.session
  if (mark === 'present') return hours
  if (mark !== 'late' && mark !== 'left_early') return 0
  const from = isLate(checkedInAt, rule) ? checkedInAt!.getTime() : startsAt.getTime()
  const until = isEarly(checkedOutAt, rule) ? checkedOutAt!.getTime() : endsAt.getTime()
  const all = endsAt.getTime() - startsAt.getTime()
  return Math.floor((Math.round(hours * 2) * Math.max(0, until - from)) / all) / 2
}

export type SheetState =
  | 'ahead' // check-in has not opened
  | 'open'
  | 'closed' // its hours count; a second person may correct it
  | 'locked' // the academy's own people may not any more

type Locking = { endsOn: string; lockDays: number; today: string; classStatus: ClassStatus }

/** Sheets are locked when the policy's days have passed since the class's last day, or the class is closed (结班). */
export const isLocked = ({ endsOn, lockDays, today, classStatus }: Locking): boolean =>
  classStatus === 'closed' || today > addDays(endsOn, lockDays)

export function sheetState(of: {
  session: SessionTimes
  closedAt: Date | null
  endsOn: string
  lockDays: number
  today: string
  classStatus: ClassStatus
  now: Date
}): SheetState {
  if (of.closedAt) return isLocked(of) ? 'locked' : 'closed'
  return of.now.getTime() < of.session.startsAt.getTime() - MARGIN_MS ? 'ahead' : 'open'
}
