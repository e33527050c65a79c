import { type Actor, system } from '#app/features/accounts/actor.ts'
import { as, asReader } from '#app/features/accounts/as.server.ts'
import { findPromisedWay } from '#app/features/notices/choice.server.ts'
import { type PolicyRow, policyInForce } from '#app/features/policy/policy.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { Seat, SeatEnding } from '#db/values.ts'
import { academyValues } from './academy-given.server.ts'
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

type OwnRow = Awaited<ReturnType<typeof ownPlaceOf>>[number]

/** The row of the viewer's own place; null: a worker who has none, or none who could have one. */
export async function readOwnPlace(
  tx: Tx,
  { actor, academyCode, classId }: { actor: Actor; academyCode: string; classId: string },
): Promise<OwnRow | null> {
  if (actor.kind !== 'user' || actor.role !== 'worker') return null
  const { accountId, personId } = actor
  const [row] = await ownPlaceOf(tx, { ...academyValues({ academyCode }), classId, accountId, personId })
  return row ?? null
}

/** What may be done with a place, by what its class says. */
export function toOwnPlace(row: OwnRow, of: SeatClass, now: Date): OwnPlace {
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
 * The worker's place in line (null: does not wait), and how many wait in a full class (null: nobody needs to). They are counted
 * in a transaction of their own, for the purpose `seats`: nobody may see who they are.
 */
export async function findLine(
  of: Of,
  { own, actor, policies, now }: { own: OwnPlace | null; actor: Actor; policies: PolicyRow[]; now: Date },
): Promise<{ line: LinePlace | null; waiting: number | null }> {
  const before = own?.lineNumber ?? null
  if (before === null && !(of.hasWaitlist && seatsLeft(of) === 0)) return { line: null, waiting: null }
  const { academyId, id } = of
  const [[row], told] = await Promise.all([
    asReader(system('seats'), (tx) => waitingBefore(tx, { academyId, id, before })),
    before !== null && actor.kind === 'user' ? as(actor, (tx) => findPromisedWay(tx, actor)) : ('app' as const),
  ])
  const count = row?.count ?? 0
  if (before === null) return { line: null, waiting: count }
  const policy = policyInForce(policies, yearOf(of.startsOn)).seats
  const { holdHours: hours, holdFrom: from, holdUntil: until } = policy
  const hold = now < cutOffOf(of, policy) ? { hours, from, until } : null
  return { line: { position: count + 1, hold, told }, waiting: null }
}
