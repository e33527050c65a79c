import { clip, lengthOf, type Span, subtract, union } from '#app/lib/spans.ts'

/** Policy by which time is counted, in the units of this folder. */
export type TimeRules = {
  /** How far back time may be told: of a phone that was out of reach, of a page without script. Milliseconds. */
  lateMs: number
  /** The fastest playback that counts; what was played faster doesn't. */
  fullSpeed: number
}

/** What one open page of one account claims since it was last settled. Instants are the server's, in milliseconds. */
export type Claim = {
  /** Names the page: the nonce under which it was opened. */
  page: string
  /** Names the lesson; the caller's. */
  lesson: string
  openedAt: number
  /** When the worker last did something on it: touched, scrolled, typed, opened it. */
  touchedAt: number
  /** Its last heartbeat. */
  seenAt: number
  /** It was closed or put away: it makes room for another at once. */
  hasLeft: boolean
  /** When it was in view and in use. */
  spans: readonly Span[]
  /** By video or recording: what was played, in tenths of a second, in the order of playing. */
  runs: readonly (readonly [media: string, played: readonly Span[]])[]
}

/** What was counted lately for an account, on whichever page, device and server, and whose turn it is. */
export type Clock = {
  /** Real time that was counted, not older than the rules' `lateMs`. No moment of it counts again. */
  counted: readonly Span[]
  /** The page that counts now; null: none is open. */
  page: string | null
  /** Since when; 0 without a page. */
  since: number
  touchedAt: number
  seenAt: number
}

export const IDLE_CLOCK: Clock = { counted: [], page: null, since: 0, touchedAt: 0, seenAt: 0 }

/** What a claim was worth. */
export type Credit = { lesson: string; ms: number; plays: readonly (readonly [media: string, played: Span[]])[] }

/** A page that was not heard of for so long (four heartbeats) has gone, even if it could not say so. */
export const SILENT_MS = 40_000
/** A player's clock and ours differ by so much within one claim. */
const MEDIA_SLACK_MS = 500
/** Stretches of an account that are kept apart; so many in half an hour are no person's. */
const MOST_SPANS = 200

/**
 * Counts what the pages of one account claim, none of it twice: an hour on two devices is one hour. Of pages that are open
 * at once the one counts on which the worker did something last; the other keeps what it had until then. What was played is
 * believed as far as the time that was counted with it can hold it at the fastest speed that counts.
 */
export function settle(
  clock: Clock,
  claims: readonly Claim[],
  rules: TimeRules,
  now: number,
): { clock: Clock; credits: Credit[] } {
  const earliest = now - rules.lateMs
  let { page, since, touchedAt, seenAt } = clock
  let counted = clip(clock.counted, earliest, now)
  const credits: Credit[] = []
  for (const claim of [...claims].sort((one, other) => one.touchedAt - other.touchedAt)) {
    const isTurn =
      page === claim.page || page === null || claim.touchedAt > touchedAt || claim.seenAt - seenAt > SILENT_MS
    if (isTurn && page !== claim.page) {
      page = claim.page
      since = Math.min(claim.touchedAt, ...claim.spans.map(([from]) => from))
    }
    const until = isTurn ? now : Math.min(now, since)
    const fresh = subtract(clip(claim.spans, Math.max(claim.openedAt, earliest), until), counted)
    const ms = lengthOf(fresh)
    counted = union([...counted, ...fresh])
    credits.push({ lesson: claim.lesson, ms, plays: believable(claim.runs, ms, rules) })
    if (!isTurn) continue
    touchedAt = Math.max(touchedAt, claim.touchedAt)
    seenAt = Math.max(seenAt, claim.seenAt)
    if (claim.hasLeft) page = null
  }
  if (page === null) since = 0
  return { clock: { counted: coarsen(counted), page, since, touchedAt, seenAt }, credits }
}

/** Never more stretches than that: the oldest become one, the pauses between them with it, so that nothing counts twice. */
function coarsen(counted: readonly Span[]): readonly Span[] {
  if (counted.length <= MOST_SPANS) return counted
  const at = counted.length - MOST_SPANS
  return [[counted[0]![0], counted[at]![1]], ...counted.slice(at + 1)]
}

/** As much of what was played as fits into the time that was counted. */
function believable(runs: Claim['runs'], ms: number, { fullSpeed }: TimeRules): Credit['plays'] {
  let tenths = ms === 0 ? 0 : Math.floor(((ms + MEDIA_SLACK_MS) * fullSpeed) / 100)
  return runs.map(([media, played]) => {
    const kept: Span[] = []
    for (const [from, until] of played) {
      if (tenths <= 0) break
      const length = Math.min(until - from, tenths)
      tenths -= length
      kept.push([from, from + length])
    }
    return [media, union(kept)] as const
  })
}
