import type { Tx } from '#db/client.server.ts'
import { findObstacles, type Obstacles } from './obstacles.server.ts'
import { holdPlace, type PlaceRow } from './places.server.ts'
import { type HeldClass, lockClass } from './seat-class.server.ts'
import type { SeatAnswer, SeatRequest } from './seat-request.ts'

/**
 * A command of a worker on the own seat, for the purpose `seats`. `look`: locks the class and reads what the command has to know, in one
 * flush, and writes nothing; `act`: decides and writes. Null: no such class, or one that the public does not see.
 */
export type SeatCommand<R, L extends Looked = Looked> = {
  look: (tx: Tx, request: SeatRequest) => Promise<L>
  act: (tx: Tx, request: SeatRequest, looked: L) => Promise<SeatAnswer<R> | null>
}

/** The class under its lock (null: none), and the person's place in it as it stood when the lock was given. */
export type Looked = { held: HeldClass | null; place: PlaceRow | null }

/** Whose place in which class a command is about. */
export const placeOf = ({ academyCode, classId, worker: { personId, accountId } }: SeatRequest) => ({
  ...{ academyCode, classId },
  ...{ personId, accountId },
})

const lock = (tx: Tx, request: SeatRequest) => {
  const { worker, requestId } = request
  return lockClass(tx, { ...request, by: { voice: 'worker', accountId: worker.accountId, requestId } })
}

export async function lookAtPlace(tx: Tx, request: SeatRequest): Promise<Looked> {
  const [held, place] = await Promise.all([lock(tx, request), holdPlace(tx, placeOf(request))])
  return { held, place }
}

/** The same, with what may keep the worker from a seat. */
export async function lookForSeat(tx: Tx, request: SeatRequest): Promise<Looked & { obstacles: Obstacles }> {
  const of = placeOf(request)
  const [held, place, obstacles] = await Promise.all([lock(tx, request), holdPlace(tx, of), findObstacles(tx, of)])
  return { held, place, obstacles }
}
