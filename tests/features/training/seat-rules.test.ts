import { expect, test } from 'vitest'
import { closedBecause, decideEnrol, decideWithdraw, type SeatClass } from '#app/features/training/seat-rules.ts'

const shanghai = (written: string) => new Date(`${written}+08:00`)

/** A practical class of 21 and 22 November 2026 with 30 seats, open until 18 November 18:00. */
const practical: SeatClass = {
  origin: 'system',
  status: 'published',
  mode: 'practical',
  startsOn: '2026-11-21',
  endsOn: '2026-11-22',
  capacity: 30,
  taken: 0,
  needsApproval: false,
  hasWaitlist: false,
  enrolOpensAt: shanghai('2026-11-01T00:00:00'),
  enrolClosesAt: shanghai('2026-11-18T18:00:00'),
  withdrawUntil: shanghai('2026-11-18T18:00:00'),
}
const during = shanghai('2026-11-10T12:00:00')
const enrolled = { seat: 'enrolled', isRecorded: false } as const

test('enrolment opens at the very second, not the one before', () => {
  expect(closedBecause(practical, shanghai('2026-10-31T23:59:59'))).toBe('not_open_yet')
  expect(closedBecause(practical, shanghai('2026-11-01T00:00:00'))).toBeNull()
})

test('enrolment closes at the very second: the last one before it still counts', () => {
  expect(closedBecause(practical, shanghai('2026-11-18T17:59:59'))).toBeNull()
  expect(closedBecause(practical, shanghai('2026-11-18T18:00:00'))).toBe('closed')
})

test('without a closing time a class at a place closes at midnight in Shanghai before its first day', () => {
  const open = { ...practical, enrolClosesAt: null }
  expect(closedBecause(open, shanghai('2026-11-20T23:59:59'))).toBeNull()
  expect(closedBecause(open, shanghai('2026-11-21T00:00:00'))).toBe('started')
})

test('without a closing time an online class takes workers until its last day is over', () => {
  const online = { ...practical, mode: 'online', capacity: null, enrolClosesAt: null } as const
  expect(closedBecause(online, shanghai('2026-11-22T23:59:59'))).toBeNull()
  expect(closedBecause(online, shanghai('2026-11-23T00:00:00'))).toBe('ended')
})

test('no closing time keeps a class open beyond its end', () => {
  const late = { ...practical, enrolClosesAt: shanghai('2026-12-31T00:00:00') }
  expect(closedBecause(late, shanghai('2026-11-23T00:00:00'))).toBe('ended')
})

test('the last seat is free, and the one after it is not there', () => {
  expect(decideEnrol({ ...practical, taken: 29 }, null, false, during)).toEqual({ ok: true, isNew: true })
  expect(decideEnrol({ ...practical, taken: 30 }, null, false, during)).toEqual({ ok: false, reason: 'full' })
})

test('an online class without a capacity is never full', () => {
  const online = { ...practical, mode: 'online', capacity: null, taken: 100_000 } as const
  expect(decideEnrol(online, null, false, during)).toEqual({ ok: true, isNew: true })
})

test('who holds a seat has it, whatever has become of the class: a second click is no error', () => {
  for (const facts of [practical, { ...practical, taken: 30 }, { ...practical, status: 'closed' } as const])
    expect(decideEnrol(facts, enrolled, false, during)).toEqual({ ok: true, isNew: false })
})

test('who withdrew may come back while there are seats, and is full like everyone else', () => {
  const left = { seat: 'withdrawn', isRecorded: false } as const
  expect(decideEnrol(practical, left, false, during)).toEqual({ ok: true, isNew: true })
  expect(decideEnrol({ ...practical, taken: 30 }, left, false, during)).toEqual({ ok: false, reason: 'full' })
})

test('whom the academy rejected may not simply ask again', () => {
  const rejected = { seat: 'rejected', isRecorded: false } as const
  expect(decideEnrol(practical, rejected, false, during)).toEqual({ ok: false, reason: 'not_accepted' })
})

test('drafts, cancelled and closed classes and those of a ledger offer no seats', () => {
  for (const status of ['draft', 'cancelled', 'closed'] as const)
    expect(closedBecause({ ...practical, status }, during)).toBe('not_offered')
  expect(closedBecause({ ...practical, origin: 'ledger' }, during)).toBe('not_offered')
})

test('that a person sits in the class through somebody else is never said before what everyone may see', () => {
  expect(decideEnrol(practical, null, true, during)).toEqual({ ok: false, reason: 'check_identity' })
  expect(decideEnrol({ ...practical, taken: 30 }, null, true, during)).toEqual({ ok: false, reason: 'full' })
})

test('withdrawal is open until the very second of its deadline', () => {
  expect(decideWithdraw(practical, enrolled, shanghai('2026-11-18T17:59:59'))).toEqual({ ok: true, isNew: true })
  const late = decideWithdraw(practical, enrolled, shanghai('2026-11-18T18:00:00'))
  expect(late).toEqual({ ok: false, reason: 'too_late' })
})

test('without a deadline one may withdraw until midnight before the first day; online until the last day is over', () => {
  const open = { ...practical, withdrawUntil: null }
  expect(decideWithdraw(open, enrolled, shanghai('2026-11-20T23:59:59')).ok).toBe(true)
  expect(decideWithdraw(open, enrolled, shanghai('2026-11-21T00:00:00')).ok).toBe(false)
  const online = { ...open, mode: 'online' } as const
  expect(decideWithdraw(online, enrolled, shanghai('2026-11-22T23:59:59')).ok).toBe(true)
  expect(decideWithdraw(online, enrolled, shanghai('2026-11-23T00:00:00')).ok).toBe(false)
})

test('once hours are recorded nobody withdraws, and who never enrolled has nothing to withdraw', () => {
  expect(decideWithdraw(practical, { ...enrolled, isRecorded: true }, during)).toEqual({
    ok: false,
    reason: 'recorded',
  })
  expect(decideWithdraw(practical, null, during)).toEqual({ ok: false, reason: 'not_enrolled' })
})

test('to withdraw twice is to withdraw once', () => {
  expect(decideWithdraw(practical, { seat: 'withdrawn', isRecorded: false }, during)).toEqual({
    ok: true,
    isNew: false,
  })
})
