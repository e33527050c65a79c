import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { StartError } from './start-error.ts'

/** The project's folder: source files in db/ and the bundles in build/ both lie one below it. */
const migrationsFolder = fileURLToPath(new URL('../db/migrations', import.meta.url))

/** Oldest PostgreSQL that the product's SQL is written for. */
const OLDEST_MAJOR = 15

/** Serialises migrations of one database among processes that start together. */
const MIGRATION_LOCK = 7_219_554_021

export type AppLogin = { role: string; password: string }

/**
 * Brings a database up to date as its owner: migrations, the app's login (neither owner nor superuser), its grants, and
 * FORCE ROW LEVEL SECURITY on every table. Safe to run twice and by several processes at once.
 * @returns the address under which the app connects.
 * @throws StartError when the server is unreachable, too old, or the owner may not make the app's login.
 */
export async function migrate(input: {
  ownerUrl: string
  appUrl?: string
  login?: AppLogin
}): Promise<{ appUrl: string }> {
  const { url, login } = appLogin(input)
  const sql = postgres(input.ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10, idle_timeout: 5 })
  try {
    await assertVersion(sql)
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(sql), { migrationsFolder })
    if (!input.appUrl) await makeLogin(sql, login)
    await grant(sql, login.role)
  } catch (error) {
    throw asStartError(error)
  } finally {
    await sql.end({ timeout: 5 })
  }
  return { appUrl: url }
}

/** How many migrations this version of the product has: what /ready compares with the database. */
export function migrationCount(): number {
  const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as { entries: unknown[] }
  return journal.entries.length
}

function appLogin(input: { ownerUrl: string; appUrl?: string; login?: AppLogin }): { url: string; login: AppLogin } {
  if (input.appUrl) {
    const { username, password } = new URL(input.appUrl)
    return { url: input.appUrl, login: { role: decodeURIComponent(username), password: decodeURIComponent(password) } }
  }
  if (!input.login) throw new Error('migrate needs either the app address or the login to make')
  const url = new URL(input.ownerUrl)
  url.username = encodeURIComponent(input.login.role)
  url.password = encodeURIComponent(input.login.password)
  return { url: url.href, login: input.login }
}

async function assertVersion(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ version: number; shown: string }[]>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as shown`
  if (row && row.version < OLDEST_MAJOR * 10_000)
    throw new StartError(
      'database_too_old',
      `PostgreSQL ${row.shown} is too old: version ${OLDEST_MAJOR} or newer is needed.`,
    )
}

/** Makes the app's login, or gives it the current password. Identifiers are quoted by the server (`format %I %L`). */
async function makeLogin(sql: postgres.Sql, login: AppLogin): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select set_config('jxt.role', ${login.role}, true), set_config('jxt.password', ${login.password}, true)`
    // Logins belong to the whole server: two databases may migrate at once, so they take turns here.
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await tx`do $$
      begin
        if not exists (select 1 from pg_roles where rolname = current_setting('jxt.role')) then
          execute format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L',
            current_setting('jxt.role'), current_setting('jxt.password'));
        else
          execute format('alter role %I login password %L', current_setting('jxt.role'), current_setting('jxt.password'));
        end if;
      exception when unique_violation or duplicate_object or internal_error then null; -- another database was faster
      end $$`
  })
}

/** Grants to the app's login, and FORCE on every table: no table can be added and forgotten. */
async function grant(sql: postgres.Sql, role: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select set_config('jxt.role', ${role}, true)`
    await tx`do $$
      declare app text := current_setting('jxt.role'); t record;
      begin
        for t in select c.oid::regclass as name, c.relforcerowsecurity as forced
                 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') loop
          if not t.forced then
            execute format('alter table %s enable row level security', t.name);
            execute format('alter table %s force row level security', t.name);
          end if;
        end loop;
        execute format('grant connect, temporary on database %I to %I', current_database(), app);
        execute format('grant usage on schema public, drizzle to %I', app);
        execute format('grant select, insert, update, delete on all tables in schema public to %I', app);
        execute format('revoke update, delete on audit_event, revision, policy from %I', app);
        execute format('grant select on all tables in schema drizzle to %I', app);
      end $$`
  })
}

function asStartError(error: unknown): Error {
  if (error instanceof StartError) return error
  const code = (error as { code?: string }).code ?? ''
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT', 'ETIMEDOUT', 'ECONNRESET'].includes(code))
    return new StartError(
      'database_unreachable',
      `The database cannot be reached (${code}). Is the server of DATABASE_URL running?`,
    )
  if (code === '28P01' || code === '28000')
    return new StartError('database_refused', 'The database refused the login of DATABASE_URL.')
  if (code === '3D000')
    return new StartError('database_refused', 'The database that DATABASE_URL names does not exist.')
  if (code === '42501')
    return new StartError(
      'database_refused',
      'The login of DATABASE_URL may not make the app’s login. Give it CREATEROLE, or name one in DATABASE_APP_URL.',
    )
  return error as Error
}
