import { type Actor, system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { findPromisedWay } from '#app/features/notices/choice.server.ts'
import { seatPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { Seat, SeatEnding } from '#db/values.ts'
import { ownPlaceOf, waitingBefore } from './class-page-queries.server.ts'
import { cutOffOf } from './hold.ts'
import { isHeld, type SeatClass, seatsLeft, withdrawUntil } from './seat-rules.ts'

/** The viewer's own place in a class, with what to do next. */
export type OwnPlace = {
  enrolmentId: string
  seat: Seat
  ending: SeatEnding | null
  hoursAttended: number | null
  creditedOn: string | null
  /** Since when the seat is held; null: it is not, or a ledger brought it. */
  seatedAt: Date | null
  /** Until when somebody must answer: of a request the academy, of an offer the worker. */
  answerDueAt: Date | null
  rejectedBecause: string | null
  /** The seat may be given back, or the line left. */
  mayLeave: boolean
  /** Until when a seat that one has may be given back; null: no longer, or none is had. */
  withdrawUntil: Date | null
  /** The number drawn, while the worker waits. */
  lineNumber: number | null
}

/**
 * The place in line: the first is 1. `hold`: how long an offer is held; null: freed seats are offered no more. `told`: how the
 * worker hears of one.
 */
export type LinePlace = {
  position: number
  hold: { hours: number; from: number; until: number } | null
  told: 'app' | 'sms'
}

type Of = SeatClass & { academyId: string; id: string }

export async function findOwnPlace(
  tx: Tx,
  of: Of,
  { actor, now }: { actor: Actor; now: Date },
): Promise<OwnPlace | null> {
  if (actor.kind !== 'user' || actor.role !== 'worker') return null
  const { academyId, id } = of
  const [row] = await ownPlaceOf(tx, { academyId, id, accountId: actor.accountId, personId: actor.personId })
  if (!row) return null
  const seat = row.seat as Seat
  const isOpen = isHeld(seat) && row.hoursAttended === null
  const until = withdrawUntil(of)
  return {
    ...row,
    seat,
    ending: row.ending as SeatEnding | null,
    mayLeave: isOpen && (seat !== 'enrolled' || now < until),
    withdrawUntil: isOpen && seat === 'enrolled' && now < until ? until : null,
    lineNumber: seat === 'waitlisted' ? row.lineNumber : null,
  }
}

/**
 * The worker's place in line (null: does not wait), and how many wait in a full class (null: nobody needs to). Counted for the
 * purpose `seats`, since nobody may see who they are: nothing else may be asked of the transaction meanwhile.
 */
export async function findLine(
  tx: Tx,
  of: Of,
  { own, actor, now }: { own: OwnPlace | null; actor: Actor; now: Date },
): Promise<{ line: LinePlace | null; waiting: number | null }> {
  const before = own?.lineNumber ?? null
  if (before === null && !(of.hasWaitlist && seatsLeft(of) === 0)) return { line: null, waiting: null }
  const { academyId, id } = of
  const [row] = await within(tx, system('seats'), () => waitingBefore(tx, { academyId, id, before }))
  const count = row?.count ?? 0
  if (before === null) return { line: null, waiting: count }
  const policy = await seatPolicy(tx, yearOf(of.startsOn))
  const { holdHours: hours, holdFrom: from, holdUntil: until } = policy
  const hold = now < cutOffOf(of, policy) ? { hours, from, until } : null
  const told = actor.kind === 'user' ? await findPromisedWay(tx, actor) : 'app'
  return { line: { position: count + 1, hold, told }, waiting: null }
}
