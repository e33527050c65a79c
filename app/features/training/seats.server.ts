import { and, eq, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'
import { enrol } from './enrol.server.ts'
import { answerOffer } from './offer.server.ts'
import { retriedAsWorker } from './retry.server.ts'
import type { Looked, SeatCommand } from './seat-command.server.ts'
import { closedAtOnce, type Glance, glanceAt } from './seat-glance.server.ts'
import type { AskingWorker, OfferRefusal, SeatAnswer, SeatRequest } from './seat-request.ts'
import type { EnrolRefusal, WithdrawRefusal } from './seat-rules.ts'
import { withdraw } from './withdraw.server.ts'

/**
 * `sent`: the form that asks, so that sending it twice does it once; null: none. `isBarred`: whether something that seats know
 * nothing of keeps the worker from a class of this course (others to be finished before): asked as the worker, before anything is done.
 */
type Ask = Omit<SeatRequest, 'worker'> & {
  sent?: SentForm | null
  isBarred?: (tx: Tx, courseSlug: string) => Promise<boolean>
}

/** Asks for a seat for the signed-in worker, after the guard. Null: there is no such class for the public. */
export const bookSeat = (viewer: Viewer, ask: Ask): Promise<SeatAnswer<EnrolRefusal | 'prerequisites'> | null> =>
  asWorker(viewer, ask, enrol, closedAtOnce)

/** Gives the signed-in worker's seat back, or leaves the line, after the guard. Null: there is no such class for the public. */
export const leaveSeat = (
  viewer: Viewer,
  ask: Omit<Ask, 'isBarred'>,
): Promise<SeatAnswer<WithdrawRefusal | 'prerequisites' | 'check_identity'> | null> => asWorker(viewer, ask, withdraw)

/** Takes the seat that is offered to the signed-in worker, or lets it go, after the guard. Null as in {@link bookSeat}. */
export const answerSeat = (
  viewer: Viewer,
  { isAccepted, ...ask }: Ask & { isAccepted: boolean },
): Promise<SeatAnswer<OfferRefusal | 'prerequisites'> | null> => asWorker(viewer, ask, answerOffer(isAccepted))

type Refused<R> = SeatAnswer<R | 'prerequisites' | 'form_reused' | 'check_identity'>

/**
 * Runs a command of seats once for a form, as the worker behind the account, for the purpose `seats`. `refused`: what the class
 * itself says to everybody, seen without a lock.
 */
async function asWorker<R extends string, L>(
  viewer: Viewer,
  { sent = null, isBarred, ...ask }: Ask,
  command: SeatCommand<R, L & Looked>,
  refused?: (seen: Glance, now: Date) => R | null,
): Promise<Refused<R> | null> {
  const { accountId, personId } = viewer
  const run = () =>
    as(viewer, async (tx) => {
      const asking = findAskingWorker(tx, accountId)
      const request = async () => ({ ...ask, worker: (await asking)! })
      const seats = <T>(work: (request: SeatRequest) => Promise<T>) =>
        request().then((known) => within(tx, system('seats'), () => work(known)))
      return once<SeatAnswer<R | 'prerequisites'> | null, L & Looked>(
        tx,
        { accountId, sent, now: ask.now },
        {
          early: async () => {
            const seen = refused || isBarred ? await glanceAt(tx, { ...ask, accountId, personId }) : null
            if ((await asking) === null) return null
            const courseSlug = seen?.facts.courseSlug
            if (courseSlug && (await isBarred?.(tx, courseSlug))) return { ok: false, reason: 'prerequisites' }
            const reason = seen && refused?.(seen, ask.now)
            return reason ? { ok: false, reason } : undefined
          },
          look: () => seats((known) => command.look(tx, known)),
          work: (looked) => seats((known) => command.act(tx, known, looked)),
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
