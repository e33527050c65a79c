import type { ExtractTablesWithRelations, SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { type Acting, type Settings, tellActor } from './acting.server.ts'

type NoSchema = Record<string, never>

/** Drizzle on one connection, inside one transaction that knows who is acting. Made by `runAs` (client.server.ts) alone. */
export type Tx = PostgresJsTransaction<NoSchema, ExtractTablesWithRelations<NoSchema>>

const dialect = new PgDialect()
/** A transaction's own client; a savepoint is drizzle's own making, on a client of its own. */
const clients = new WeakMap<Tx, postgres.TransactionSql>()
const clientOf = (tx: Tx): postgres.TransactionSql | undefined =>
  clients.get(tx) ?? (tx as unknown as { session: { client?: postgres.TransactionSql } }).session.client

/**
 * A transaction of the driver as one of drizzle's. Drizzle sends its queries unprepared, in two round trips; through this they
 * are prepared once a connection, in the order in which they are asked, and each is asked as whoever acts then.
 */
export function transactionOn(sql: postgres.TransactionSql, prepare: boolean, settings: Settings): Tx {
  const who: Acting = { as: settings, known: null, hasEnded: false }
  const tx = drizzleOn(guarded(sql, prepare, who))
  clients.set(tx, sql)
  return tx
}

/**
 * From here on nothing may be asked of it: the connection goes back to the pool, and what a part of the work asks that its
 * siblings did not wait for would be asked as whoever has the connection then.
 */
export function endTransaction(tx: Tx): void {
  actorOf(tx).hasEnded = true
}

/** Who acts in a transaction; to be changed for a while by `actAs` alone. */
export function actorOf(tx: Tx): Acting {
  const sql = clientOf(tx)
  const told = sql && tells.get(sql)
  if (!told) throw new Error('not a transaction of runAs')
  return told.who
}

/** The driver's connection of a transaction, for what drizzle does not know: COPY. @throws an Error once it has ended. */
export function rawSql(tx: Tx): postgres.TransactionSql {
  const sql = clientOf(tx)
  if (!sql) throw new Error('not a transaction of runAs')
  tell(sql)
  return sql
}

/**
 * Sends statements of which none needs another's answer, all at once: the database runs them in their order, and none waits
 * until this process has a moment to ask the next. Their rows are not kept.
 * @throws what the first that failed throws; the database refuses those after it.
 */
export async function sendAll(tx: Tx, statements: readonly SQL[]): Promise<void> {
  await Promise.all(statements.map((asked) => tx.execute(asked)))
}

/** A transaction on no connection: for building queries alone. */
export const nowhere: Tx = drizzleOn(undefined)

/** What looks like a transaction, and is none: for single statements. */
export function outsideOf(client: postgres.TransactionSql): Tx {
  const here = drizzleOn(client)
  clients.set(here, client)
  return here
}

function drizzleOn(client: postgres.TransactionSql | undefined): Tx {
  const session = new PostgresJsSession(
    client as never, // typed for a pool; of a pool it uses nothing that a transaction lacks
    dialect,
    undefined,
  )
  return new PostgresJsTransaction(dialect, session as never, undefined)
}

type Ask = postgres.TransactionSql['unsafe']

/** By client: who acts, and how it is asked without a word of that. */
const tells = new WeakMap<postgres.TransactionSql, { who: Acting; ask: Ask }>()

function tell(sql: postgres.TransactionSql): void {
  const told = tells.get(sql) // none outside of transactions: nobody acts there
  if (told) tellActor(told.who, told.ask)
}

function guarded(sql: postgres.TransactionSql, prepare: boolean, who: Acting): postgres.TransactionSql {
  const [unsafe, savepoint] = [sql.unsafe.bind(sql), sql.savepoint]
  // `simple`: or a query without parameters would be read and planned anew each time.
  const ask = ((query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare, simple: false } as typeof options).execute()) as Ask
  tells.set(sql, { who, ask })
  const begin = async (work: (inner: postgres.TransactionSql) => Promise<unknown>) => {
    tell(sql)
    try {
      return await savepoint(async (inner) => {
        try {
          return await work(guarded(inner, prepare, who))
        } finally {
          // The driver would roll back to a savepoint that somebody else's transaction does not have.
          if (who.hasEnded) await new Promise(() => {})
        }
      })
    } finally {
      who.known = null // what was told in it is forgotten where it is rolled back
    }
  }
  return Object.assign(sql, {
    unsafe: ((...asked) => {
      tell(sql)
      return ask(...asked)
    }) as Ask,
    savepoint: begin as typeof sql.savepoint,
  })
}
