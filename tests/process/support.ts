import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '#db/embedded-lock.server.ts'
import { atEnd, onePerFile } from '#tests/support/at-end.ts'

export type Running = {
  child: ChildProcess
  pid: number
  /** Everything it said so far. */
  out: () => string
  err: () => string
  /** Resolves once the pattern was said on stdout; rejects if the process ends before. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Exit status, or the signal that ended it. */
  ends: () => Promise<number | string>
}

/** A data folder of its own; whatever runs in it at the end of the file is stopped. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jiangxuetang-process-'))
  chmodSync(folder, 0o755) // as root, PostgreSQL runs as another account
  atEnd(async () => {
    const pid = postmaster(folder)
    if (pid) process.kill(pid, 'SIGINT')
    if (pid) await gone(pid)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Holds what a site has after its first start, without demo data; made by the first test of a file that asks. */
const prepared = onePerFile(prepare)

/**
 * A {@link dataFolder} as a first start left it: what happens at a later start and afterwards is tested on one, and costs
 * no database cluster, no migrations and no publishing again. The first start has tests of its own.
 */
export async function preparedFolder(): Promise<string> {
  return copyOf(await prepared())
}

/** A {@link dataFolder} that holds what another one does, whose processes have ended. */
export function copyOf(from: string): string {
  const folder = dataFolder()
  // As root the database's files belong to another account: copied with their owner.
  execFileSync('cp', ['-a', `${from}/.`, folder])
  return folder
}

async function prepare(): Promise<string> {
  const folder = dataFolder()
  const one = run(['build/server.js'], { DATA_DIR: folder, SEED: 'none', PORT: '0' })
  await one.says(/http:\/\/localhost:\d+/)
  one.child.kill('SIGTERM')
  await one.ends()
  return folder
}

/** Starts a program with a small environment: no LANG, nothing of the tests' own settings. */
export function run(
  args: string[],
  env: Record<string, string> = {},
  options: { uid?: number; gid?: number } = {},
): Running {
  // NODE_ENV is there for the types alone: '' counts as not set.
  const small = { NODE_ENV: '' as 'test', PATH: process.env.PATH, HOME: tmpdir(), ...env }
  const child = spawn(process.execPath, args, { ...options, env: small, stdio: ['ignore', 'pipe', 'pipe'] })
  let hasEnded = false
  atEnd(() => hasEnded || child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout!.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr!.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = once(child, 'close').then(([code, signal]) => {
    hasEnded = true
    return (code ?? signal) as number | string
  })
  const says = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(out)
      if (match) return match
      const end = await Promise.race([ended, sleep(20, null)])
      if (end !== null && !pattern.test(out))
        throw new Error(`ended with ${end} before saying ${pattern}:\n${out}\n${err}`)
    }
  }
  return { child, pid: child.pid!, out: () => out, err: () => err, says, ends: () => ended }
}

/** The pid of the living PostgreSQL of a data folder; null where none runs. */
export function postmaster(folder: string): number | null {
  try {
    const pid = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    return isAlive({ pid, start: '' }) ? pid : null
  } catch {
    return null
  }
}

export async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 500; i++) {
    if (!isAlive({ pid, start: '' })) return true
    await sleep(20)
  }
  return false
}

/** Files that say who uses the database, or that someone holds its lock. */
export const traces = (folder: string): string[] =>
  readdirSync(join(folder, 'run')).filter((name) => !name.startsWith('postgres.log'))

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
