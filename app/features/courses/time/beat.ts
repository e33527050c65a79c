import type { Span } from '#app/lib/spans.ts'
import { isSlug, SLUG } from '../progress.ts'

/** A heartbeat as a page sends it; ages in milliseconds before the moment of sending, so that no clock but ours is believed. */
export type Beat = {
  course: string
  lesson: string
  /** What the page was opened with (opening.server.ts). */
  opening: string
  /** When it was in view and in use, as pairs of ages: [15000, 5000] ended five seconds ago. */
  ages: Span[]
  /** Since the worker last did something on the page. */
  touchedAgo: number
  hasLeft: boolean
  /** By video or recording: what was played, in tenths of a second. */
  runs: [media: string, played: Span[]][]
}

/** A form of a heartbeat is some hundred bytes; what a phone kept while it was out of reach, a few thousand. */
export const LARGEST_BEAT = 8192

const MOST_AGES = 100
const MOST_RUNS = 200
const MOST_MEDIA = 10
/** A day in tenths of a second: no recording is longer. */
const LONGEST_MEDIA = 864_000
const SPAN = /^(\d{1,9})-(\d{1,9})$/
const MEDIA = new RegExp(`^(${SLUG}\\.[a-z0-9]{3,4}):([\\d,-]+)$`)

/** Reads the fields of a heartbeat; null for what no page of ours sends. */
export function readBeat(form: { get(name: string): unknown; getAll(name: string): unknown[] }): Beat | null {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [course, lesson, opening] = [text('c'), text('l'), text('o')]
  const pairs = readSpans(text('s'), MOST_AGES)
  const touchedAgo = Number(text('i') || 0)
  const runs = readRuns(form.getAll('m'))
  if (!isSlug(course) || !isSlug(lesson) || opening === '' || opening.length > 100) return null
  if (!pairs || !runs || !Number.isSafeInteger(touchedAgo) || touchedAgo < 0) return null
  if (pairs.some(([older, younger]) => older < younger)) return null
  return { course, lesson, opening, ages: pairs, touchedAgo, hasLeft: text('e') === '1', runs }
}

function readRuns(fields: unknown[]): Beat['runs'] | null {
  if (fields.length > MOST_MEDIA) return null
  const runs: Beat['runs'] = []
  let left = MOST_RUNS
  for (const field of fields) {
    const [, media = '', written = ''] = (typeof field === 'string' && MEDIA.exec(field)) || []
    const played = readSpans(written, left)
    if (media === '' || !played?.every(([from, until]) => from <= until && until <= LONGEST_MEDIA)) return null
    left -= played.length
    runs.push([media, played])
  }
  return runs
}

function readSpans(written: string, most: number): Span[] | null {
  if (written === '') return []
  const spans: Span[] = []
  for (const part of written.split(',', most + 1)) {
    const [, from, until] = SPAN.exec(part) ?? []
    if (from === undefined || spans.length === most) return null
    spans.push([Number(from), Number(until)])
  }
  return spans
}
