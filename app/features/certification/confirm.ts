/** Why somebody may not confirm a result. */
export type ConfirmBar =
  | 'own' // entered by the same person: four eyes
  | 'teaches' // an instructor of the class: who teaches does not decide who passes (考培分离)

/**
 * Who may confirm: another person of the academy than the one who entered the result, who does not teach the class. What
 * the system knows of a class's instructors are their accounts (class_staff); a name typed into the class page is none.
 */
export function barToConfirm(
  accountId: string,
  { proposedBy, staff }: { proposedBy: string; staff: readonly string[] },
): ConfirmBar | null {
  if (proposedBy === accountId) return 'own'
  return staff.includes(accountId) ? 'teaches' : null
}

/** Why a result that waits was left as it is. */
export type LeftUnconfirmed =
  | ConfirmBar
  | 'gone' // the worker has no seat in the class any more
  | 'before_start' // the class begins later by now
  | 'changed_meanwhile' // what it corrects says something else by now
  | 'has_certificate' // not passed, and a valid certificate hangs on the attempt

export type WaitingResult = {
  proposedBy: string
  isSeated: boolean
  assessedOn: string
  isPassed: boolean
  /** The mark (results.ts) of what it corrects, when it was entered and now; null: nothing. */
  corrects: string | null
  now: string | null
  hasCertificate: boolean
}

/** What keeps a waiting result from being confirmed by `accountId`: who it is, or what has happened since it was entered. */
export function leftBecause(
  waiting: WaitingResult,
  of: { accountId: string; staff: readonly string[]; classStartsOn: string },
): LeftUnconfirmed | null {
  const bar = barToConfirm(of.accountId, { ...waiting, staff: of.staff })
  if (bar) return bar
  if (!waiting.isSeated) return 'gone'
  if (waiting.assessedOn < of.classStartsOn) return 'before_start'
  if (waiting.corrects !== waiting.now) return 'changed_meanwhile'
  return waiting.hasCertificate && !waiting.isPassed ? 'has_certificate' : null
}

/** Why the form of waiting results came back: who was left as before, or what is missing. */
export type ConfirmRefused =
  | { is: 'left'; changed: number; left: { id: string; because: LeftUnconfirmed }[] }
  | { is: 'reason_needed' | 'none_chosen' }
