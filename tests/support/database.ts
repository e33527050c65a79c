import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { readEnv } from '#app/lib/env.server.ts'
import type { Keys } from '#app/lib/keys.server.ts'
import { setRuntime } from '#app/lib/runtime.server.ts'
import { openPool } from '#db/client.server.ts'
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

const cleanUp: (() => Promise<void>)[] = []
// At the top of the module: a hook that is registered while another one runs is never called.
afterAll(async () => {
  for (const clean of cleanUp.splice(0)) await clean()
})

/**
 * A migrated database of this test file's own, cloned from the template, with the runtime (`as()`, vault, logger) set to
 * it. Dropped when the file is done. Call once, in `beforeAll`; `max` is the size of the app's pool.
 */
export async function freshDatabase(options: { max?: number } = {}): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const templateUrl = inject('templateUrl')
  const admin = postgres(withDatabase(templateUrl, 'postgres'), { max: 1, onnotice: () => {} })
  await cloneTemplate(admin, name)
  const ownerUrl = withDatabase(templateUrl, name)
  const appAddress = new URL(ownerUrl)
  appAddress.username = APP_LOGIN.role
  appAddress.password = APP_LOGIN.password
  const owner = postgres(ownerUrl, { max: 2, onnotice: () => {} })
  const pool = openPool(appAddress.href, { max: options.max ?? 10 })
  setRuntime({ pool, keys: TEST_KEYS, logger: pino({ level: 'silent' }), env: readEnv({ NODE_ENV: 'test' }) })
  cleanUp.push(async () => {
    await Promise.all([pool.end({ timeout: 5 }), owner.end({ timeout: 5 })])
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end()
  })
  return { appUrl: appAddress.href, ownerUrl, owner }
}

/** Cloning needs the template to itself: two files that clone at once take turns. */
async function cloneTemplate(admin: postgres.Sql, name: string): Promise<void> {
  await admin`select pg_advisory_lock(42)`
  try {
    await admin`create database ${admin(name)} template ${admin(TEMPLATE)}`
  } finally {
    await admin`select pg_advisory_unlock(42)`
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
