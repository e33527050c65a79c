import { LEAVE_REASONS, type LeaveReason, type LeaveState, type Seat } from '#db/values.ts'

/** A worker's own words, at most. */
export const LONGEST_REMARK = 200
/** How often a worker may ask for leave from one session: after a refusal with better reasons, not to wear somebody out. */
export const MOST_ASKED = 3

/** The reason of an entry by which a worker gave granted leave back, in place of words. */
export const RETURNED = 'returned'

/** Why nothing was asked. `gone`: a session is over, cancelled, or not the worker's. `too_often`: of one session. */
export type LeaveFault = 'sessions_needed' | 'reason_needed' | 'remark_needed' | 'remark_long' | 'gone' | 'too_often'

type Read = { reason: LeaveReason; remark: string | null } | { fault: LeaveFault }

/** Reads why a worker asks for leave: a reason of the list; for another one some words of the worker's own. */
export function readLeave({ reason: written, remark: text }: { reason: string; remark: string }): Read {
  const reason = LEAVE_REASONS.find((one) => one === written)
  const remark = text.trim()
  if (!reason) return { fault: 'reason_needed' }
  if (reason === 'other' && [...remark].length < 2) return { fault: 'remark_needed' }
  if ([...remark].length > LONGEST_REMARK) return { fault: 'remark_long' }
  return { reason, remark: remark || null }
}

/** How a worker's leave stands. `lapsed`: nobody answered before the sheet was closed. `void`: the session was cancelled. */
export type LeaveStanding = LeaveState | 'lapsed' | 'void'

export function leaveStanding(of: {
  state: LeaveState
  cancelReason: string | null
  closedAt: Date | null
}): LeaveStanding {
  if (of.state === 'withdrawn' || of.state === 'refused' || of.state === 'revoked') return of.state
  if (of.cancelReason !== null) return 'void'
  return of.state === 'asked' && of.closedAt !== null ? 'lapsed' : of.state
}

/** Where one with a seat asks for leave from a class; null: no session of it is ahead, or no seat. */
export function leavePath(
  of: { own: { seat: Seat } | null; sessions: readonly { date: string; cancelReason: string | null }[] },
  classId: string,
  today: string,
): string | null {
  const isAhead = of.sessions.some(({ date, cancelReason }) => cancelReason === null && date >= today)
  return of.own?.seat === 'enrolled' && isAhead ? `/learn/leave?class=${classId}` : null
}
