import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Learner } from './learner.ts'
import type { Counted } from './study/kept.ts'
import { type Beat, readBeat } from './time/beat.ts'
import { neededMs, playedPercentOf } from './time/needed.ts'
import { readOpening } from './time/opening.server.ts'
import { addBeat, claimsOf, keepLessons, type Reader, readerOf, takeAllowance } from './time/readers.server.ts'
import { store, WRITE_MS, writeSoon } from './time/round.server.ts'
import { lessonKey, readStates } from './time/rows.server.ts'
import { settle } from './time/settle.ts'
import { addCredit } from './time/write.server.ts'

export type TakenBeat =
  | { ok: true; counted: Counted }
  /** `malformed`: no page of ours sent it. `foreign`: its page was opened by another account, or for another lesson. */
  | { ok: false; reason: 'malformed' | 'foreign' | 'absent' }
  /** The page keeps what it claimed and sends it later. `often`: too many; `busy`: this server has too many readers, or no database. */
  | { ok: false; reason: 'often' | 'busy' }

/** How often the writer looks whose time has come. */
const LOOK_MS = 500

/**
 * Takes a heartbeat of a lesson's page. It is only remembered here, and written with the others of its account every
 * {@link WRITE_MS}; the first one of an account waits for the database, which knows of other servers and devices.
 */
export async function takeBeat(
  learner: Learner,
  form: { get(name: string): unknown; getAll(name: string): unknown[] },
  now: Date,
): Promise<TakenBeat> {
  const beat = readBeat(form)
  if (!beat) return { ok: false, reason: 'malformed' }
  const opened = readOpening(beat.opening, { ...learner, courseSlug: beat.course, lessonSlug: beat.lesson })
  if (!opened || opened.openedAt > now) return { ok: false, reason: 'foreign' }
  const reader = readerOf(store().readers, learner)
  if (!reader) return { ok: false, reason: 'busy' }
  const at = now.getTime()
  const lesson = lessonKey(beat.course, beat.lesson)
  if (!takeAllowance(reader, at)) return { ok: false, reason: 'often' }
  const told = { page: opened.page, openedAt: opened.openedAt.getTime(), lesson, beat }
  if (!addBeat(reader, told, at)) return { ok: false, reason: 'often' }
  if (reader.clock === null) await writeSoon({ now: at })
  else if (!reader.lessons.has(lesson)) await findState(reader, lesson)
  const rules = store().rules
  if (reader.clock === null || !rules) return { ok: false, reason: 'busy' }
  const counted = foresee(reader, told.page, lesson, beat, at)
  return counted ? { ok: true, counted } : { ok: false, reason: 'absent' }
}

async function findState(reader: Reader, key: string): Promise<void> {
  const { accountId } = reader
  const states = await as(system('hours'), (tx) => readStates(tx, [{ accountId, key }]))
  keepLessons(reader, states.get(accountId) ?? new Map())
}

/** What the claims that nobody has written yet will be worth: the same rule as at the writing. */
function foresee(reader: Reader, page: string, lesson: string, beat: Beat, now: number): Counted | null {
  const rules = store().rules
  if (!reader.clock || !rules) return null
  const { clock, credits } = settle(reader.clock, claimsOf(reader), rules, now)
  const lessons = new Map(reader.lessons)
  for (const credit of credits) addCredit(lessons, credit)
  const state = lessons.get(lesson)
  if (!state) return null
  const { media } = state.lesson
  return {
    activeMs: state.given.activeMs,
    neededMs: neededMs(state.lesson, rules),
    isCounting: beat.hasLeft || clock.page === null || clock.page === page,
    isDone: state.isDone,
    played: Object.fromEntries(media.map((one) => [one.name, playedPercentOf(one, state.given.plays.get(one.name))])),
  }
}

/** Writes what this process remembers of one account's time, so that what is decided next sees it. */
export async function writeTimeOf(accountId: string, now: Date): Promise<void> {
  const reader = store().readers.get(accountId)
  if (!reader || claimsOf(reader).length === 0) return
  reader.isWanted = true
  await writeSoon({ now: now.getTime() })
}

/**
 * Writes heartbeats every {@link WRITE_MS} per account: the server's to call, once.
 * @returns writes what is left, and stops.
 */
export function keepHeartbeats(): () => Promise<void> {
  const timer = setInterval(() => void writeSoon(), LOOK_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await writeSoon({ everything: true })
  }
}
