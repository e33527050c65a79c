import { closedBecause, type EnrolRefusal, type SeatClass, seatsLeft } from './seat-rules.ts'

/** Whether one may enrol in a class now, and if not, why: what every list and page says about it. */
export type ClassState =
  | { is: 'open'; left: number | null }
  | { is: 'not_open_yet'; opensAt: Date }
  | { is: Exclude<EnrolRefusal, 'not_open_yet' | 'check_identity' | 'not_accepted'> }

export function stateOf(facts: SeatClass, now: Date): ClassState {
  const reason = closedBecause(facts, now)
  if (reason === null) return { is: 'open', left: seatsLeft(facts) }
  if (reason === 'not_open_yet') return { is: reason, opensAt: facts.enrolOpensAt ?? now }
  return { is: reason }
}
