import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { give } from './embedded-account.server.ts'
import { type Cluster, ENVIRONMENT, lastError } from './embedded-process.server.ts'
import { StartError } from './start-error.ts'

const HALF_MADE = 'postgres.init-'

/** Removes what starts that were killed left half made; what an orphaned initdb is still writing goes another time. */
export async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home))
    if (name.startsWith(HALF_MADE)) await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined)
}

/** Makes the cluster aside and moves it into place, so that a kill in between leaves nothing half made. */
export async function initialise(cluster: Cluster, home: string, password: string): Promise<void> {
  const aside = join(home, `${HALF_MADE}${randomBytes(4).toString('hex')}`)
  await mkdir(aside, { mode: 0o700 })
  try {
    await writeFile(join(aside, 'password'), `${password}\n`, { mode: 0o600 })
    await give(join(aside, 'password'), cluster.account)
    await give(aside, cluster.account)
    const settings = [
      '--encoding=UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      '--username=postgres',
      '--no-instructions',
    ]
    const args = [`--pgdata=${join(aside, 'data')}`, `--pwfile=${join(aside, 'password')}`, ...settings]
    await run(cluster, 'initdb', cluster.fsync ? args : [...args, '--no-sync'])
    await rename(join(aside, 'data'), cluster.folder)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

function run(cluster: Cluster, name: string, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const refuse = (why: string) =>
      fail(
        new StartError(
          'initdb_failed',
          `The built-in PostgreSQL could not make its data folder: ${why}.`,
          cluster.folder,
        ),
      )
    const options = { ...cluster.account, cwd: '/', env: ENVIRONMENT, detached: true }
    const child = spawn(join(cluster.native, 'bin', name), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-4000)
    })
    child.on('error', (error) => refuse(error.message))
    child.on('close', (code) => (code === 0 ? done() : refuse(lastError(said) || `${name} ended with ${code}`)))
  })
}
