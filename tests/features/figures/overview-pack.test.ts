import { expect, test } from 'vitest'
import type { Cell, OverviewRow } from '#app/features/figures/overview.ts'
import { packRows, unpackRows } from '#app/features/figures/overview-pack.ts'
import { elapsedOf, projected } from '#app/features/figures/pace.ts'

const met: Cell = {
  verdict: 'met',
  tone: 'met',
  value: 3,
  missing: 0,
  isUnsettled: false,
  onceIssued: null,
  atPace: null,
}
const share = { numerator: 835, denominator: 1000 }
const row: OverviewRow = {
  ...{ code: 'A', name: '甲', kind: 'industry', cityCode: null, sponsorId: 's', sponsorName: '工会' },
  ...{ isDesignated: true, improved: 4, metCount: 2, isCompliant: false },
  cells: {
    brands: met,
    trained: { ...met, verdict: 'not_met', tone: 'warn', value: 1842, missing: 158, atPace: 2164 },
    practical: { ...met, verdict: 'not_met', tone: 'miss', value: 702, missing: 298 },
    rate: {
      ...met,
      verdict: 'not_met',
      tone: 'warn',
      value: share,
      missing: 21,
      isUnsettled: true,
      onceIssued: { awaiting: 64, share },
    },
    growth: { ...met, verdict: 'no_baseline', tone: 'none', value: { numerator: 4, denominator: 0 }, missing: null },
  },
  trend: [{ brands: 1, trained: 2, practical: 3, rate: share, growth: { numerator: -1, denominator: 9 } }],
}

test('a row travels as text and arrives whole', () => {
  expect(unpackRows(packRows([row, { ...row, trend: [], cityCode: '440300' }]))).toEqual([
    row,
    { ...row, trend: [], cityCode: '440300' },
  ])
})

test('the pace of a year counts today among its days; a year that is over, or ahead, has none', () => {
  expect(elapsedOf(2026, '2026-01-01')).toEqual({ days: 1, of: 365 })
  expect(elapsedOf(2028, '2028-12-31')).toEqual({ days: 366, of: 366 })
  expect([elapsedOf(2025, '2026-01-01'), elapsedOf(2027, '2026-12-31')]).toEqual([null, null])
  expect(projected(1842, { days: 304, of: 365 })).toBe(2211)
})
