import { expect, test } from 'vitest'
import { elapsedOf, projected } from '#app/features/figures/pace.ts'

test('the pace of a year counts today among its days; a year that is over, or ahead, has none', () => {
  expect(elapsedOf(2026, '2026-01-01')).toEqual({ days: 1, of: 365 })
  expect(elapsedOf(2028, '2028-12-31')).toEqual({ days: 366, of: 366 })
  expect([elapsedOf(2025, '2026-01-01'), elapsedOf(2027, '2026-12-31')]).toEqual([null, null])
  expect(projected(1842, { days: 304, of: 365 })).toBe(2211)
})
