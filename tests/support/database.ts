import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import postgres from 'postgres'
import { inject } from 'vitest'
import { readEnv } from '#app/lib/env.server.ts'
import type { Keys } from '#app/lib/keys.server.ts'
import { setRuntime } from '#app/lib/runtime.server.ts'
import { openPool } from '#db/client.server.ts'
import { atEnd } from './at-end.ts'
import { APP_LOGIN, TEMPLATE } from './global-setup.ts'

/** Synthetic keys: the same in every test, so that sealed values can be compared between files. */
export const TEST_KEYS: Keys = {
  sealing: new Map([[1, Buffer.alloc(32, 'test-vault')]]),
  currentSealing: 1,
  index: Buffer.alloc(32, 'test-index'),
}

export type TestDatabase = {
  /** The app's address, as the product uses it: row-level security applies. */
  appUrl: string
  /** The owner's address, for processes that migrate. */
  ownerUrl: string
  /** The owner's connection, past row-level security: for looking and for building rows in tests. */
  owner: postgres.Sql
}

/** What a database of a test holds: tables alone; what a site has published when it stands; the small demo besides. */
export type Holds = 'nothing' | 'content' | 'demo'

/**
 * A migrated database of this test file's own, cloned from a template, with the runtime (`as()`, vault, logger) set to
 * it. Dropped when the file is done. Call once, in `beforeAll`; `max` is the size of the app's pool. A file that starts a
 * site asks for `content`: the courses are then published once a run and not at every start.
 */
export async function freshDatabase(options: { max?: number; holds?: Holds } = {}): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const templateUrl = inject('templateUrl')
  const admin = postgres(withDatabase(templateUrl, 'postgres'), { max: 1, onnotice: () => {} })
  await clone(admin, await templateOf(admin, options.holds ?? 'nothing'), name)
  const ownerUrl = withDatabase(templateUrl, name)
  const { pool, appUrl } = openRuntime(name, options.max ?? 10)
  const socket = inject('socket')
  const owner = postgres(ownerUrl, { max: 2, ...(socket && { path: socket }), onnotice: () => {} })
  atEnd(async () => {
    await Promise.all([pool.end({ timeout: 5 }), owner.end({ timeout: 5 })])
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end()
  })
  return { appUrl, ownerUrl, owner }
}

/** Opens the app's pool on a database and makes it the runtime's. */
function openRuntime(name: string, max: number) {
  const address = new URL(withDatabase(inject('templateUrl'), name))
  address.username = APP_LOGIN.role
  address.password = APP_LOGIN.password
  const pool = openPool(address.href, { max, socket: inject('socket') })
  setRuntime({ pool, keys: TEST_KEYS, logger: pino({ level: 'silent' }), env: readEnv({ NODE_ENV: 'test' }) })
  return { pool, appUrl: address.href }
}

/** The template that holds this much; made by the first file that asks, while the others wait. */
async function templateOf(admin: postgres.Sql, holds: Holds): Promise<string> {
  if (holds === 'nothing') return TEMPLATE
  const name = `${TEMPLATE}_${holds}`
  const under = holds === 'demo' ? await templateOf(admin, 'content') : TEMPLATE
  await admin`select pg_advisory_lock(43)`
  try {
    const [made] = await admin`select 1 from pg_database where datname = ${name}`
    if (made) return name
    const half = `${name}_half`
    await admin`drop database if exists ${admin(half)} with (force)`
    await clone(admin, under, half)
    const { pool } = openRuntime(half, 10)
    if (holds === 'demo') await prepareSmallDemo()
    else await prepareProduct()
    await pool.end({ timeout: 5 })
    await admin`alter database ${admin(half)} rename to ${admin(name)}`
    return name
  } finally {
    await admin`select pg_advisory_unlock(43)`
  }
}

// Imported by the one file that makes a template: the demo and the publishing need half of the app.
async function prepareSmallDemo(): Promise<void> {
  const { prepareDemo } = await import('#app/features/ops/demo.server.ts')
  await prepareDemo({ log: () => {} })
}

/** What a site has when it stands: reference data, the published courses and the manual. */
async function prepareProduct(): Promise<void> {
  const { prepareContent, prepareReference } = await import('#app/features/ops/prepare.server.ts')
  await prepareReference()
  const problems = await prepareContent('content')
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** Cloning needs the template to itself: two files that clone at once take turns. */
async function clone(admin: postgres.Sql, template: string, name: string): Promise<void> {
  await admin`select pg_advisory_lock(42)`
  try {
    await admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`
  } finally {
    await admin`select pg_advisory_unlock(42)`
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
