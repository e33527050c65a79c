import { type ClosedReason, closedBecause, type SeatClass, seatsLeft } from './seat-rules.ts'

/** Whether one may enrol in a class now, and if not, why: what every list and page says about it. */
export type ClassState =
  | { is: 'open'; left: number | null }
  | { is: 'wait' } // full, and one may wait for a seat
  | { is: 'not_open_yet'; opensAt: Date }
  | { is: Exclude<ClosedReason, 'not_open_yet'> }

export function stateOf(facts: SeatClass, now: Date): ClassState {
  const reason = closedBecause(facts, now)
  const left = seatsLeft(facts)
  if (reason === null) return left === 0 ? { is: 'wait' } : { is: 'open', left }
  if (reason === 'not_open_yet') return { is: reason, opensAt: facts.enrolOpensAt ?? now }
  return { is: reason }
}
