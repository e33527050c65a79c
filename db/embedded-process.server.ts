import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { open, readdir, rename, unlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './embedded-account.server.ts'
import { isAlive } from './embedded-lock.server.ts'
import { StartError } from './start-error.ts'

export type Cluster = { native: string; folder: string; log: string; account: Account; fsync: boolean }
/** `socket`: its Unix socket, where it listens on one. */
export type Running = { pid: number; port: number; socket: string | null; ready: boolean }

/** Nothing of the caller's environment (PGDATA, PGPORT, LANG, …) may change what PostgreSQL does (NODE_ENV pleases the types). */
export const ENVIRONMENT: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** The living server of the folder, by its postmaster.pid: pid, folder, start, port, sockets, address, memory, state. */
export function findRunning(folder: string): Running | null {
  let lines: string[]
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 1 || !isAlive({ pid, start: '' }) || !isPostgres(pid)) return null
  const port = Number(lines[3] ?? 0)
  const sockets = lines[4]?.trim()
  const socket = sockets ? socketPath(sockets, port) : null
  return { pid, port, socket, ready: lines[7]?.trim() === 'ready' }
}

/** As PostgreSQL names it. */
const socketPath = (folder: string, port: number) => join(folder, `.s.PGSQL.${port}`)

/** Longer paths no operating system takes for a socket. */
const LONGEST_SOCKET = 100

/** A pid file that survived a restart of the machine may name any other process. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('postgres')
  } catch {
    return true
  }
}

/** What an error log ends with, as part of a sentence. */
export const lastError = (text: string) => {
  const line = text.match(/(?:error|FATAL|PANIC|could not)[^\n]*/gi)?.pop()
  return (
    line
      ?.replace(/^(error|FATAL|PANIC):\s*/i, '')
      .replace(/\.$/, '')
      .trim() ?? ''
  )
}

/** Starts the server detached (Ctrl-C must reach us first, it comes last) and waits until it answers. */
export async function start(cluster: Cluster): Promise<Running> {
  const deadline = Date.now() + 120_000
  for (;;) {
    const running = findRunning(cluster.folder)
    if (running?.ready) return running
    const outcome = running ? 'wait' : await launch(cluster)
    if (Date.now() > deadline)
      throw new StartError(
        'embedded_failed',
        `The built-in PostgreSQL does not get ready; see ${cluster.log}.`,
        cluster.log,
      )
    if (outcome === 'wait') await sleep(50)
  }
}

async function launch(cluster: Cluster): Promise<'started' | 'wait'> {
  await unlink(join(cluster.folder, 'postmaster.pid')).catch(() => undefined)
  if (existsSync(cluster.log) && statSync(cluster.log).size > 5_000_000) await rename(cluster.log, `${cluster.log}.old`)
  const output = openSync(cluster.log, 'a', 0o600)
  const before = statSync(cluster.log).size
  await sweepSockets(cluster.folder)
  const args = ['-D', cluster.folder, ...settings(cluster, await freePort())]
  const options = { ...cluster.account, cwd: '/', env: ENVIRONMENT, detached: true }
  const child = spawn(join(cluster.native, 'bin/postgres'), args, { ...options, stdio: ['ignore', output, output] })
  closeSync(output)
  child.unref()
  let ended = ''
  child.on('error', (error) => {
    ended = error.message
  })
  child.on('exit', (code, signal) => {
    ended ||= `it ended with ${signal ?? code}`
  })
  while (!ended) {
    const running = findRunning(cluster.folder)
    if (running?.ready && running.pid === child.pid) return 'started'
    await sleep(20)
  }
  const said = await readFrom(cluster.log, before)
  // Another took the port in between; or the backends of a killed server are still going down.
  if (
    /could not bind|Address already in use|could not create any TCP|pre-existing shared memory|already exists/i.test(
      said,
    )
  ) {
    await sleep(200)
    return 'wait'
  }
  throw new StartError(
    'embedded_failed',
    `The built-in PostgreSQL could not start: ${lastError(said) || ended} (see ${cluster.log}).`,
    cluster.log,
  )
}

/** A server that was killed leaves the sockets of its port behind. */
async function sweepSockets(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith('.s.PGSQL.')) await unlink(join(folder, name))
}

/**
 * Statements and details of errors hold personal data: they stay out of the log. The socket lies in the data folder, which
 * nobody else can enter: half the cost of a query's way over TCP. Other programs (psql) find it on 127.0.0.1.
 */
function settings({ folder, fsync }: Cluster, port: number): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketPath(folder, port).length <= LONGEST_SOCKET ? folder : '',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // The rows of a ledger that is being imported, compared in memory. Taken only where there are such rows.
    temp_buffers: '64MB',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}

async function readFrom(path: string, offset: number): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(Math.min(Math.max(size - offset, 0), 65_536)), 0, null, offset)
    return buffer.toString('utf8')
  } finally {
    await file.close()
  }
}

/** Fast shutdown; harder signals for one that hangs, since a stop must end. */
export async function stop(folder: string): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 5],
    ['SIGKILL', 2],
  ] as const) {
    const running = findRunning(folder)
    if (!running) return
    signalNow(running.pid, signal)
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(20))
      if (!isAlive({ pid: running.pid, start: '' })) return
  }
}

export function signalNow(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone by itself, or belongs to another account: nothing to do.
  }
}
