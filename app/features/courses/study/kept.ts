/** From and until: milliseconds since 1970, of recordings tenths of a second. */
export type Span = [from: number, until: number]

/** What a page noticed and does not yet know to have arrived. */
export type Kept = {
  course: string
  lesson: string
  spans: Span[]
  /** By video or recording. */
  runs: Record<string, Span[]>
  /** It was told as the page was left: it has probably arrived. */
  isTold?: boolean
}

/** What the server answers to a heartbeat. */
export type Counted = {
  activeMs: number
  neededMs: number
  /** False: another page of the same account counts now. */
  isCounting: boolean
  isDone: boolean
  /** Whole percent played, by what must be played. */
  played: Record<string, number>
}

export type Answer = Counted | 'later' | 'signedOut' | 'stopped'

const ANSWER_MS = 15_000
const PREFIX = 'jxt-study:'
/** Stretches of one kind that are kept: the server takes no more in one heartbeat. */
const MOST = 90

/** Adds a stretch; what begins within `gap` of the last one's end goes on from there. */
export function add(spans: Span[], from: number, until: number, gap: number): void {
  const last = spans[spans.length - 1]
  if (last && from - last[1] <= gap && from >= last[0]) last[1] = Math.max(last[1], until)
  else spans.push([from, until])
  if (spans.length > MOST) spans.shift()
}

/** Is some of it too old to be believed? */
export const isLate = ({ spans }: Kept, now: number, lateMs: number) => spans.some(([from]) => now - from > lateMs)

/** Marks what is being sent. @returns takes just that away, once it has arrived: what came meanwhile stays. */
export function markSent(kept: Kept, now: number): () => void {
  const sent = Object.entries(kept.runs).map(
    ([name, runs]) => [name, runs.length, runs[runs.length - 1]?.[1] ?? 0] as const,
  )
  return () => {
    kept.spans = kept.spans.filter(([, until]) => until > now).map(([from, until]) => [Math.max(from, now), until])
    for (const [name, count, end] of sent) {
      const [grown, ...more] = kept.runs[name]?.slice(Math.max(0, count - 1)) ?? []
      kept.runs[name] = grown && grown[1] > end ? [[Math.max(grown[0], end), grown[1]], ...more] : more
    }
  }
}

/** A heartbeat (time/beat.ts reads it). Times are told as ages: the server believes no clock but its own. */
export function beatOf(kept: Kept, opening: string, now: number, touchedAt: number, hasLeft: boolean): URLSearchParams {
  const { course, lesson, spans, runs } = kept
  const form = new URLSearchParams({ c: course, l: lesson, o: opening, i: String(Math.max(0, now - touchedAt)) })
  form.set('s', spans.map(([from, until]) => `${now - from}-${Math.max(0, now - until)}`).join())
  for (const [name, played] of Object.entries(runs))
    if (played.length > 0) form.append('m', `${name}:${played.map((run) => run.join('-')).join()}`)
  if (hasLeft) form.set('e', '1')
  return form
}

/** `later`: out of reach, or the server asks to come back. `stopped`: it will never take it. */
export async function post(url: string, form: URLSearchParams): Promise<Answer> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), ANSWER_MS)
  try {
    const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal: giveUp.signal })
    if (response.ok) return (await response.json()) as Counted
    if (response.type === 'opaqueredirect') return 'signedOut'
    return response.status === 429 || response.status >= 500 ? 'later' : 'stopped'
  } catch {
    return 'later'
  } finally {
    clearTimeout(timer)
  }
}

/** Where a browser keeps nothing (private windows), what was not sent is lost with the page. */
export function save(opening: string, kept: Kept): void {
  try {
    if (kept.spans.length > 0) localStorage.setItem(PREFIX + opening, JSON.stringify(kept))
    else localStorage.removeItem(PREFIX + opening)
  } catch {}
}

/** Sends what pages before this one could not. @returns whether some of it came too late. */
export async function sendLeftovers(url: string, own: string, lateMs: number): Promise<boolean> {
  let isLost = false
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX) || name === PREFIX + own) continue
      const left = JSON.parse(localStorage.getItem(name) ?? '') as Kept
      const now = Date.now()
      const answer = await post(url, beatOf(left, name.slice(PREFIX.length), now, now - lateMs, true))
      if (answer === 'later') continue
      localStorage.removeItem(name)
      isLost ||= typeof answer === 'object' && !left.isTold && isLate(left, now, lateMs)
    }
  } catch {}
  return isLost
}
