import { notFound } from '#app/lib/http.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import type { Settings } from '#db/acting.server.ts'
import { actAs, databaseCode, readAs, runAs, single, type Tx } from '#db/client.server.ts'
import type { Actor, System } from './actor.ts'

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * The only door to the database for routes, the shell and jobs: runs `work` in one transaction that carries the actor, so
 * that row-level security stands behind every guard. A write that the policies refuse is trespass, and answers like what
 * does not exist.
 * @throws a 404 Response on trespass; whatever `work` throws otherwise (the transaction is rolled back).
 */
export const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => run(runAs, actor, work)

/**
 * {@link as} for a page that only reads, and asks all it needs before it waits for any of it: a round trip less
 * ({@link readAs}). Where `read` goes on to ask, it is done a second time.
 */
export const asReader = <T>(actor: Actor, read: (tx: Tx) => Promise<T>): Promise<T> => run(readAs, actor, read)

async function run<T>(how: typeof runAs, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await how(runtime().pool, settingsOf(actor), work)
  } catch (error) {
    if (databaseCode(error) !== INSUFFICIENT_PRIVILEGE) throw error
    runtime().logger.warn({ actor: actor.kind, account: settingsOf(actor).account }, 'refused by row-level security')
    throw notFound()
  }
}

/**
 * Inside `as(viewer, …)`, after the guard: does `work` as a named system purpose on the same transaction, then goes on as the
 * viewer. For pages that read what is theirs and what is counted over everybody in one go.
 */
export const within = <T>(tx: Tx, actor: System, work: (tx: Tx) => Promise<T>): Promise<T> =>
  actAs(tx, settingsOf(actor), work)

/**
 * Runs one statement as nobody, without a transaction: a function of the database that carries its own purpose
 * (`find_sessions`). Anything else finds no row.
 */
export const asNobody = <T>(ask: (tx: Tx) => Promise<T>): Promise<T> => ask(single(runtime().pool))

function settingsOf(actor: Actor): Settings {
  if (actor.kind === 'anonymous') return {}
  if (actor.kind === 'system') return { purpose: actor.purpose }
  return {
    account: actor.accountId,
    person: actor.personId ?? undefined,
    academy: actor.academyId ?? undefined,
    union: actor.unionId ?? undefined,
    role: actor.role,
  }
}
