import { sql } from 'drizzle-orm'
import { runtime } from '#app/lib/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import manifest from '../../../package.json' with { type: 'json' }

/** The state of an installation: versions and sizes. Nothing in it is about a person. */
export type SystemState = {
  version: string
  node: string
  /** Of the process that answered. */
  startedAt: Date
  memoryBytes: number
  isEmbedded: boolean
  database: string
  databaseBytes: number
  migrations: number
  /** Rows by table, as PostgreSQL's statistics have them: exact to a second on a quiet system. */
  tables: { name: string; rows: number }[]
}

/**
 * Reads it for the purpose `health`. Rows are taken from the statistics, which row-level security does not hide: the
 * operator's counts need no right to read a single row.
 */
export async function readSystemState(tx: Tx, now: Date): Promise<SystemState> {
  const [facts] = await tx.execute<{ database: string; bytes: string; migrations: number }>(sql`
    select current_setting('server_version') as database, pg_database_size(current_database())::text as bytes,
      (select count(*)::int from drizzle.__drizzle_migrations) as migrations`)
  const tables = await tx.execute<{ name: string; rows: number }>(sql`
    select s.relname as name, greatest(s.n_live_tup, c.reltuples, 0)::int as rows
    from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.schemaname = 'public' order by s.relname`)
  return {
    version: manifest.version,
    node: process.version,
    startedAt: new Date(now.getTime() - process.uptime() * 1000),
    memoryBytes: process.memoryUsage.rss(),
    isEmbedded: runtime().env.databaseUrl === undefined,
    database: facts!.database,
    databaseBytes: Number(facts!.bytes),
    migrations: facts!.migrations,
    tables: [...tables],
  }
}
