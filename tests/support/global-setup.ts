import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#db/embedded.server.ts'
import { migrate } from '#db/migrate.server.ts'
import { TEMPORARY } from './temporary.ts'

export const TEMPLATE = 'jiangxuetang_template'
export const APP_LOGIN = { role: 'jiangxuetang_test_app', password: 'synthetic-test-password' }

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test cluster as its owner, naming the template database. */
    templateUrl: string
    /** Its Unix socket, a fifth cheaper than its address; null where there is none. */
    socket: string | null
  }
}

/** One embedded PostgreSQL for the whole run, in a temporary folder, with a migrated template that files clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(TEMPORARY, 'jiangxuetang-test-'))
  await chmod(folder, 0o755) // PostgreSQL does not run as root, and has to get in
  const embedded = await startEmbedded({ dataDir: folder, fsync: false })
  const template = new URL(embedded.url)
  template.pathname = `/${TEMPLATE}`
  const sql = postgres(embedded.url, { max: 1, onnotice: () => {} })
  await sql`drop database if exists ${sql(TEMPLATE)} with (force)`
  await sql`create database ${sql(TEMPLATE)}`
  await sql.end()
  await migrate({ ownerUrl: template.href, login: APP_LOGIN })
  project.provide('templateUrl', template.href)
  project.provide('socket', embedded.socket)
  return async () => {
    await embedded.release()
    await rm(folder, { recursive: true, force: true })
  }
}
