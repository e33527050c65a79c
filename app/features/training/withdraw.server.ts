import type { Tx } from '#db/client.server.ts'
import { holdPlace, isOwn, isRecorded, type PlaceRow } from './places.server.ts'
import type { HeldClass } from './seat-class.server.ts'
import { lookAtPlace, placeOf, type SeatCommand } from './seat-command.server.ts'
import { move } from './seat-machine.ts'
import { type WithdrawRefusal, withdrawUntil } from './seat-rules.ts'
import { finish, writeSeat } from './seat-write.server.ts'
import { offerFreeSeats, settle } from './settle.server.ts'

/**
 * Gives a seat back, or leaves the line, for the purpose `seats`; the row stays, so that a list can tell who left. A seat
 * that is free by it goes to the first of those who wait. Null: no such class, or one that the public does not see.
 */
export const withdraw: SeatCommand<WithdrawRefusal> = {
  look: lookAtPlace,
  act: async (tx, request, { held, place }) => {
    const { worker, now } = request
    if (!held) return null
    const { courseSlug } = held.facts
    const row = (await settle(tx, held)) ? await holdPlace(tx, placeOf(request)) : place
    const own = row && isOwn(row, worker) ? row : null
    const moved = own ? await giveBack(tx, held, own, now >= withdrawUntil(held.facts)) : NOT_ENROLLED
    await finish(tx, held)
    return moved.ok ? { ...moved, courseSlug } : moved
  },
}

const NOT_ENROLLED = { ok: false, reason: 'not_enrolled' } as const

/** Frees a place under the class's lock, and offers what is free by it. */
export async function giveBack(tx: Tx, held: HeldClass, place: PlaceRow, isTooLate: boolean) {
  const event = { is: 'withdraw', isRecorded: isRecorded(place), isTooLate } as const
  const moved = move(place, event)
  if (!moved.ok) return { ok: false, reason: moved.reason as WithdrawRefusal } as const
  if (moved.isNew) {
    await writeSeat(tx, held, { ...place, place, event: event.is, moved, given: null })
    await offerFreeSeats(tx, held)
  }
  return { ok: true, isNew: moved.isNew, seat: moved.seat } as const
}
