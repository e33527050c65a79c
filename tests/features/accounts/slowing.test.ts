import { expect, test } from 'vitest'
import { addressBlock, afterFailure, LIMITS, type Remembered, secondsToWait } from '#app/features/accounts/slowing.ts'

const limit = LIMITS.account
const start = new Date('2026-11-03T01:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const failed = (times: number, at = start): Remembered => {
  let remembered: Remembered = null
  for (let i = 0; i < times; i++) remembered = afterFailure(limit, remembered, at)
  return remembered
}

test('the first four wrong passwords cost no wait, the fifth costs 15 seconds', () => {
  expect(secondsToWait(limit, null, start)).toBe(0)
  expect(secondsToWait(limit, failed(4), start)).toBe(0)
  expect(secondsToWait(limit, failed(5), start)).toBe(15)
})

test('the wait ends on its second, not before', () => {
  expect(secondsToWait(limit, failed(5), later(14.999))).toBe(1)
  expect(secondsToWait(limit, failed(5), later(15))).toBe(0)
})

test('each further failure doubles the wait, up to 15 minutes and never beyond', () => {
  const waits = [5, 6, 7, 8, 9, 10, 11, 12, 50, 5000].map((times) =>
    secondsToWait(limit, { failures: times, lastAt: start }, start),
  )
  expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900, 900])
})

test('one failure is forgiven for every quarter of an hour', () => {
  expect(afterFailure(limit, failed(5), later(899)).failures).toBe(6)
  expect(afterFailure(limit, failed(5), later(900)).failures).toBe(5)
  expect(afterFailure(limit, failed(5), later(900 * 5)).failures).toBe(1)
  expect(afterFailure(limit, failed(5), later(900 * 500)).failures).toBe(1)
})

test('a clock that went back neither forgives nor makes a wait longer', () => {
  expect(afterFailure(limit, failed(5), later(-3600)).failures).toBe(6)
  expect(secondsToWait(limit, failed(4), later(-3600))).toBe(0)
  expect(secondsToWait(limit, failed(5), later(-3600))).toBe(15)
})

test('an address is slowed as its subscriber: IPv4 whole, IPv6 by its first 64 bits', () => {
  expect(addressBlock('203.0.113.9')).toBe('203.0.113.9')
  expect(addressBlock('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(addressBlock('2001:DB8:0:1:aaaa::1')).toBe('2001:db8:0:1')
  expect(addressBlock('2001:db8::1')).toBe('2001:db8:0:0')
  expect(addressBlock('2001:0db8:0000:0001:1:2:3:4')).toBe('2001:db8:0:1')
  expect(addressBlock('::1')).toBe('0:0:0:0')
  expect(addressBlock('fe80::1%eth0')).toBe('fe80:0:0:0')
})
