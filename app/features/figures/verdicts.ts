import { type Fraction, growth } from '#app/lib/percent.ts'
import { INDICATORS, type Indicator, type RateBasis } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Counts } from './figures.ts'

/** `no_data`: the rate, with nobody in its basis (counts as not met). `no_baseline`: growth, with nobody the year before. */
export type Verdict = 'met' | 'not_met' | 'no_data' | 'no_baseline'

/** How a verdict looks: `warn` is missed now and reached by what is already on its way. */
export type Tone = 'met' | 'warn' | 'miss' | 'none'

/** The colour of a verdict that nothing on its way will change. */
export function toneOf(verdict: Verdict): Tone {
  return verdict === 'met' ? 'met' : verdict === 'no_baseline' ? 'none' : 'miss'
}

/** An indicator as it stands: never decided here, people decide. */
export type Judgement = {
  verdict: Verdict
  /** Persons (brands) that the target still lacks, all else equal: 0 where met; null where there is nothing to measure by. */
  missing: number | null
}

export type Account = Record<Indicator, Judgement> & {
  /** None of the five is `not_met` or `no_data`. */
  compliant: boolean
  /** How many of the five are `met`. */
  metCount: number
}

/**
 * The five verdicts of an academy-year. Exact, in whole numbers: rate met ⇔ numerator × 100 ≥ threshold × basis;
 * growth met ⇔ improved × 1000 ≥ improved before × (1000 + threshold − tolerance), in tenths of a percent.
 */
export function judge(policy: YearPolicy, counts: Counts): Account {
  const indicators = {
    brands: atLeast(counts.brands, policy.brands.threshold),
    trained: atLeast(counts.trained, policy.trained.threshold),
    practical: atLeast(counts.practical, policy.practical.threshold),
    rate: judgeRate(policy, rateOf(counts, policy.rate.basis)),
    growth: judgeGrowth(policy, counts.improved, counts.improvedPrevious),
  }
  const verdicts = INDICATORS.map((indicator) => indicators[indicator].verdict)
  return {
    ...indicators,
    compliant: !verdicts.some((verdict) => verdict === 'not_met' || verdict === 'no_data'),
    metCount: verdicts.filter((verdict) => verdict === 'met').length,
  }
}

function atLeast(value: number, threshold: number): Judgement {
  return value >= threshold ? { verdict: 'met', missing: 0 } : { verdict: 'not_met', missing: threshold - value }
}

/** The certification rate: persons both certified and in the basis, of those in the basis. */
export function rateOf(counts: Counts, basis: RateBasis): Fraction {
  switch (basis) {
    case 'assessed':
      return { numerator: counts.certified, denominator: counts.assessed }
    case 'practical':
      return { numerator: counts.certified_of_practical, denominator: counts.practical }
    case 'trained':
      return { numerator: counts.certified_of_trained, denominator: counts.trained }
  }
}

export function judgeRate(policy: YearPolicy, { numerator, denominator }: Fraction): Judgement {
  if (denominator === 0) return { verdict: 'no_data', missing: null }
  const needed = Math.ceil((policy.rate.threshold * denominator) / 100)
  return numerator * 100 >= policy.rate.threshold * denominator
    ? { verdict: 'met', missing: 0 }
    : { verdict: 'not_met', missing: needed - numerator }
}

export function judgeGrowth(policy: YearPolicy, now: number, before: number): Judgement {
  if (before === 0) return { verdict: 'no_baseline', missing: null }
  const needed = improvedNeeded(policy, before)
  return now >= needed ? { verdict: 'met', missing: 0 } : { verdict: 'not_met', missing: needed - now }
}

/** The least number of persons whose skill rose that meets growth; whole persons, so that comparing is exact. */
export function improvedNeeded(policy: YearPolicy, before: number): number {
  const factor = 1000 + policy.growth.threshold - policy.growth.toleranceTenths
  return Math.ceil((before * factor) / 1000)
}

/** Growth of the workers whose skill rose, as a fraction. */
export const growthOf = (counts: Counts): Fraction => growth(counts.improved, counts.improvedPrevious)

/** The rate as it will be once every 合格待发证 has a certificate: what makes a missed rate amber instead of red. */
export function rateOnceIssued(counts: Counts, basis: RateBasis): Fraction {
  const { numerator, denominator } = rateOf(counts, basis)
  return { numerator: numerator + awaitingOf(counts, basis), denominator }
}

/** Persons in the basis who passed and wait for their certificate. */
export function awaitingOf(counts: Counts, basis: RateBasis): number {
  switch (basis) {
    case 'assessed':
      return counts.awaiting
    case 'practical':
      return counts.awaiting_of_practical
    case 'trained':
      return counts.awaiting_of_trained
  }
}
