import { clip, lengthOf, type Span, subtract, union } from '#app/lib/spans.ts'
import type { Beat } from './beat.ts'
import type { LessonState } from './rows.server.ts'
import type { Claim, Clock } from './settle.ts'

/** One open page of a reader: its claims since the last writing. */
export type OpenPage = Omit<Claim, 'spans' | 'runs'> & {
  spans: readonly Span[]
  runs: readonly (readonly [media: string, played: readonly Span[]])[]
  /** Until when it claimed anything. */
  toldUntil: number
  hasNews: boolean
}

/** What a process remembers of an account whose heartbeats it takes. */
export type Reader = {
  accountId: string
  personId: string | null
  pages: Map<string, OpenPage>
  /** As it was last written; null: not yet. Lessons by their key. */
  clock: Clock | null
  lessons: Map<string, LessonState>
  writtenAt: number
  /** Somebody waits for the next writing. */
  isWanted: boolean
  /** Heartbeats that it may still send at once; refilled with time. */
  allowance: number
  allowanceAt: number
}

/** Readers of one process at once, some kilobytes each. Whoever comes then is told to come back, and keeps their time. */
const MOST_READERS = 30_000
/** Pages of one reader: who has more open uses one or two of them. */
const MOST_PAGES = 6
/** Stretches and runs that one page may claim between two writings. */
const MOST_SPANS = 200
const MOST_RUNS = 1000
/** Heartbeats at once, and milliseconds for another one: a page sends one every ten seconds, and one whenever it is put away. */
const BURST = 12
const REFILL_MS = 2500
/** Who was not heard of for so long is forgotten. */
const FORGET_MS = 90_000
/** One heartbeat takes longer on its way than another: what begins so soon after the last one's end goes on from there. */
const JITTER_MS = 2000

export type Readers = Map<string, Reader>

/** The reader of an account; null where this process has too many. */
export function readerOf(
  readers: Readers,
  { accountId, personId }: { accountId: string; personId: string | null },
): Reader | null {
  const known = readers.get(accountId)
  if (known) return Object.assign(known, { personId })
  if (readers.size >= MOST_READERS) return null
  const lessons = new Map<string, LessonState>()
  const made = { accountId, personId, pages: new Map(), clock: null, lessons, writtenAt: 0, isWanted: false }
  const reader: Reader = { ...made, allowance: BURST, allowanceAt: 0 }
  readers.set(accountId, reader)
  return reader
}

/** Takes one heartbeat from what a reader may send. @returns false: too many. */
export function takeAllowance(reader: Reader, now: number): boolean {
  const refilled = reader.allowance + Math.max(0, now - reader.allowanceAt) / REFILL_MS
  reader.allowance = Math.min(BURST, refilled)
  reader.allowanceAt = now
  if (reader.allowance < 1) return false
  reader.allowance -= 1
  return true
}

/** Adds what a heartbeat claims to its page. @returns the page; null: more than a person can have open or claim. */
export function addBeat(
  reader: Reader,
  { page: name, openedAt, lesson, beat }: { page: string; openedAt: number; lesson: string; beat: Beat },
  now: number,
): OpenPage | null {
  const page = reader.pages.get(name) ?? openPage(reader, { page: name, openedAt, lesson })
  if (!page) return null
  const told = beat.ages.map(([older, younger]): Span => [goOn(now - older, page.toldUntil), now - younger])
  const spans = union([...page.spans, ...clip(told, openedAt, now)])
  const toldUntil = Math.max(page.toldUntil, ...told.map(([, until]) => until))
  const runs = [...page.runs, ...beat.runs]
  if (spans.length > MOST_SPANS || runs.length > MOST_RUNS) return null
  // The page was opened by hand.
  const touchedAt = Math.max(page.touchedAt, openedAt, now - beat.touchedAgo)
  return Object.assign(page, { spans, runs, toldUntil, touchedAt, seenAt: now, hasLeft: beat.hasLeft, hasNews: true })
}

const goOn = (from: number, last: number) => (from > last && from - last <= JITTER_MS ? last : from)

function openPage(reader: Reader, opened: Pick<OpenPage, 'page' | 'openedAt' | 'lesson'>): OpenPage | null {
  if (reader.pages.size >= MOST_PAGES) {
    const gone = [...reader.pages.values()].find((page) => !page.hasNews)
    if (!gone) return null
    reader.pages.delete(gone.page)
  }
  const blank = { touchedAt: 0, seenAt: 0, toldUntil: opened.openedAt, hasLeft: false, hasNews: false }
  const page: OpenPage = { ...opened, ...blank, spans: [], runs: [] }
  reader.pages.set(page.page, page)
  return page
}

/** What a reader's pages claim and nobody has written yet. */
export const claimsOf = (reader: Reader): Claim[] =>
  [...reader.pages.values()].filter((page) => page.hasNews).map(({ hasNews: _, toldUntil: __, ...claim }) => claim)

/** Keeps what was read of lessons, of a handful of them. */
export function keepLessons(reader: Reader, lessons: ReadonlyMap<string, LessonState>): void {
  const open = new Set([...reader.pages.values()].map((page) => page.lesson))
  for (const key of reader.lessons.keys()) if (!open.has(key)) reader.lessons.delete(key)
  for (const [key, state] of lessons) reader.lessons.set(key, state)
}

/** After writing: the claims that were written are none any more; what came meanwhile stays. */
export function forgetClaims(reader: Reader, written: readonly Claim[]): void {
  for (const claim of written) {
    const page = reader.pages.get(claim.page)
    if (!page) continue
    page.spans = subtract(page.spans, claim.spans)
    page.runs = page.runs.slice(claim.runs.length)
    page.hasNews = page.seenAt !== claim.seenAt || lengthOf(page.spans) > 0
    if (page.hasLeft && !page.hasNews) reader.pages.delete(page.page)
  }
}

/** Forgets who has been silent. */
export function forgetSilent(readers: Readers, now: number): void {
  for (const reader of readers.values()) {
    const pages = [...reader.pages.values()]
    if (pages.every((page) => !page.hasNews && now - page.seenAt > FORGET_MS) && now - reader.writtenAt > FORGET_MS)
      readers.delete(reader.accountId)
  }
}
