import type { Indicator, RateBasis } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'

/** What a page says of the policy that judged a year. */
export type Targets = {
  brands: number
  /** Persons. */
  trained: number
  practical: number
  /** Percent of the basis. */
  rate: number
  basis: RateBasis
  /** Tenths of a percent, and how many of them below still meet. */
  growth: number
  tolerance: number
  /** The year whose rows are in force: older than the year asked where that has none of its own. */
  policyYear: number
  /** Document and clause of the rate's and growth's readings; null until entered. */
  sources: Record<Extract<Indicator, 'rate' | 'growth'>, string | null>
}

export const targetsOf = (policy: YearPolicy): Targets => ({
  brands: policy.brands.threshold,
  trained: policy.trained.threshold,
  practical: policy.practical.threshold,
  rate: policy.rate.threshold,
  basis: policy.rate.basis,
  growth: policy.growth.threshold,
  tolerance: policy.growth.toleranceTenths,
  policyYear: Math.max(policy.rate.year, policy.trained.year, policy.counting.year),
  sources: { rate: policy.rate.source, growth: policy.growth.source },
})
