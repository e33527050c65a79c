import { add, beatOf, type Counted, isLate, type Kept, markSent, post, save, sendLeftovers } from './study/kept.ts'
import { followPlayers } from './study/players.ts'

/**
 * Runs in the browser on a lesson's page: notices when the page is in view and in use and what of its recordings plays, and
 * tells the server every ten seconds. What could not be sent is kept and told later; the server counts nothing twice. Tiny,
 * and knows no React: the page around it shows what it is told.
 */
export type StudiedPage = {
  url: string
  course: string
  lesson: string
  /** Sealed by the server: when the page was made, for whom. */
  opening: string
  idleMs: number
  lateMs: number
  fullSpeed: number
}

/** Why time does not count just now, the gravest first. */
export type Trouble = 'signedOut' | 'stopped' | 'elsewhere' | 'offline' | 'lost' | 'fast' | 'skipped' | 'idle'

const BEAT_MS = 10_000
const TICK_MS = 1000
/** A tick that comes later than this: the machine slept. */
const ASLEEP_MS = 5000
/** How long a passing trouble stays in view. */
const SAID_MS = 8000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll']

/** Begins; `tell` hears whatever changes. @returns ends: the last seconds are told as the page is left. */
export function study(page: StudiedPage, tell: (counted: Counted | null, trouble: Trouble | null) => void): () => void {
  const { url, course, lesson, opening, idleMs, lateMs, fullSpeed } = page
  const kept: Kept = { course, lesson, spans: [], runs: {} }
  let touchedAt = Date.now()
  let tickedAt = touchedAt
  let [sentAt, lostAt] = [0, 0]
  let [wasActive, isSending, isOutOfReach, hasLeft] = [true, false, false, false]
  let counted: Counted | null = null
  let ended: Trouble | null = null
  let said = ''

  const trouble = (now: number): Trouble | null => {
    if (ended) return ended
    if (counted && !counted.isCounting) return 'elsewhere'
    if (isOutOfReach) return 'offline'
    if (now - lostAt < SAID_MS) return 'lost'
    if (players.isTooFast()) return 'fast'
    if (now - players.skippedAt() < SAID_MS) return 'skipped'
    return wasActive ? null : 'idle'
  }
  const say = () => {
    const now = trouble(Date.now())
    const words = `${now}${JSON.stringify(counted)}`
    if (words !== said) tell(counted, now)
    said = words
  }
  const players = followPlayers(kept, fullSpeed, say)

  const tick = () => {
    const now = Date.now()
    const gone = now - tickedAt
    const isActive = !document.hidden && (now - touchedAt < idleMs || players.isPlaying(now))
    if (isActive && wasActive && gone > 0 && gone < ASLEEP_MS) add(kept.spans, tickedAt, now, 0)
    wasActive = isActive
    tickedAt = now
    if (now - sentAt >= BEAT_MS && !document.hidden && (kept.spans.length > 0 || !counted)) void send()
    say()
  }

  const send = async () => {
    if (isSending || ended) return
    isSending = true
    const now = Date.now()
    sentAt = now
    const forget = markSent(kept, now)
    const answer = await post(url, beatOf(kept, opening, now, touchedAt, false))
    isSending = false
    isOutOfReach = answer === 'later'
    kept.isTold = false
    if (typeof answer === 'object') {
      counted = answer
      if (isLate(kept, now, lateMs)) lostAt = Date.now()
      forget()
    } else if (answer !== 'later') ended = answer
    save(opening, kept)
    say()
  }

  const leave = () => {
    if (hasLeft || ended) return
    tick()
    hasLeft = true
    if (kept.spans.length === 0 && !counted) return
    kept.isTold = navigator.sendBeacon(url, beatOf(kept, opening, Date.now(), touchedAt, true)) && !isOutOfReach
    save(opening, kept)
  }

  const onSign = () => {
    touchedAt = Date.now()
    if (!wasActive) tick()
    // Whoever takes this page in hand again should not wait to be counted here.
    if (counted && !counted.isCounting && touchedAt - sentAt > 2000) void send()
  }
  const onView = () => {
    if (document.hidden) return leave()
    hasLeft = false
    touchedAt = Date.now()
    tickedAt = touchedAt
    if (kept.isTold && isLate(kept, touchedAt, lateMs)) kept.spans = []
    sentAt = 0
  }

  for (const sign of SIGNS) addEventListener(sign, onSign, { capture: true, passive: true })
  document.addEventListener('visibilitychange', onView)
  addEventListener('pagehide', leave)
  const timer = setInterval(tick, TICK_MS)
  void sendLeftovers(url, opening, lateMs).then((isLost) => {
    if (isLost) lostAt = Date.now()
  })
  return () => {
    clearInterval(timer)
    for (const sign of SIGNS) removeEventListener(sign, onSign, { capture: true })
    document.removeEventListener('visibilitychange', onView)
    removeEventListener('pagehide', leave)
    leave()
    players.stop()
  }
}
