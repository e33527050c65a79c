import type { Obstacles } from './obstacles.server.ts'
import { holdPlace, isOwn } from './places.server.ts'
import { type Looked, lookForSeat, placeOf, type SeatCommand } from './seat-command.server.ts'
import { move } from './seat-machine.ts'
import type { OfferRefusal } from './seat-request.ts'
import { finish, writeSeat } from './seat-write.server.ts'
import { offerFreeSeats, settle } from './settle.server.ts'

/**
 * The worker takes the seat that is offered, or lets it go to the next, for the purpose `seats`. An offer that runs out meanwhile is
 * settled under the class's lock first: it is taken or it has expired, never both. Null: no such class.
 */
export const answerOffer = (isAccepted: boolean): SeatCommand<OfferRefusal, Looked & { obstacles: Obstacles }> => ({
  look: lookForSeat,
  act: async (tx, request, { held, place, obstacles: { clash } }) => {
    const { worker } = request
    if (!held) return null
    const row = (await settle(tx, held)) ? await holdPlace(tx, placeOf(request)) : place
    const { facts } = held
    const own = row && isOwn(row, worker) ? row : null
    const event = { is: isAccepted ? 'accept' : 'decline' } as const
    const moved = move(own, event)
    const isBarred = moved.ok && moved.isNew && isAccepted && clash && (clash.isOwn || worker.isConfirmed)
    if (own && moved.ok && moved.isNew && !isBarred) {
      await writeSeat(tx, held, { ...own, place: own, event: event.is, moved, given: null })
      if (!isAccepted) await offerFreeSeats(tx, held)
    }
    await finish(tx, held)
    if (isBarred) return { ok: false, reason: 'clash', clash: { name: clash.name, startsOn: clash.startsOn } }
    if (!moved.ok) return { ok: false, reason: moved.reason as OfferRefusal }
    return { ok: true, isNew: moved.isNew, seat: moved.seat, courseSlug: facts.courseSlug }
  },
})
