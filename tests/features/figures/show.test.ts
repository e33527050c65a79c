import { expect, test } from 'vitest'
import { showCount, showPercent, showTenths } from '#app/features/figures/show.ts'

test('counts group their thousands by commas', () => {
  expect([0, 7, 999, 1000, 121_436, 1_000_000].map(showCount)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '121,436',
    '1,000,000',
  ])
})

test('percentages are cut to one decimal toward zero, with a real minus sign', () => {
  const share = (numerator: number, denominator: number) => showPercent({ numerator, denominator })
  expect([share(8496, 10_000), share(-346, 10_000), share(-4, 10_000), share(1, 1), share(0, 5), share(1, 0)]).toEqual([
    '84.9%',
    '−3.4%',
    '0.0%',
    '100.0%',
    '0.0%',
    '—',
  ])
  expect([showTenths(50), showTenths(45)]).toEqual(['5%', '4.5%'])
})
