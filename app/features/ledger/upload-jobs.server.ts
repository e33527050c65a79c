import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { nudge, type Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { databaseCode, type Tx } from '#db/client.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import type { UploadState } from '#db/values.ts'
import { OVERTAKEN } from './import.server.ts'
import { cleanUploads } from './upload-clean.server.ts'
import { hasFile, removeFile } from './upload-files.server.ts'
import { GivenUp, type Job } from './upload-job.server.ts'
import { readUpload } from './upload-read.server.ts'
import { work } from './upload-work.server.ts'

/** How often a job is begun before it is given up: one that brings the process down must not do so for ever. */
const ATTEMPTS = 3
const PAUSE_MS = 5000
/** A file that no server had for so long is gone. */
const LOST_MS = 3_600_000

type Waiting = Extract<UploadState, 'received' | 'mapped' | 'importing'>

/** Looking at the sheets and headers of uploaded ledgers: seconds at most, with nobody waiting behind an import. */
export const readQueue = queueOf('ledgers received', ['received'])

/** Checks and imports of uploaded ledgers, in the server's process. */
export const uploadQueue = queueOf('ledger uploads', ['mapped', 'importing'])

function queueOf(name: string, states: Waiting[]): Queue {
  return { name, waiting: () => listWaiting(states), run: (id, signal) => runUpload(id, states, signal) }
}

async function listWaiting(states: Waiting[]): Promise<string[]> {
  const now = new Date()
  await cleanUploads(now)
  const rows = await as(system('ledger'), (tx) =>
    tx
      .select({ id: ledgerUpload.id, touchedAt: ledgerUpload.touchedAt })
      .from(ledgerUpload)
      .where(
        and(inArray(ledgerUpload.state, states), or(isNull(ledgerUpload.waitUntil), lt(ledgerUpload.waitUntil, now))),
      )
      .orderBy(asc(ledgerUpload.touchedAt))
      .limit(100),
  )
  const ours: string[] = []
  for (const { id, touchedAt } of rows) {
    // Another server of this database may have received it, and has its file.
    if (await hasFile(id)) ours.push(id)
    else if (now.getTime() - touchedAt.getTime() > LOST_MS)
      await fail(id, new Error('an uploaded file is gone'), 'lost', states)
  }
  return ours
}

/**
 * Reads, checks or imports one upload. Facts, import and the upload's new state are one transaction, and the lock on the upload
 * dies with it: a process that is killed in the middle leaves nothing, a file is never imported twice.
 */
async function runUpload(id: string, states: Waiting[], signal: AbortSignal): Promise<boolean> {
  let done: { removes: boolean } | null = null
  let hasBegun = false
  try {
    done = await as(system('ledger'), async (tx) => {
      const job = await take(tx, id, states)
      if (!job) return null
      hasBegun = true
      await begin(job, states)
      return job.state === 'received' ? readUpload(tx, job) : work(tx, job, signal)
    })
  } catch (error) {
    if (!hasBegun) throw error
    await fail(id, error, signal.aborted || error instanceof GivenUp ? 'stopped' : 'failed', states)
    return true
  }
  if (done?.removes) await removeFile(id)
  if (done) nudge() // What was read may wait for its check.
  return done !== null
}

/** The upload, if it waits and no other process has it. */
async function take(tx: Tx, id: string, states: Waiting[]): Promise<Job | null> {
  const [lock] = (await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`ledger_upload ${id}`}, 0)) as "isOurs"`,
  )) as unknown as { isOurs: boolean }[]
  if (!lock?.isOurs) return null
  const [job] = await tx
    .select()
    .from(ledgerUpload)
    .where(and(eq(ledgerUpload.id, id), inArray(ledgerUpload.state, states)))
  return job ?? null
}

/** Counts the attempt in a transaction of its own: it must be known even if this process ends now. */
async function begin({ id, attempts }: Job, states: Waiting[]): Promise<void> {
  if (attempts >= ATTEMPTS) throw new Error('an upload ended its process several times')
  await as(system('ledger'), (tx) =>
    tx
      .update(ledgerUpload)
      .set({ attempts: attempts + 1, phase: 'reading', rowsRead: 0 })
      .where(and(eq(ledgerUpload.id, id), inArray(ledgerUpload.state, states))),
  )
}

/** Tries again later; gives up after some attempts. A stop of the process, or being overtaken, is nobody's fault. */
async function fail(id: string, error: unknown, how: 'stopped' | 'failed' | 'lost', states: Waiting[]): Promise<void> {
  const isStop = how === 'stopped'
  const most = how === 'lost' ? 0 : ATTEMPTS
  const isOvertaken = OVERTAKEN.has(databaseCode(error) ?? '')
  if (!isStop && !isOvertaken)
    runtime().logger.error({ err: error, upload: id }, 'a ledger could not be read or imported')
  const attempts = sql`${ledgerUpload.attempts}`
  await as(system('ledger'), (tx) =>
    tx
      .update(ledgerUpload)
      .set({
        phase: null,
        rowsRead: 0,
        attempts: isStop ? sql`greatest(${attempts} - 1, 0)` : attempts,
        state: isStop
          ? ledgerUpload.state
          : sql`case when ${attempts} >= ${most} then 'failed' else ${ledgerUpload.state} end`,
        waitUntil: isStop || isOvertaken ? null : new Date(Date.now() + PAUSE_MS),
      })
      .where(and(eq(ledgerUpload.id, id), inArray(ledgerUpload.state, states))),
  ).catch((lost: unknown) => {
    // The database went away with the job: it is found again as it was.
    if (!isStop) runtime().logger.error({ err: lost, upload: id }, 'a failed import could not be noted')
  })
}
