import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { databaseCode } from '#db/client.server.ts'
import { creditIfComplete, lockLearner } from '../course-credit.server.ts'
import { completeLesson } from './complete.server.ts'
import { isTimeGiven } from './needed.ts'
import { claimsOf, forgetClaims, forgetSilent, keepLessons, type Reader, type Readers } from './readers.server.ts'
import type { Rules } from './rules.server.ts'
import { writeTime } from './write.server.ts'

/** How long heartbeats of one account are merged before they are written: also what a killed process loses at most. */
export const WRITE_MS = 15_000
/** Accounts that are written in one transaction: their locks are held for some milliseconds. */
const AT_ONCE = 300
/** After a failure (the database is away) nothing is tried for so long. */
const REST_MS = 2000

/** What a process remembers of heartbeats. The pages' bundle adds to it, the server's writes it (runtime.server.ts tells why). */
export type Store = {
  readers: Readers
  /** By which the last ones were written; null: nothing was written yet. */
  rules: Rules | null
  running: Promise<void>
  /** The round that whoever asks now can wait for. */
  next: Promise<void> | null
  restUntil: number
}

const KEY = Symbol.for('jiangxuetang.heartbeats')
const shared = globalThis as { [KEY]?: Store }

export function store(): Store {
  shared[KEY] ??= { readers: new Map(), rules: null, running: Promise.resolve(), next: null, restUntil: 0 }
  return shared[KEY]
}

/**
 * Writes the readers whose turn it is, in one transaction for many. Rounds follow one another; who asks while one runs gets
 * the next. Never throws: what could not be written is kept and tried again.
 * @param everything not only those whose time has come: at a stop.
 */
export function writeSoon({
  everything = false,
  now = Date.now(),
}: {
  everything?: boolean
  now?: number
} = {}): Promise<void> {
  const kept = store()
  if (kept.next && !everything) return kept.next
  const round = kept.running.then(() => {
    kept.next = null
    kept.running = writeRound(kept, everything, now).catch((error: unknown) => {
      kept.restUntil = now + REST_MS
      runtime().logger.error({ err: error }, 'learning time could not be written')
    })
    return kept.running
  })
  if (!everything) kept.next = round
  return round
}

async function writeRound(kept: Store, everything: boolean, now: number): Promise<void> {
  if (now < kept.restUntil && !everything) return
  const due = [...kept.readers.values()].filter(
    (reader) =>
      (everything || reader.isWanted || reader.clock === null || now - reader.writtenAt >= WRITE_MS) &&
      [...reader.pages.values()].some((page) => page.hasNews),
  )
  for (let at = 0; at < due.length; at += AT_ONCE) await writeReaders(kept, due.slice(at, at + AT_ONCE), now)
  forgetSilent(kept.readers, now)
}

async function writeReaders(kept: Store, readers: readonly Reader[], now: number): Promise<void> {
  const accounts = readers.map((reader) => ({ accountId: reader.accountId, claims: claimsOf(reader), reader }))
  // A heartbeat may have come since the round was asked for: what it claims is not in the future.
  const at = new Date(Math.max(now, ...accounts.flatMap(({ claims }) => claims.map(({ seenAt }) => seenAt))))
  const result = await as(system('hours'), (tx) => writeTime(tx, accounts, at)).catch((error: unknown) => {
    if (isRefusal(error)) return error
    throw error
  })
  if (result instanceof Error) return giveUp(kept, readers, now, result)
  const { rules, written } = result
  kept.rules = rules
  for (const { accountId, claims, reader } of accounts) {
    const { clock, lessons } = written.get(accountId)!
    forgetClaims(reader, claims)
    keepLessons(reader, lessons)
    Object.assign(reader, { clock, writtenAt: now, isWanted: false })
    for (const [key, state] of lessons)
      if (state.isWaiting && isTimeGiven(state.lesson, state.given, rules)) await complete(reader, key, at)
  }
}

/** What the database refuses for one reader must not keep the others from being written. */
async function giveUp(kept: Store, readers: readonly Reader[], now: number, error: Error): Promise<void> {
  const [first, ...others] = readers
  if (!first) return
  if (others.length > 0) {
    for (const reader of readers) await writeReaders(kept, [reader], now)
    return
  }
  kept.readers.delete(first.accountId)
  runtime().logger.error({ err: error }, 'learning time of one account was refused by the database, and is lost')
}

/** A value or a row that the database will never take (classes 22 and 23); after any other error what waits is written later. */
const isRefusal = (error: unknown): error is Error => /^2[23]/.test(databaseCode(error) ?? '')

/** The time that was still missing has come. In a transaction of its own: rare, and none of the others' business. */
async function complete(reader: Reader, key: string, now: Date): Promise<void> {
  const { accountId, personId } = reader
  const [courseSlug = '', lessonSlug = ''] = key.split('/')
  await as(system('credit'), async (tx) => {
    await lockLearner(tx, accountId, courseSlug)
    if (await completeLesson(tx, { accountId, courseSlug, lessonSlug, now }))
      await creditIfComplete(tx, { accountId, personId, courseSlug, now })
  })
  const state = reader.lessons.get(key)
  if (state) reader.lessons.set(key, { ...state, isDone: true, isWaiting: false })
}
