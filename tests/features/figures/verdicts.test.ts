import { describe, expect, test } from 'vitest'
import { type Counts, FIGURES } from '#app/features/figures/figures.ts'
import { readings } from '#app/features/figures/readings.ts'
import { growthOf, judge, rateOf, rateOnceIssued } from '#app/features/figures/verdicts.ts'
import { type PolicyRow, policyChange, policyInForce, type YearPolicy } from '#app/features/policy/policy.ts'
import { percent } from '#app/lib/percent.ts'
import reference from '#db/reference/policy.json'

const rows: PolicyRow[] = reference.map((row, index) => ({ ...policyChange.parse(row), id: String(index) }))
const plan = policyInForce(rows, 2026)
const none = Object.fromEntries(FIGURES.map((figure) => [figure, 0])) as Record<(typeof FIGURES)[number], number>
const counts = (given: Partial<Counts>): Counts => ({ ...none, improvedPrevious: 0, levelledPrevious: 0, ...given })
const verdict = (given: Partial<Counts>, policy = plan) => judge(policy, counts(given))

describe('each side of each target', () => {
  test('2 brands meet, 1 lacks 1', () => {
    expect(verdict({ brands: 2 }).brands).toEqual({ verdict: 'met', missing: 0 })
    expect(verdict({ brands: 1 }).brands).toEqual({ verdict: 'not_met', missing: 1 })
  })

  test('2,000 trained meet, 1,999 lack 1', () => {
    expect(verdict({ trained: 2000 }).trained).toEqual({ verdict: 'met', missing: 0 })
    expect(verdict({ trained: 1999 }).trained).toEqual({ verdict: 'not_met', missing: 1 })
  })

  test('1,000 practical meet, 999 lack 1', () => {
    expect(verdict({ practical: 1000 }).practical).toEqual({ verdict: 'met', missing: 0 })
    expect(verdict({ practical: 999 }).practical).toEqual({ verdict: 'not_met', missing: 1 })
  })

  test('85 % of the assessed meet exactly; 84.99 % do not, and are never rounded up', () => {
    expect(verdict({ certified: 85, assessed: 100 }).rate).toEqual({ verdict: 'met', missing: 0 })
    expect(verdict({ certified: 8499, assessed: 10_000 }).rate).toEqual({ verdict: 'not_met', missing: 1 })
    expect(percent({ numerator: 8496, denominator: 10_000 })).toBe(84.9)
  })

  test('what the rate lacks is whole persons: 17 of 20 meet, 16 lack 1', () => {
    expect(verdict({ certified: 17, assessed: 20 }).rate.verdict).toBe('met')
    expect(verdict({ certified: 16, assessed: 20 }).rate).toEqual({ verdict: 'not_met', missing: 1 })
    expect(verdict({ certified: 0, assessed: 1 }).rate).toEqual({ verdict: 'not_met', missing: 1 })
  })

  test('nobody assessed: no data, which counts as not met', () => {
    const account = verdict({ brands: 2, trained: 2000, practical: 1000, improved: 1, improvedPrevious: 1 })
    expect(account.rate).toEqual({ verdict: 'no_data', missing: null })
    expect(account.compliant).toBe(false)
  })

  test('growth of exactly 4.5 % is about 5 %; one worker fewer is not', () => {
    expect(verdict({ improved: 1045, improvedPrevious: 1000 }).growth).toEqual({ verdict: 'met', missing: 0 })
    expect(verdict({ improved: 1044, improvedPrevious: 1000 }).growth).toEqual({ verdict: 'not_met', missing: 1 })
    expect(verdict({ improved: 209, improvedPrevious: 200 }).growth.verdict).toBe('met')
    expect(verdict({ improved: 208, improvedPrevious: 200 }).growth.verdict).toBe('not_met')
  })

  test('nobody improved the year before: no baseline, neither met nor missed', () => {
    const account = verdict({ brands: 2, trained: 2000, practical: 1000, assessed: 1, certified: 1, improved: 9 })
    expect(account.growth).toEqual({ verdict: 'no_baseline', missing: null })
    expect(account).toMatchObject({ compliant: true, metCount: 4 })
  })

  test('one indicator missed is enough not to hold', () => {
    const full = {
      brands: 2,
      trained: 2000,
      practical: 1000,
      assessed: 100,
      certified: 85,
      improved: 21,
      improvedPrevious: 20,
    }
    expect(verdict(full)).toMatchObject({ compliant: true, metCount: 5 })
    for (const less of [{ brands: 1 }, { trained: 1999 }, { practical: 999 }, { certified: 84 }, { improved: 20 }])
      expect(verdict({ ...full, ...less })).toMatchObject({ compliant: false, metCount: 4 })
  })
})

