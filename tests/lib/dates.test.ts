import { expect, test } from 'vitest'
import { parseDate } from '#app/lib/dates.ts'

test('every way of writing a date that the ledger names is the same date', () => {
  for (const written of [
    '2026-11-03',
    '2026/11/3',
    '2026.11.3',
    '20261103',
    '2026年11月3日',
    ' 2026/11/03 ',
    '２０２６－１１－０３',
  ])
    expect(parseDate(written), written).toBe('2026-11-03')
})

test('a day that does not exist is not a date, and 29 February is one in leap years alone', () => {
  for (const written of ['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '20261131'])
    expect(parseDate(written), written).toBeNull()
  expect(parseDate('2024-02-29')).toBe('2024-02-29')
})

test('anything else is not guessed at', () => {
  for (const written of ['', '2026-11', '3/11/2026', '26-11-03', '2026-11/3', '46329', '2026-11-03 08:00', '无'])
    expect(parseDate(written), written).toBeNull()
})
