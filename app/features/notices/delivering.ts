import { addDays, shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import type { Channel, DeliveryReason, NoticeKind } from '#db/values.ts'
import type { Notice } from './notices.ts'

/** How a kind of notice leaves the house. */
type Way = {
  /** Beside the app, which always tells; only where the account wants it and can be reached. */
  channels: readonly Channel[]
  /** Somebody would stand before a locked door tomorrow: it waits for the deep of the night alone. */
  isUrgent: boolean
}

/**
 * Every kind's way out, in one place: a new kind has to say here how it is told, and its words stand in message-words.ts.
 * An SMS costs money and rings in a pocket: it is for what a worker waits for or must act on. A colleague's desk work goes
 * by mail.
 */
export const ways: Record<NoticeKind, Way> = {
  'question.asked': { channels: ['mail'], isUrgent: false },
  'question.answered': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.enrolled': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.waitlisted': { channels: ['sms', 'mail'], isUrgent: false },
  // Its clock stands still at night as well: nobody loses a seat by hearing of it at eight.
  'seat.offered': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.offer_expired': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.rejected': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.request_expired': { channels: ['sms', 'mail'], isUrgent: false },
  'seat.withdrawn': { channels: ['sms', 'mail'], isUrgent: false },
  'class.cancelled': { channels: ['sms', 'mail'], isUrgent: true },
  'class.changed': { channels: ['sms', 'mail'], isUrgent: false },
  'session.added': { channels: ['sms', 'mail'], isUrgent: false },
  'session.changed': { channels: ['sms', 'mail'], isUrgent: true },
  // Where and when to come stays as it was: no SMS.
  'session.substituted': { channels: ['mail'], isUrgent: false },
  'session.cancelled': { channels: ['sms', 'mail'], isUrgent: true },
  'session.made_up': { channels: ['sms', 'mail'], isUrgent: false },
  // Nobody stands before a locked door: at eight it is early enough, and a sheet that the clock closes at night wakes nobody.
  'attendance.at_risk': { channels: ['sms', 'mail'], isUrgent: false },
  'attendance.corrected': { channels: ['sms', 'mail'], isUrgent: false },
  'session.ahead': { channels: ['sms', 'mail'], isUrgent: false },
  // Hours of a whole class hang on it.
  'sheet.open': { channels: ['sms', 'mail'], isUrgent: false },
  'leave.asked': { channels: ['mail'], isUrgent: false },
  // It may be about tomorrow morning.
  'leave.granted': { channels: ['sms', 'mail'], isUrgent: true },
  'leave.refused': { channels: ['sms', 'mail'], isUrgent: true },
  'leave.revoked': { channels: ['sms', 'mail'], isUrgent: true },
  'leave.withdrawn': { channels: ['mail'], isUrgent: false },
  'objection.made': { channels: ['mail'], isUrgent: false },
  'objection.accepted': { channels: ['sms', 'mail'], isUrgent: false },
  'objection.refused': { channels: ['sms', 'mail'], isUrgent: false },
  // Nothing is left to do: no SMS.
  'material.accepted': { channels: ['mail'], isUrgent: false },
  'class.days_changed': { channels: ['mail'], isUrgent: false },
  'sitting.named': { channels: ['sms', 'mail'], isUrgent: false },
  'sitting.changed': { channels: ['sms', 'mail'], isUrgent: true },
  'sitting.dropped': { channels: ['sms', 'mail'], isUrgent: true },
  'opening.asked': { channels: ['mail'], isUrgent: false },
  'opening.approved': { channels: ['mail'], isUrgent: false },
  'opening.returned': { channels: ['mail'], isUrgent: false },
  'results.waiting': { channels: ['mail'], isUrgent: false },
  'requests.waiting': { channels: ['mail'], isUrgent: false },
  'results.confirmed': { channels: ['sms', 'mail'], isUrgent: false },
  'certificate.entered': { channels: ['sms', 'mail'], isUrgent: false },
  'material.refused': { channels: ['sms', 'mail'], isUrgent: false },
  'materials.lacking': { channels: ['sms', 'mail'], isUrgent: false },
  // A session may be off, or an offer run out, before the union next looks.
  'worker.not_reached': { channels: ['mail'], isUrgent: true },
}

type Night = { from: string; until: string }

/** What is urgent is held back in these hours only: whoever sleeps then could not do anything about it either. */
const DEEP_NIGHT: Night = { from: '23:00', until: '06:00' }

/**
 * When a message may go: now, or at the end of the quiet hours that it falls into. Urgent ones know only the deep of the
 * night, 23:00 to 6:00. `quiet` null: at any hour, also the urgent ones.
 */
export function mayGoAt(now: Date, { quiet, isUrgent }: { quiet: Night | null; isUrgent: boolean }): Date {
  const night = quiet && isUrgent ? DEEP_NIGHT : quiet
  const time = shanghaiTime(now)
  if (!night || !isWithin(time, night)) return now
  const today = shanghaiDate(now)
  return shanghaiInstant(time < night.until ? today : addDays(today, 1), night.until)
}

/** `from` inclusive, `until` exclusive; over midnight where `from` is the later one. */
const isWithin = (time: string, { from, until }: Night) =>
  from <= until ? time >= from && time < until : time >= from || time < until

const DAY_MS = 24 * 60 * 60 * 1000

/** Until when a message is of use: as long as something can be done, three days at most. Then the app alone has it. */
export function usefulUntil({ at, detail }: Pick<Notice, 'at' | 'detail'>): Date {
  const until =
    'until' in detail && typeof detail.until === 'string' ? Date.parse(detail.until) : Number.POSITIVE_INFINITY
  return new Date(Math.min(until, at.getTime() + 3 * DAY_MS))
}

/** Minutes between one attempt and the next; after the last of them a message is given up: some 13 hours in all. */
const PAUSES = [0.5, 2, 10, 30, 120, 600]
export const MOST_ATTEMPTS = PAUSES.length + 1

/** What came of one attempt. `isFinal`: trying the very same again cannot help. */
export type Outcome = { ok: true; providerId: string | null } | { ok: false; reason: DeliveryReason; isFinal: boolean }

/**
 * What follows an attempt in vain, the `attempts`-th: another one later, or giving up. Spread by up to a fifth (`chance`,
 * 0 to 1), so that what failed together does not come back together.
 */
export function afterFailure(
  { attempts, isFinal }: { attempts: number; isFinal: boolean },
  now: Date,
  chance = Math.random(),
): { state: 'failed'; nextAt: Date } | { state: 'given_up' } {
  const minutes = PAUSES[attempts - 1]
  if (isFinal || minutes === undefined) return { state: 'given_up' }
  return { state: 'failed', nextAt: new Date(now.getTime() + minutes * 60_000 * (1 + chance / 5)) }
}
