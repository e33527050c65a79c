import { plainAddress } from '#app/lib/address.ts'
import { LARGEST_BEAT } from './time/beat.ts'
import type { RequiredMedia } from './time/needed.ts'

/** Where a lesson stands with its time, as its page shows it. Milliseconds. */
export type LessonTimeView = {
  /** Sealed: when this page was made, for whom. Goes back with heartbeats and with the form. */
  opening: string
  activeMs: number
  neededMs: number
  /** The most that opening and sending a page counts, where no script tells heartbeats. */
  byFormMs: number
  /** All was given that the lesson asks for, quiz included. */
  isDone: boolean
  /** Whole percent played, by what must be played. */
  media: (RequiredMedia & { percent: number })[]
  /** Policy, and by which document; null: by none, the product's own. */
  rules: {
    playedPercent: number
    fullSpeed: number
    idleMs: number
    lateMs: number
    source: string | null
  }
}

/** The field of a form by which a page without script says when it was opened. */
export const OPENING_FIELD = 'opened'

/** Minutes still to go, rounded up, so that nobody is told 0 who is not there yet. */
export const minutesLeft = ({ activeMs, neededMs }: { activeMs: number; neededMs: number }): number =>
  Math.max(0, Math.ceil((neededMs - activeMs) / 60_000))

/** Where heartbeats go (app/routes/api/heartbeats.ts). */
export const HEARTBEATS_PATH = '/learn/heartbeats'

/** Bytes that a form posted to an address, however written, may have where it is one of ours; undefined: as many as any form. */
export const largestForm = (path: string): number | undefined =>
  plainAddress(path) === HEARTBEATS_PATH ? LARGEST_BEAT : undefined
