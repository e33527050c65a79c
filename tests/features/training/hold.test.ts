import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockEnd, clockTime, cutOffOf, offerUntil, requestUntil } from '#app/features/training/hold.ts'
import type { SeatClass } from '#app/features/training/seat-rules.ts'

const CLOCK = { holdFrom: 8, holdUntil: 21 }
const POLICY = { ...CLOCK, holdHours: 24, cutOffHours: 12, requestDays: 5 }
const shanghai = (written: string) => new Date(`${written}+08:00`)
const HOUR = 3_600_000

test.each([
  // 13 hours a day: 24 hours are a whole day and 11 hours
  [
    '2026-11-10T10:00:00',
    '2026-11-11T21:00:00',
    'eleven hours today, thirteen tomorrow: to the last minute of the evening',
  ],
  ['2026-11-10T08:00:00', '2026-11-11T19:00:00', 'the clock starts at eight'],
  ['2026-11-10T07:59:00', '2026-11-11T19:00:00', 'a minute before eight nothing has run yet'],
  ['2026-11-10T20:59:00', '2026-11-12T18:59:00', 'the last minute of the evening counts'],
  ['2026-11-10T21:00:00', '2026-11-12T19:00:00', 'from nine on nothing runs until the morning'],
  ['2026-11-10T23:30:00', '2026-11-12T19:00:00', 'nor later in the night'],
  ['2026-12-31T20:00:00', '2027-01-02T18:00:00', 'over the year’s end'],
])('a hold of 24 hours that begins at %s ends at %s: %s', (start, end) => {
  expect(clockEnd(shanghai(start), 24, CLOCK)).toEqual(shanghai(end))
})

test('whenever a hold begins it ends by day, and exactly its hours have run', () => {
  const instant = fc.integer({
    min: shanghai('2026-01-01T00:00:00').getTime(),
    max: shanghai('2027-01-01T00:00:00').getTime(),
  })
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 60 }), (at, hours) => {
      const [start, end] = [new Date(at), clockEnd(new Date(at), hours, CLOCK)]
      const clock = (end.getTime() + 8 * HOUR) % (24 * HOUR)
      expect(clock).toBeGreaterThan(8 * HOUR)
      expect(clock).toBeLessThanOrEqual(21 * HOUR)
      expect(clockTime(start, end, CLOCK)).toBe(hours * HOUR)
    }),
  )
})

/** A practical class that begins on 21 November: freed seats are offered until noon of the day before. */
const practical = { mode: 'practical', startsOn: '2026-11-21', endsOn: '2026-11-22' } as SeatClass

test('the cut-off is half a day before the first day; of an online class before its last is over', () => {
  expect(cutOffOf(practical, POLICY)).toEqual(shanghai('2026-11-20T12:00:00'))
  expect(cutOffOf({ ...practical, mode: 'online' }, POLICY)).toEqual(shanghai('2026-11-22T12:00:00'))
})

test('an offer never runs beyond the cut-off, and none is made that leaves less than an hour of daytime', () => {
  expect(offerUntil(practical, POLICY, shanghai('2026-11-19T20:00:00'))).toEqual(shanghai('2026-11-20T12:00:00'))
  expect(offerUntil(practical, POLICY, shanghai('2026-11-20T11:00:00'))).toEqual(shanghai('2026-11-20T12:00:00'))
  expect(offerUntil(practical, POLICY, shanghai('2026-11-20T11:00:01'))).toBeNull()
  const atNight = { ...POLICY, cutOffHours: 15.5 } // 8:30
  expect(offerUntil(practical, atNight, shanghai('2026-11-19T23:00:00'))).toBeNull()
})

test('a request waits some days for its answer, and never beyond the class’s first day', () => {
  expect(requestUntil(practical, POLICY, shanghai('2026-11-10T12:00:00'))).toEqual(shanghai('2026-11-15T12:00:00'))
  expect(requestUntil(practical, POLICY, shanghai('2026-11-18T12:00:00'))).toEqual(shanghai('2026-11-21T00:00:00'))
})
