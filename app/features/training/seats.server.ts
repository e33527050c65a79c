import { and, eq, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'
import { enrol, refuseAtOnce } from './enrol.server.ts'
import { answerOffer } from './offer.server.ts'
import { retriedAsWorker } from './retry.server.ts'
import type { AskingWorker, OfferRefusal, SeatAnswer, SeatRefusal, SeatRequest } from './seat-request.ts'
import type { EnrolRefusal, WithdrawRefusal } from './seat-rules.ts'
import { withdraw } from './withdraw.server.ts'

/**
 * `sent`: the form that asks, so that sending it twice does it once; null: none. `isBarred`: whether something that seats know
 * nothing of keeps the worker from the class (a course to be finished before): asked as the worker, before anything is done.
 */
type Ask = Omit<SeatRequest, 'worker'> & { sent?: SentForm | null; isBarred?: (tx: Tx) => Promise<boolean> }

/** Asks for a seat for the signed-in worker, after the guard. Null: there is no such class for the public. */
export const bookSeat = (viewer: Viewer, ask: Ask): Promise<SeatAnswer<EnrolRefusal | 'prerequisites'> | null> =>
  asWorker<EnrolRefusal>(viewer, ask, enrol, refuseAtOnce)

/** Gives the signed-in worker's seat back, or leaves the line, after the guard. Null: there is no such class for the public. */
export const leaveSeat = (
  viewer: Viewer,
  ask: Ask,
): Promise<SeatAnswer<WithdrawRefusal | 'prerequisites' | 'check_identity'> | null> =>
  asWorker<WithdrawRefusal>(viewer, ask, withdraw)

/** Takes the seat that is offered to the signed-in worker, or lets it go, after the guard. Null as in {@link bookSeat}. */
export const answerSeat = (
  viewer: Viewer,
  { isAccepted, ...ask }: Ask & { isAccepted: boolean },
): Promise<SeatAnswer<OfferRefusal | 'prerequisites'> | null> =>
  asWorker<OfferRefusal>(viewer, ask, (tx, request) => answerOffer(tx, { ...request, isAccepted }))

type Command<R> = (tx: Tx, request: SeatRequest) => Promise<SeatAnswer<R> | null>

/** Runs a command of seats once for a form, as the worker behind the account, for the purpose `seats`. */
async function asWorker<R extends string>(
  viewer: Viewer,
  { sent = null, isBarred, ...ask }: Ask,
  command: Command<R>,
  early?: (tx: Tx, request: SeatRequest) => Promise<SeatRefusal<R> | undefined>,
): Promise<SeatAnswer<R | 'prerequisites' | 'form_reused' | 'check_identity'> | null> {
  const { accountId } = viewer
  const run = () =>
    as(viewer, async (tx) => {
      const [worker, barred] = await Promise.all([findAskingWorker(tx, accountId), isBarred?.(tx)])
      if (!worker) return null
      if (barred) return { ok: false, reason: 'prerequisites' } as const
      const request = { ...ask, worker }
      return once<SeatAnswer<R> | null>(
        tx,
        { accountId, sent, now: ask.now },
        {
          work: () => within(tx, system('seats'), () => command(tx, request)),
          early: early && (() => within(tx, system('seats'), () => early(tx, request))),
        },
      )
    })
  return retriedAsWorker(run)
}

const asking = statement((db) =>
  db
    .select({
      personId: account.personId,
      confirmedAt: account.personConfirmedAt,
      name: account.displayName,
      phoneSealed: account.phoneSealed,
    })
    .from(account)
    .where(and(eq(account.id, sql.placeholder('accountId')), eq(account.role, 'worker'))),
)

/** Who the account says to be, read by the account itself. Null for staff. */
export async function findAskingWorker(tx: Tx, accountId: string): Promise<AskingWorker | null> {
  const [row] = await asking(tx, { accountId })
  if (!row?.personId) return null
  return {
    accountId,
    personId: row.personId,
    isConfirmed: row.confirmedAt !== null,
    name: row.name,
    phone: row.phoneSealed && open('account.phone', accountId, row.phoneSealed),
  }
}
