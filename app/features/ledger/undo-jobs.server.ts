import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { databaseCode, type Tx } from '#db/client.server.ts'
import { ledgerUndo } from '#db/schema/index.ts'
import type { UndoStep } from '#db/values.ts'
import { OVERTAKEN } from './import.server.ts'
import { undoImport } from './undo.server.ts'

const ATTEMPTS = 3
const PAUSE_MS = 5000

type Job = typeof ledgerUndo.$inferSelect

/** Imports that are to be undone, in the server's process: the row of `ledger_undo` is the job. */
export const undoQueue: Queue = {
  name: 'ledger undos',
  waiting: async () => {
    const rows = await as(system('ledger'), (tx) =>
      tx
        .select({ importId: ledgerUndo.importId })
        .from(ledgerUndo)
        .where(
          and(eq(ledgerUndo.state, 'waiting'), or(isNull(ledgerUndo.waitUntil), lt(ledgerUndo.waitUntil, new Date()))),
        )
        .orderBy(asc(ledgerUndo.askedAt))
        .limit(100),
    )
    return rows.map(({ importId }) => importId)
  },
  run: runUndo,
}

class Stopped extends Error {}

/**
 * Undoes one import. What goes, what is restored and the job's end are one transaction, and the lock on the job dies with
 * it: of a process that is killed in the middle nothing is left, and nothing is undone twice.
 */
async function runUndo(importId: string, signal: AbortSignal): Promise<boolean> {
  let job: Job | null = null
  try {
    return await as(system('ledger'), async (tx) => {
      const taken = await take(tx, importId)
      if (!taken) return false
      job = taken
      await begin(taken)
      const onStep = async (step: UndoStep) => {
        if (signal.aborted) throw new Stopped()
        await tell(taken, { step })
      }
      const now = new Date()
      const undone = await undoImport(tx, { importId, accountId: taken.accountId, now, onStep })
      if (signal.aborted) throw new Stopped()
      const { removed, restored } = undone.ok ? undone : { removed: null, restored: null }
      await tx
        .update(ledgerUndo)
        .set({ state: undone.ok ? 'done' : 'refused', step: null, removed, restored, endedAt: now })
        .where(still(taken))
      return true
    })
  } catch (error) {
    if (!job) throw error
    await fail(job, error)
    return true
  }
}

/** The job, if it waits and no other process has it. */
async function take(tx: Tx, importId: string): Promise<Job | null> {
  const [lock] = (await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`ledger_undo ${importId}`}, 0)) as "isOurs"`,
  )) as unknown as { isOurs: boolean }[]
  if (!lock?.isOurs) return null
  const [job] = await tx
    .select()
    .from(ledgerUndo)
    .where(and(eq(ledgerUndo.importId, importId), eq(ledgerUndo.state, 'waiting')))
  return job ?? null
}

/** Counts the attempt in a transaction of its own: it must be known even if this process ends now. */
async function begin(job: Job): Promise<void> {
  if (job.attempts >= ATTEMPTS) throw new Error('an undo ended its process several times')
  await tell(job, { attempts: job.attempts + 1, step: null })
}

/** Beside the job's transaction, which nobody sees before it ends. */
async function tell(job: Job, changed: Partial<Pick<Job, 'attempts' | 'step' | 'state' | 'waitUntil'>>): Promise<void> {
  await as(system('ledger'), (tx) => tx.update(ledgerUndo).set(changed).where(still(job)))
}

/** Tries again later; gives up after some attempts. A stop of the process, or being overtaken, is nobody's fault. */
async function fail(job: Job, error: unknown): Promise<void> {
  const isStop = error instanceof Stopped
  const isOvertaken = OVERTAKEN.has(databaseCode(error) ?? '')
  const { logger } = runtime()
  if (!isStop && !isOvertaken) logger.error({ err: error, import: job.importId }, 'an import could not be undone')
  const isGivenUp = !isStop && job.attempts + 1 >= ATTEMPTS
  await tell(job, {
    step: null,
    state: isGivenUp ? 'failed' : 'waiting',
    waitUntil: isStop || isOvertaken ? null : new Date(Date.now() + PAUSE_MS),
    ...(isStop ? { attempts: job.attempts } : {}),
  }).catch((lost: unknown) => {
    // The database went away with the job: it is found again as it was.
    if (!isStop) logger.error({ err: lost, import: job.importId }, 'a failed undo could not be noted')
  })
}

const still = ({ academyId, importId }: Job) =>
  and(eq(ledgerUndo.academyId, academyId), eq(ledgerUndo.importId, importId), eq(ledgerUndo.state, 'waiting'))
