import { addDays, shanghaiDate, shanghaiInstant } from '#app/lib/calendar.ts'
import { endOf, type SeatClass, startOf } from './seat-rules.ts'

const HOUR_MS = 3_600_000

/** When people may be asked to answer: from and until whole hours of a day in Shanghai, `until` exclusive. */
export type HoldClock = { holdFrom: number; holdUntil: number }

/**
 * The instant at which a clock that runs between these hours alone has run for so long. A hold that fits into a day to its last
 * minute ends that evening, not the next morning.
 */
export function clockEnd(start: Date, hours: number, clock: HoldClock): Date {
  let left = hours * HOUR_MS
  for (let day = shanghaiDate(start); ; day = addDays(day, 1)) {
    const { from, until } = openHours(day, clock)
    const begins = Math.max(start.getTime(), from)
    if (begins < until && left <= until - begins) return new Date(begins + left)
    left -= Math.max(0, until - begins)
  }
}

/** How long such a clock runs between two instants, in ms. */
export function clockTime(start: Date, end: Date, clock: HoldClock): number {
  let run = 0
  for (let day = shanghaiDate(start); day <= shanghaiDate(end); day = addDays(day, 1)) {
    const { from, until } = openHours(day, clock)
    run += Math.max(0, Math.min(until, end.getTime()) - Math.max(from, start.getTime()))
  }
  return run
}

function openHours(day: string, { holdFrom, holdUntil }: HoldClock) {
  const midnight = shanghaiInstant(day).getTime()
  return { from: midnight + holdFrom * HOUR_MS, until: midnight + holdUntil * HOUR_MS }
}

/** From when on freed seats are offered no more: the class head then gives them by phone. Of an online class, before its end. */
export function cutOffOf(facts: SeatClass, { cutOffHours }: { cutOffHours: number }): Date {
  const until = facts.mode === 'online' ? endOf(facts) : startOf(facts)
  return new Date(until.getTime() - cutOffHours * HOUR_MS)
}

/** Nobody is asked to answer within less than this, by the same clock. */
const LEAST_HOURS = 1

/** Until when a seat that is offered now is held; null: it is too late to offer one. */
export function offerUntil(
  facts: SeatClass,
  policy: HoldClock & { holdHours: number; cutOffHours: number },
  now: Date,
): Date | null {
  const cutOff = cutOffOf(facts, policy)
  if (now >= cutOff || clockTime(now, cutOff, policy) < LEAST_HOURS * HOUR_MS) return null
  const end = clockEnd(now, policy.holdHours, policy)
  return earlier(end, cutOff)
}

/** Until when the academy must answer a request that is made now: some days, and before the class begins (or ends). */
export function requestUntil(facts: SeatClass, { requestDays }: { requestDays: number }, now: Date): Date {
  const days = new Date(now.getTime() + requestDays * 24 * HOUR_MS)
  const limit = now < startOf(facts) ? startOf(facts) : endOf(facts)
  return earlier(days, limit)
}

const earlier = (one: Date, other: Date): Date => new Date(Math.min(one.getTime(), other.getTime()))
