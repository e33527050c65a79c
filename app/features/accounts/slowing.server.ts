import { inArray, lt, sql } from 'drizzle-orm'
import { indexOf } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { failure } from '#db/schema/index.ts'
import { afterFailure, type Limit, type Remembered, secondsToWait } from './slowing.ts'

/** One thing that is slowed: what it is (`account:…`, `address:…`; stored as an HMAC alone) and how fast it may be. */
export type Slowed = { what: string; limit: Limit }

/** What nobody tried for so long is forgotten: every limit has forgiven it by then. */
const FORGOTTEN_MS = 48 * 60 * 60 * 1000

/**
 * Takes one attempt at everything named, or none of it. It is counted as a failure before it is made, under a lock, so
 * that a hundred guesses at once are a hundred; who succeeds gives it back with {@link giveBack}.
 * Runs for the purposes `sign_in` and `register`.
 * @returns `wait`: seconds until an attempt is possible (0: it was taken); `next`: seconds to wait should this one fail.
 */
export async function takeAttempt(tx: Tx, slowed: Slowed[], now: Date): Promise<{ wait: number; next: number }> {
  const keyed = await lock(tx, slowed)
  const remembered = await remember(tx, keyed)
  const wait = Math.max(...keyed.map(({ key, limit }) => secondsToWait(limit, remembered(key), now)))
  if (wait > 0) return { wait, next: wait }
  const failed = keyed.map(({ key, limit }) => ({ key, limit, ...afterFailure(limit, remembered(key), now) }))
  await tx
    .insert(failure)
    .values(failed.map(({ key, failures, lastAt }) => ({ key, failures, lastAt })))
    .onConflictDoUpdate({
      target: failure.key,
      set: { failures: sql`excluded.failures`, lastAt: sql`excluded.last_at` },
    })
  return { wait: 0, next: Math.max(...failed.map((one) => secondsToWait(one.limit, one, now))) }
}

/** After success: `forgotten` starts from nothing, of `kept` the one attempt is taken back. */
export async function giveBack(tx: Tx, input: { forgotten: Slowed[]; kept: Slowed[]; now: Date }): Promise<void> {
  const keyed = await lock(tx, [...input.forgotten, ...input.kept])
  const kept = keyed.filter(({ what }) => input.kept.some((one) => one.what === what)).map(({ key }) => key)
  const remembered = await remember(tx, keyed)
  const gone = keyed.map(({ key }) => key).filter((key) => !kept.includes(key) || (remembered(key)?.failures ?? 1) <= 1)
  const fewer = kept.filter((key) => !gone.includes(key))
  if (gone.length > 0) await tx.delete(failure).where(inArray(failure.key, gone))
  if (fewer.length > 0)
    await tx
      .update(failure)
      .set({ failures: sql`${failure.failures} - 1` })
      .where(inArray(failure.key, fewer))
  if (Math.random() < 1 / 256)
    await tx.delete(failure).where(lt(failure.lastAt, new Date(input.now.getTime() - FORGOTTEN_MS)))
}

type Keyed = Slowed & { key: Buffer }

/** In one order for everyone, or two requests could wait for each other. Held until the transaction ends. */
async function lock(tx: Tx, slowed: Slowed[]): Promise<Keyed[]> {
  const keyed = slowed.map((one) => ({ ...one, key: indexOf('failure', one.what) }))
  keyed.sort((a, b) => a.key.compare(b.key))
  for (const { key } of keyed) await tx.execute(sql`select pg_advisory_xact_lock(${key.readBigInt64BE(0).toString()})`)
  return keyed
}

async function remember(tx: Tx, keyed: Keyed[]): Promise<(key: Buffer) => Remembered> {
  const rows = await tx
    .select()
    .from(failure)
    .where(
      inArray(
        failure.key,
        keyed.map(({ key }) => key),
      ),
    )
  return (key) => rows.find((row) => row.key.equals(key)) ?? null
}
