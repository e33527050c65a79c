import { databaseCode, type Tx } from '#db/client.server.ts'

/** Two classes at one time, taken at once (worker_time_once). */
const EXCLUSION_VIOLATION = '23P01'
/** Two classes that want the time of the same workers, each in its own order. */
const DEADLOCK = '40P01'
const MOST = 4

/**
 * Runs a command of seats again where the database let it fail for another one at the same time: it then sees what the
 * other did, and says so. @throws what it throws after some attempts.
 */
export async function retried<A>(run: () => Promise<A>): Promise<A> {
  for (let attempt = 1; ; attempt++)
    try {
      return await run()
    } catch (error) {
      const isOthers = [EXCLUSION_VIOLATION, DEADLOCK].includes(databaseCode(error) ?? '')
      if (!isOthers || attempt === MOST) throw error
    }
}

/**
 * The same for a worker: where it still fails the time is somebody's of whom nothing may be told (another account's, of the person
 * whom this one claims to be).
 */
export async function retriedAsWorker<A>(run: () => Promise<A>): Promise<A | { ok: false; reason: 'check_identity' }> {
  try {
    return await retried(run)
  } catch (error) {
    if (databaseCode(error) !== EXCLUSION_VIOLATION) throw error
    return { ok: false, reason: 'check_identity' }
  }
}

/**
 * Does `work` in a savepoint and takes back what it wrote where its answer is a refusal, so that a rule can be asked of things as
 * they would be.
 */
export async function undone<A extends { ok: boolean }>(tx: Tx, work: (tx: Tx) => Promise<A>): Promise<A> {
  let answer: A | undefined
  try {
    return await tx.transaction(async (savepoint) => {
      answer = await work(savepoint as Tx)
      if (!answer.ok) throw new TakenBack()
      return answer
    })
  } catch (error) {
    if (error instanceof TakenBack && answer) return answer
    throw error
  }
}

class TakenBack extends Error {}
