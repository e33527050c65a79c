import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { startSession } from '#app/features/accounts/lucia.server.ts'
import type { Role } from '#db/values.ts'
import { atEnd } from './at-end.ts'
import { TEST_KEYS, type TestDatabase } from './database.ts'
import { temporaryFolder } from './folder.ts'

/** The built product, running as a process of its own on a free port, on a test file's database. */
export type Site = { url: string; process: ChildProcess; log: () => string }

/** A folder for uploaded files, removed when the file is done. */
export const filesFolder = (): string => temporaryFolder('files')

/** Starts `build/server.js` (npm test builds it first) and waits until it answers. Stopped when the file is done. */
export async function startSite(db: TestDatabase, env: Record<string, string> = {}): Promise<Site> {
  const child = spawn(process.execPath, ['build/server.js'], {
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      NODE_ENV: 'production',
      JXT_DECLARED_ENV: 'test',
      PORT: '0',
      DATABASE_URL: db.ownerUrl,
      DATABASE_APP_URL: db.appUrl,
      JXT_KEY_VAULT: TEST_KEYS.sealing.get(1)!.toString('base64'),
      JXT_KEY_INDEX: TEST_KEYS.index.toString('base64'),
      LOG_LEVEL: 'warn',
      DATA_DIR: env.DATA_DIR ?? filesFolder(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-20_000)
  })
  atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  const url = await addressOf(child, () => log)
  return { url, process: child, log: () => log }
}

async function addressOf(child: ChildProcess, log: () => string): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /http:\/\/[\w.:[\]-]+/.exec(line)?.[0]
    if (address) {
      child.stdout?.resume()
      return address
    }
  }
  throw new Error(`the site did not start:\n${log()}`)
}

/** A Cookie header of an account that is signed in. */
export async function signedIn(account: { id: string; role: Role }): Promise<string> {
  const setCookie = await as(system('sign_in'), (tx) =>
    startSession(tx, { accountId: account.id, role: account.role, isSecure: false }),
  )
  return setCookie.split(';')[0]!
}
