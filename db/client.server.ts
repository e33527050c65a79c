import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { isLate, type Settings } from './acting.server.ts'
import { beginAtOnce } from './begin.server.ts'
import { statement } from './statement.server.ts'
import { actorOf, endTransaction, outsideOf, rawSql, sendAll, type Tx, transactionOn } from './transaction.server.ts'

export { rawSql, sendAll, statement, type Tx }

/** A pool of connections under the app's login, which is neither owner nor superuser. */
export type Pool = postgres.Sql

/**
 * Opens a pool; over the Unix socket, where one is given. `prepare: false` is for PgBouncer in transaction mode (see `?prepare=false` in the address).
 * Connects on first use; never throws by itself.
 */
export function openPool(url: string, options: { max?: number; name?: string; socket?: string | null } = {}): Pool {
  const address = new URL(url)
  const prepare = address.searchParams.get('prepare') !== 'false'
  address.searchParams.delete('prepare')
  const pool = postgres(address.href, {
    max: options.max ?? 10,
    ...(options.socket ? { path: options.socket } : {}),
    prepare,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: options.name ?? 'jiangxuetang', TimeZone: 'UTC' },
  })
  drizzle(pool) // lets drizzle, not the driver, parse dates
  beginAtOnce(pool)
  return pool
}

/**
 * Runs `work` in one transaction on one connection, with the actor's settings local to it. Commits when `work` returns,
 * rolls back when it throws. BEGIN and the settings travel in the same flush as the first query of `work`, and the end of the
 * transaction in that of its {@link lastWrites}.
 */
export async function runAs<T>(pool: Pool, settings: Settings, work: (tx: Tx) => Promise<T>): Promise<T> {
  const last: Promise<unknown>[] = []
  let opened: Tx | undefined
  let isLost = false
  try {
    const result = await pool.begin(async (sql) => {
      const tx = transactionOn(sql, pool.options.prepare, settings)
      opened = tx
      closing.set(tx, last)
      try {
        return { done: await work(tx) }
      } finally {
        endTransaction(tx)
        // The driver would end a transaction that is somebody else's, or ask where no connection is.
        if (isLost) await new Promise(() => {})
      }
    })
    for (const one of last) await one
    return result.done as T
  } catch (error) {
    isLost = true // where the connection was, `work` may still be at it
    if (opened) endTransaction(opened)
    if (databaseCode(error) === FAILED_BEFORE) for (const one of last) await one
    throw error
  }
}

/**
 * {@link runAs} for reading what is asked at once: the {@link statement}s that `read` asks before it waits for anything, with the
 * end of the transaction behind them in the same flush. Where it goes on to ask (the first time that a lesson is read), it is
 * done anew in a transaction that waits for it; so it may do nothing but read, and should hardly ever go on.
 */
export async function readAs<T>(pool: Pool, settings: Settings, read: (tx: Tx) => Promise<T>): Promise<T> {
  const { answer } = await pool.begin(async (sql) => {
    const tx = transactionOn(sql, pool.options.prepare, settings)
    const answer = read(tx)
    answer.catch(() => undefined) // looked at below
    endTransaction(tx)
    return { answer }
  })
  return answer.catch((error: unknown) => {
    if (!isLate(error)) throw error
    return runAs(pool, settings, read)
  })
}

/** Of a transaction that failed what comes later only says that it had; the write that failed says why. */
const FAILED_BEFORE = '25P02'
const closing = new WeakMap<Tx, Promise<unknown>[]>()

/**
 * Writes whose answers nobody has to wait for before the transaction ends: COMMIT is sent behind them, and does nothing where one of
 * them failed; {@link runAs} then throws its error. They must be on their way already, as a {@link statement} is that was called.
 */
export function lastWrites(tx: Tx, writes: Promise<unknown>): void {
  const last = closing.get(tx)
  if (!last) throw new Error('not a transaction of runAs')
  writes.catch(() => undefined) // runAs looks at it later
  last.push(writes)
}

/**
 * Inside {@link runAs}: does `work` as another actor, on the same transaction, and goes on as the one before. What a page reads
 * behind its guard needs no second transaction. A {@link statement} that was asked before `work` is answered as the one before; nothing else
 * of the other actor may be asked at the same time.
 */
export async function actAs<T>(tx: Tx, settings: Settings, work: (tx: Tx) => Promise<T>): Promise<T> {
  const who = actorOf(tx)
  const before = who.as
  who.as = settings
  try {
    return await work(tx)
  } finally {
    who.as = before
  }
}

/**
 * The pool as a place to run one {@link statement} outside a transaction, under nobody's settings: for functions of the
 * database that carry their own purpose. Row-level security admits nothing else.
 */
export function single(pool: Pool): Tx {
  const known = singles.get(pool)
  if (known) return known
  const { prepare } = pool.options
  const unsafe: typeof pool.unsafe = (query, parameters, options) =>
    pool.unsafe(query, parameters, { ...options, prepare, simple: false } as typeof options)
  const here = outsideOf({ unsafe } as postgres.TransactionSql)
  singles.set(pool, here)
  return here
}
const singles = new WeakMap<Pool, Tx>()

/** The PostgreSQL error code behind an error, whoever wrapped it; undefined for other errors. */
export function databaseCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof postgres.PostgresError) return cause.code
  return undefined
}