test('growth is cut toward zero: −3.46 % shows as −3.4 %', () => {
  expect(percent(growthOf(counts({ improved: 9654, improvedPrevious: 10_000 })))).toBe(-3.4)
  expect(percent(growthOf(counts({ improved: 9996, improvedPrevious: 10_000 })))).toBe(0)
  expect(percent(growthOf(counts({ improved: 1, improvedPrevious: 0 })))).toBeNull()
})

test('the rate with another basis counts only those certified who are in the basis', () => {
  const of = counts({
    certified: 90,
    assessed: 100,
    certified_of_practical: 40,
    practical: 50,
    certified_of_trained: 80,
    trained: 200,
  })
  expect(rateOf(of, 'assessed')).toEqual({ numerator: 90, denominator: 100 })
  expect(rateOf(of, 'practical')).toEqual({ numerator: 40, denominator: 50 })
  expect(rateOf(of, 'trained')).toEqual({ numerator: 80, denominator: 200 })
  const byTrained: YearPolicy = { ...plan, rate: { ...plan.rate, basis: 'trained' } }
  expect(judge(byTrained, of).rate).toEqual({ verdict: 'not_met', missing: 90 })
})

test('合格待发证 counts toward the rate once issued', () => {
  const of = counts({ certified: 80, assessed: 100, awaiting: 6 })
  expect(rateOnceIssued(of, 'assessed')).toEqual({ numerator: 86, denominator: 100 })
})

describe('readings side by side', () => {
  const disputed = counts({
    certified: 90,
    assessed: 100,
    certified_of_trained: 90,
    trained: 2000,
    certified_of_practical: 90,
    practical: 100,
  })

  test('the official reading comes first and is marked', () => {
    expect(readings(plan, disputed).rate.map(({ name, isOfficial, verdict }) => [name, isOfficial, verdict])).toEqual([
      ['assessed', true, 'met'],
      ['practical', false, 'met'],
      ['trained', false, 'not_met'],
    ])
  })

  test('without a source document, readings that disagree about the verdict are not settled', () => {
    expect(readings(plan, disputed).isRateUnsettled).toBe(true)
  })

  test('a source document settles the reading', () => {
    const settled: YearPolicy = { ...plan, rate: { ...plan.rate, source: '粤工总〔2026〕0号第3条' } }
    expect(readings(settled, disputed).isRateUnsettled).toBe(false)
  })

  test('readings that agree leave nothing to settle; no data agrees with not met', () => {
    const agreed = counts({ certified: 1, assessed: 100, certified_of_trained: 1, trained: 100 })
    expect(readings(plan, agreed).rate.map((reading) => reading.verdict)).toEqual(['not_met', 'no_data', 'not_met'])
    expect(readings(plan, agreed).isRateUnsettled).toBe(false)
  })

  test('growth is also read over everyone with a ranked certificate', () => {
    const of = counts({ improved: 95, improvedPrevious: 100, levelled: 120, levelledPrevious: 100 })
    expect(readings(plan, of).growth.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['improved', 'not_met'],
      ['levelled', 'met'],
    ])
    expect(readings(plan, of).isGrowthUnsettled).toBe(true)
  })
})
