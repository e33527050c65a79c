import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from './logger.server.ts'
import { setAside } from './set-aside.ts'

/**
 * Work that goes on when the browser has gone, inside the server's process. There is no table of jobs: a row that waits in
 * its feature's own table is the job (README.md of app says why), so that work and result are one transaction.
 */
export type Queue = {
  /** For the log. */
  name: string
  /**
   * Ids of what waits, the oldest first; a few are enough. `resting`: those that failed just now, which must not take the
   * places of others where only a few are given.
   */
  waiting: (resting?: readonly string[]) => Promise<readonly string[]>
  /**
   * Does one. False where another process has it, or it waits no more. Its lock must die with its transaction, so that the
   * work of a killed process is free at once. `signal` is aborted when the process is to stop: throw, and it is done again
   * after the next start. Throws where it fails: it is tried again later and later (set-aside.ts), and the others go on.
   */
  run: (id: string, signal: AbortSignal) => Promise<boolean>
}

export type Worker = {
  /** Takes no more work, gives what runs `graceMs` to finish, then asks it to give up. */
  stop: (graceMs: number) => Promise<void>
}

/** Another process may have left or added work; in this one {@link nudge} is faster. */
const POLL_MS = 2000

/** How long work that was asked to give up may take to do so. */
const UNWIND_MS = 2000

/** The pages (another bundle) and the workers share these. */
const KEY = Symbol.for('jiangxuetang.jobs')
const shared = globalThis as { [KEY]?: Set<() => void> }

/** Tells the workers of this process, if there are any, that something waits: call it after the commit. */
export function nudge(): void {
  for (const wake of shared[KEY] ?? []) wake()
}

/**
 * Starts a worker of this process: one job at a time, so that pages keep their share of processor and database. What takes
 * seconds has a worker of its own, lest it wait behind what takes minutes.
 */
export function startWorker(queues: readonly Queue[], { logger }: { logger: Logger }): Worker {
  const stopping = new AbortController() // takes no more
  const givingUp = new AbortController() // the running one ends
  let wake = new AbortController()
  const awaken = () => wake.abort()
  shared[KEY] ??= new Set()
  shared[KEY].add(awaken)

  const failures = new Map(queues.map((queue) => [queue, setAside()]))

  async function attempt(queue: Queue, id: string): Promise<boolean> {
    const aside = failures.get(queue)
    try {
      const isDone = await queue.run(id, givingUp.signal)
      aside?.done(id)
      return isDone
    } catch (error) {
      if (stopping.signal.aborted) return false
      aside?.fail(id, Date.now())
      logger.error({ err: error, queue: queue.name, job: id }, 'a job failed and is tried again later')
      return false
    }
  }

  /** One queue that cannot say what waits keeps no other from it. */
  async function round(): Promise<boolean> {
    let hasWorked = false
    const lost: { queue: string; error: unknown }[] = []
    for (const queue of queues) {
      const resting = failures.get(queue)?.resting(Date.now()) ?? []
      const ids = await queue.waiting(resting).catch((error: unknown) => {
        lost.push({ queue: queue.name, error })
        return []
      })
      for (const id of ids) {
        if (stopping.signal.aborted) return false
        if (!resting.includes(id)) hasWorked = (await attempt(queue, id)) || hasWorked
      }
    }
    // Mostly the database that is away, for all of them alike: said once a round.
    const [first] = lost
    if (first && !stopping.signal.aborted)
      logger.error({ err: first.error, queues: lost.map(({ queue }) => queue) }, 'looking for work failed')
    return hasWorked
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      const rest = AbortSignal.any([wake.signal, stopping.signal])
      const hasWorked = await round()
      if (!hasWorked) await sleep(POLL_MS, undefined, { signal: rest, ref: false }).catch(() => undefined)
    }
  }

  const working = work()
  return {
    stop: async (graceMs) => {
      stopping.abort()
      shared[KEY]?.delete(awaken)
      const timer = setTimeout(() => givingUp.abort(), graceMs)
      // What waits for the database cannot give up by itself: it ends when its connection is closed.
      await Promise.race([working, sleep(graceMs + UNWIND_MS, undefined, { ref: false })])
      clearTimeout(timer)
    },
  }
}
