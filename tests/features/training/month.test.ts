import { expect, test } from 'vitest'
import { daysOf, monthAfter, readMonth, weeksOf } from '#app/features/training/month.ts'

test('a month is shown in whole weeks from Monday, and no more of them than it touches', () => {
  const weeks = weeksOf('2026-12')
  expect([weeks[0]?.[0], weeks.at(-1)?.[6], weeks.length]).toEqual(['2026-11-30', '2027-01-03', 5])
  expect(weeksOf('2027-02').map(([monday]) => monday)).toEqual(['2027-02-01', '2027-02-08', '2027-02-15', '2027-02-22'])
  expect(daysOf('2026-12')).toEqual({ from: '2026-12-01', until: '2027-01-01' })
})

test('months go on over the turn of the year, and what is no month is the present one', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-05', 0)]).toEqual([
    '2027-01',
    '2025-12',
    '2026-05',
  ])
  for (const asked of [null, '', '2026-13', '2026-00', '1999-01', '2026-1'])
    expect(readMonth(asked, '2026-11-26')).toBe('2026-11')
  expect(readMonth('2027-01', '2026-11-26')).toBe('2027-01')
})
