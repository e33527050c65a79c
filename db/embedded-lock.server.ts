import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './start-error.ts'

/** A process, told apart from a later one with the same number by its start time (ticks since boot; '' where unknown). */
export type ProcessId = { pid: number; start: string }

/** State letter and start time from /proc; null without /proc or when the process is gone or hidden. */
function procStat(pid: number): { state: string; start: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', start: fields[19] ?? '' }
  } catch {
    return null
  }
}

function ownProcess(): ProcessId {
  return { pid: process.pid, start: procStat(process.pid)?.start ?? '' }
}

/** Is that very process running? A zombie is not, nor another process that was given its number since. */
export function isAlive({ pid, start }: ProcessId): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = procStat(pid)
  if (!now) return true
  if (now.state === 'Z' || now.state === 'X') return false
  return start === '' || now.start === start
}

export function parseProcess(text: string): ProcessId | null {
  const match = /^(\d+) (\d*)\n?$/.exec(text)
  return match ? { pid: Number(match[1]), start: match[2] ?? '' } : null
}

function formatProcess({ pid, start }: ProcessId): string {
  return `${pid} ${start}\n`
}

async function readProcess(path: string): Promise<ProcessId | null> {
  return parseProcess(await readFile(path, 'utf8').catch(() => ''))
}

const unique = () => `${process.pid}-${randomBytes(4).toString('hex')}`

/**
 * Runs `work` while holding `dir/lock`. The lock of a dead process is taken over: it is renamed away first and looked at
 * again, and put back if in that moment it had become another's.
 */
export async function withLock<T>(dir: string, work: () => Promise<T>, timeoutMs = 180_000): Promise<T> {
  const lock = join(dir, 'lock')
  const mine = join(dir, `lock-${unique()}`)
  const deadline = Date.now() + timeoutMs
  await writeFile(mine, formatProcess(ownProcess()))
  try {
    for (;;) {
      const taken = await link(mine, lock).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false
          throw error
        },
      )
      if (taken) break
      const holder = await readProcess(lock)
      if (holder ? !isAlive(holder) : await isOld(lock)) await takeAway(lock, join(dir, `stale-${unique()}`))
      else if (Date.now() > deadline)
        throw new StartError(
          'embedded_busy',
          `Another process (${holder?.pid ?? 'unknown'}) has been starting or stopping the database for too long.`,
          String(holder?.pid ?? ''),
        )
      else await sleep(25 + Math.random() * 25)
    }
  } finally {
    await unlink(mine).catch(() => undefined)
  }
  try {
    return await work()
  } finally {
    await unlink(lock).catch(() => undefined)
  }
}

/** An unreadable lock is what a power cut leaves behind; a fresh one may be gone by now. */
async function isOld(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
  return Date.now() - mtimeMs > 10_000
}

async function takeAway(lock: string, aside: string): Promise<void> {
  if (
    !(await rename(lock, aside).then(
      () => true,
      () => false,
    ))
  )
    return
  const holder = await readProcess(aside)
  if (holder && isAlive(holder)) await link(aside, lock).catch(() => undefined)
  await unlink(aside).catch(() => undefined)
}

/** Puts down that this process uses the server; returns the name of its file. Call under the lock. */
export async function joinUsers(dir: string): Promise<string> {
  const name = `user-${unique()}`
  await writeFile(join(dir, name), formatProcess(ownProcess()))
  return name
}

/** Living users but `own`; the files of dead ones are removed. Call under the lock. */
export async function otherUsers(dir: string, own: string): Promise<ProcessId[]> {
  const living: ProcessId[] = []
  for (const name of await readdir(dir)) {
    if (name === own || !/^(user|lock|stale)-/.test(name)) continue
    const user = await readProcess(join(dir, name))
    if (user && isAlive(user)) {
      if (name.startsWith('user-')) living.push(user)
    } else if (user) await unlink(join(dir, name)).catch(() => undefined)
  }
  return living
}
