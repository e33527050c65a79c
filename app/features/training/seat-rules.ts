import { addDays, shanghaiInstant } from '#app/lib/calendar.ts'
import type { ClassOrigin, ClassStatus, Mode, Seat } from '#db/values.ts'

/** What the rules of seats look at in a class. Dates are Shanghai's, `YYYY-MM-DD`. */
export type SeatClass = {
  origin: ClassOrigin
  status: ClassStatus
  mode: Mode
  startsOn: string
  /** Inclusive. */
  endsOn: string
  /** Null: as many as come (online). */
  capacity: number | null
  /** Seats held; may be more than the capacity once that was cut. */
  taken: number
  /** The academy answers each request. */
  needsApproval: boolean
  /** Who finds no seat may wait for one. */
  hasWaitlist: boolean
  /** Null: open from the moment the class is published. */
  enrolOpensAt: Date | null
  /** Exclusive; null: until the class starts, of an online one until it ends. */
  enrolClosesAt: Date | null
  /** Exclusive; null: until the class starts, of an online one until it ends. */
  withdrawUntil: Date | null
}

/** The worker's own place in the class, if there ever was one. `isRecorded`: hours or a credit stand on it. */
export type OwnSeat = { seat: Seat; isRecorded: boolean }

export type EnrolRefusal =
  | 'not_offered' // a draft or cancelled class, or one that a ledger brought
  | 'not_open_yet'
  | 'closed' // the enrolment period is over
  | 'started'
  | 'ended'
  | 'full'
  | 'check_identity' // the person has a place here that is not this account's: the class head clears it up
  | 'not_accepted' // the academy rejected the worker for this class
  | 'clash' // the worker sits elsewhere at the same time
  | 'limit' // the worker has as many classes in the year as one may
  | 'declare' // the class asks for something that the worker has not said
  | 'not_eligible'
  | 'form_reused' // the form's key was used for something else

export type WithdrawRefusal = 'not_enrolled' | 'too_late' | 'recorded' | 'form_reused'

/** What the class itself says about enrolling, whoever asks. */
export type ClosedReason = 'not_offered' | 'not_open_yet' | 'closed' | 'started' | 'ended' | 'full'

/** The instant at which a class begins for these rules: midnight in Shanghai before its first day. */
export const startOf = (facts: Pick<SeatClass, 'startsOn'>): Date => shanghaiInstant(facts.startsOn)

/** The instant at which its last day is over. */
export const endOf = (facts: Pick<SeatClass, 'endsOn'>): Date => shanghaiInstant(addDays(facts.endsOn, 1))

/** Until when one may enrol, exclusive. */
export function enrolUntil(facts: SeatClass): Date {
  return facts.enrolClosesAt ?? (facts.mode === 'online' ? endOf(facts) : startOf(facts))
}

/** Until when one may withdraw, exclusive. */
export function withdrawUntil(facts: SeatClass): Date {
  return facts.withdrawUntil ?? (facts.mode === 'online' ? endOf(facts) : startOf(facts))
}

/** Seats still free, none where a cut left more workers than seats; null where there is no limit. */
export const seatsLeft = (facts: Pick<SeatClass, 'capacity' | 'taken'>): number | null =>
  facts.capacity === null ? null : Math.max(0, facts.capacity - facts.taken)

/** Whether a place counts as held: it takes a seat, or waits for one. */
export const isHeld = (seat: Seat): boolean => seat !== 'withdrawn' && seat !== 'rejected'

/** Why nobody new may enrol or wait in a class now; null where it is open. The order is the order in which a worker would ask. */
export function closedBecause(facts: SeatClass, now: Date): ClosedReason | null {
  if (facts.origin !== 'system' || facts.status === 'draft' || facts.status === 'cancelled') return 'not_offered'
  // Who closes a class closes one that is over: to workers it is what it was before.
  if (now >= endOf(facts)) return 'ended'
  if (facts.status === 'closed') return 'not_offered'
  if (facts.enrolOpensAt && now < facts.enrolOpensAt) return 'not_open_yet'
  if (now >= enrolUntil(facts)) return facts.enrolClosesAt ? 'closed' : facts.mode === 'online' ? 'ended' : 'started'
  return seatsLeft(facts) === 0 && !facts.hasWaitlist ? 'full' : null
}

/**
 * May this worker take a seat now? A place already held is no refusal: a second click has the same result as the first.
 * `isElsewhere`: the person sits here through a ledger or another account, of which nothing may be told; it is looked at
 * last, so that it never answers before what everybody may see.
 */
export function decideEnrol(
  facts: SeatClass,
  own: OwnSeat | null,
  isElsewhere: boolean,
  now: Date,
): { ok: true; isNew: boolean } | { ok: false; reason: EnrolRefusal } {
  if (own && isHeld(own.seat)) return { ok: true, isNew: false }
  const closed = closedBecause(facts, now)
  if (closed) return { ok: false, reason: closed }
  if (own?.seat === 'rejected') return { ok: false, reason: 'not_accepted' }
  if (isElsewhere) return { ok: false, reason: 'check_identity' }
  return { ok: true, isNew: true }
}

/**
 * May this worker give the seat back now? Not once hours are recorded on it; and to have withdrawn already is no refusal.
 */
export function decideWithdraw(
  facts: SeatClass,
  own: OwnSeat | null,
  now: Date,
): { ok: true; isNew: boolean } | { ok: false; reason: WithdrawRefusal } {
  if (!own) return { ok: false, reason: 'not_enrolled' }
  if (!isHeld(own.seat))
    return own.seat === 'withdrawn' ? { ok: true, isNew: false } : { ok: false, reason: 'not_enrolled' }
  if (own.isRecorded) return { ok: false, reason: 'recorded' }
  return facts.status !== 'closed' && now < withdrawUntil(facts)
    ? { ok: true, isNew: true }
    : { ok: false, reason: 'too_late' }
}
