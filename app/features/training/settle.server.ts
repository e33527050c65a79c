import type { Tx } from '#db/client.server.ts'
import { ineligibleBecause } from './eligibility.ts'
import { offerUntil } from './hold.ts'
import { listWaiting, type Waiting } from './obstacles.server.ts'
import { listDuePlaces, nextDueAt, type PlaceRow } from './places.server.ts'
import type { HeldClass, SeatedClass } from './seat-class.server.ts'
import { move, type Room, type SeatEvent } from './seat-machine.ts'
import { seatsLeft } from './seat-rules.ts'
import { writeSeat } from './seat-write.server.ts'

/** Whether time has run out for somebody in a class: it has to be settled before anything is said or done about its seats. */
export const isDue = ({ answersDueAt }: Pick<SeatedClass, 'answersDueAt'>, now: Date): boolean =>
  answersDueAt !== null && answersDueAt <= now

/**
 * Settles what time has decided, under the class's lock: requests and offers that nobody answered end, and each seat that
 * is free by it goes to the next who waits. It is done by whoever comes first, the job (due-seats.server.ts), a reader or a command,
 * so that a job that stands still shows nobody a wrong state. @returns whether anything changed.
 */
export async function settle(tx: Tx, held: HeldClass): Promise<boolean> {
  if (!isDue(held.facts, held.now)) return false
  const due = await listDuePlaces(tx, held.facts, held.now)
  for (const place of due) await change(tx, held, place, { is: 'expire' })
  // Exact again: nothing but this takes the time of those away who answered.
  held.facts.answersDueAt = await nextDueAt(tx, held.facts)
  await offerFreeSeats(tx, held)
  return true
}

/**
 * Offers every free seat to the first of those who wait and can take it: still eligible, no other class at that time, within the limit. Whoever
 * cannot keeps the place in line. After the cut-off, and in a class that is no longer to be, nothing is offered.
 */
export async function offerFreeSeats(tx: Tx, held: HeldClass): Promise<void> {
  const { facts, policy, now } = held
  if (facts.lineNumbers === 0 || facts.status !== 'published' || offerUntil(facts, policy, now) === null) return
  let after = 0
  while (hasFree(facts)) {
    const batch = await listWaiting(tx, facts, after)
    for (const waiting of batch)
      if (hasFree(facts) && canTake(held, waiting)) await change(tx, held, waiting, { is: 'offer' })
    const last = batch.at(-1)?.lineNumber
    if (!last) return
    after = last
  }
}

const hasFree = (facts: SeatedClass) => seatsLeft(facts) !== 0

const canTake = ({ facts, policy }: HeldClass, waiting: Waiting) =>
  waiting.obstacles.clash === null &&
  (policy.mostSeats === 0 || facts.mode === 'online' || waiting.obstacles.held < policy.mostSeats) &&
  ineligibleBecause(facts, waiting) === null

/** What the clock itself does to a place, in its own voice. */
async function change(tx: Tx, held: HeldClass, place: PlaceRow, event: SeatEvent): Promise<void> {
  const moved = move(place, event)
  if (!moved.ok || !moved.isNew) return
  const clock: HeldClass = { ...held, by: { voice: 'clock', requestId: held.by.requestId } }
  await writeSeat(tx, clock, { ...place, place, event: event.is, moved, given: null })
}

/**
 * Whether somebody who comes now finds a seat: free, and nobody before who waits and could have it. What is free is offered to them first.
 */
export async function roomIn(tx: Tx, held: HeldClass): Promise<Room> {
  if (hasFree(held.facts)) await offerFreeSeats(tx, held)
  return { isFree: hasFree(held.facts), mayWait: held.facts.hasWaitlist }
}
