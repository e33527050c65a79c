import fc from 'fast-check'
import { expect, test } from 'vitest'
import { move, type Place, type SeatEvent } from '#app/features/training/seat-machine.ts'
import { SEAT_ENDINGS, SEATS } from '#db/values.ts'

const room = fc.record({ isFree: fc.boolean(), mayWait: fc.boolean() })
const anyEvent: fc.Arbitrary<SeatEvent> = fc.oneof(
  fc.record({ is: fc.constant('request' as const), needsApproval: fc.boolean(), room }),
  fc.record({ is: fc.constantFrom('approve' as const, 'enter' as const, 'confirm' as const), room }),
  fc.record({ is: fc.constantFrom('reject', 'offer', 'accept', 'decline', 'expire') as fc.Arbitrary<'reject'> }),
  fc.record({ is: fc.constant('withdraw' as const), isRecorded: fc.boolean(), isTooLate: fc.boolean() }),
  fc.record({ is: fc.constant('remove' as const), isRecorded: fc.boolean() }),
  fc.record({ is: fc.constant('cancel_class' as const), isDelivered: fc.boolean() }),
)
const anyPlace: fc.Arbitrary<Place | null> = fc.option(
  fc.oneof(
    fc.record({ seat: fc.constantFrom(...SEATS.filter((seat) => seat !== 'withdrawn')), ending: fc.constant(null) }),
    fc.record({ seat: fc.constant('withdrawn' as const), ending: fc.option(fc.constantFrom(...SEAT_ENDINGS)) }),
  ),
)
const after = (place: Place | null, event: SeatEvent): Place | null => {
  const moved = move(place, event)
  return moved.ok ? { seat: moved.seat, ending: moved.ending } : place
}

test('every event on every place is a place or a refusal with its reason; only what is withdrawn says how it ended', () => {
  fc.assert(
    fc.property(anyPlace, anyEvent, (place, event) => {
      const moved = move(place, event)
      if (!moved.ok) expect(moved.reason).toMatch(/^[a-z_]+$/)
      else if (moved.isNew) expect(moved.ending !== null).toBe(moved.seat === 'withdrawn')
      else expect({ seat: moved.seat, ending: moved.ending }).toEqual(place)
    }),
  )
})

test('the same event again changes nothing more', () => {
  const repeatable = anyEvent.filter(({ is }) => is !== 'request' && is !== 'enter')
  fc.assert(
    fc.property(anyPlace, repeatable, (place, event) => {
      const once = after(place, event)
      const twice = move(once, event)
      // What ended without a seat is refused the second time; it never moves on.
      if (twice.ok) expect(twice.isNew).toBe(false)
    }),
  )
})

test('nobody gets a seat that is not free: only an offer, which holds one, is turned into it', () => {
  fc.assert(
    fc.property(anyPlace, anyEvent, (place, event) => {
      const moved = move(place, event)
      const isSeated = moved.ok && moved.isNew && moved.seat === 'enrolled'
      if (isSeated && place?.seat !== 'offered') expect('room' in event && event.room.isFree).toBe(true)
    }),
  )
})

test('whatever happens in whatever order, a class that wants approval seats nobody whom the academy has not approved', () => {
  const noStaff = anyEvent
    .filter(({ is }) => is !== 'approve' && is !== 'enter')
    .map((event) => (event.is === 'request' ? { ...event, needsApproval: true } : event))
  fc.assert(
    fc.property(fc.array(noStaff, { maxLength: 30 }), (events) => {
      const seats = events.reduce<Place | null>(after, null)?.seat
      expect(['enrolled', 'offered', 'waitlisted']).not.toContain(seats)
    }),
  )
})

test('whom the academy rejected gets in by the academy alone', () => {
  const rejected: Place = { seat: 'rejected', ending: null }
  fc.assert(
    fc.property(fc.array(anyEvent.filter(({ is }) => is !== 'enter')), (events) => {
      expect(events.reduce<Place | null>(after, rejected)).toEqual(rejected)
    }),
  )
  expect(move(rejected, { is: 'enter', room: { isFree: true, mayWait: false } })).toMatchObject({ seat: 'enrolled' })
})

test('hours that are recorded keep a seat, whoever wants it given back and whatever becomes of the class', () => {
  const seated: Place = { seat: 'enrolled', ending: null }
  expect(move(seated, { is: 'withdraw', isRecorded: true, isTooLate: false })).toEqual({
    ok: false,
    reason: 'recorded',
  })
  expect(move(seated, { is: 'remove', isRecorded: true })).toEqual({ ok: false, reason: 'recorded' })
  expect(move(seated, { is: 'cancel_class', isDelivered: true })).toMatchObject({ isNew: false, seat: 'enrolled' })
})

test('who waits may leave the line at any time; who sits until the deadline', () => {
  const late = { is: 'withdraw', isRecorded: false, isTooLate: true } as const
  for (const seat of ['requested', 'waitlisted', 'offered'] as const)
    expect(move({ seat, ending: null }, late)).toMatchObject({ seat: 'withdrawn', ending: 'left' })
  expect(move({ seat: 'enrolled', ending: null }, late)).toEqual({ ok: false, reason: 'too_late' })
})

test('an offer that has run out is told as such, and one that never was as well', () => {
  const expired = after({ seat: 'offered', ending: null }, { is: 'expire' })
  expect(move(expired, { is: 'accept' })).toEqual({ ok: false, reason: 'offer_expired' })
  expect(move({ seat: 'waitlisted', ending: null }, { is: 'accept' })).toEqual({ ok: false, reason: 'no_offer' })
})
