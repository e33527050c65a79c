import type { Tx } from '#db/client.server.ts'
import { findObstacles } from './obstacles.server.ts'
import { holdPlace, isOwn } from './places.server.ts'
import { lockClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import type { OfferRefusal, SeatAnswer, SeatRequest } from './seat-request.ts'
import { finish, writeSeat } from './seat-write.server.ts'
import { offerFreeSeats, settle } from './settle.server.ts'

/**
 * The worker takes the seat that is offered, or lets it go to the next, for the purpose `seats`. An offer that runs out meanwhile is
 * settled under the class's lock first: it is taken or it has expired, never both. Null: no such class.
 */
export async function answerOffer(
  tx: Tx,
  request: SeatRequest & { isAccepted: boolean },
): Promise<SeatAnswer<OfferRefusal> | null> {
  const { worker, isAccepted, requestId } = request
  const by = { voice: 'worker', accountId: worker.accountId, requestId } as const
  const { personId, accountId } = worker
  const of = { academyCode: request.academyCode, classId: request.classId, personId, accountId }
  const [held, place, { clash }] = await Promise.all([
    lockClass(tx, { ...request, by }),
    holdPlace(tx, of),
    findObstacles(tx, of),
  ])
  if (!held) return null
  const row = (await settle(tx, held)) ? await holdPlace(tx, of) : place
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
}
