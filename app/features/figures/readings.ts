import { type Fraction, growth } from '#app/lib/percent.ts'
import { RATE_BASES, type RateBasis } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Counts } from './figures.ts'
import { judgeGrowth, judgeRate, rateOf, rateOnceIssued, type Tone, toneOf, type Verdict } from './verdicts.ts'

/**
 * Where the plan's words allow several readings, each is shown with its verdict: the rate by its denominator, growth by
 * whom "skill rose" means (`improved`: a level above every one held before; `levelled`: any ranked certificate).
 */
export type Reading<Name extends string> = {
  name: Name
  /** The one that the verdict goes by. */
  isOfficial: boolean
  share: Fraction
  verdict: Verdict
  tone: Tone
}

export type GrowthReading = 'improved' | 'levelled'

export type Readings = {
  rate: Reading<RateBasis>[]
  growth: Reading<GrowthReading>[]
  /** 口径待定: no source document says which reading is meant, and the readings disagree about the verdict. */
  isRateUnsettled: boolean
  isGrowthUnsettled: boolean
}

/** The readings of the rate and of growth side by side, the official one first. */
export function readings(policy: YearPolicy, counts: Counts): Readings {
  const { basis } = policy.rate
  const rate = [basis, ...RATE_BASES.filter((other) => other !== basis)].map((name): Reading<RateBasis> => {
    const share = rateOf(counts, name)
    const { verdict } = judgeRate(policy, share)
    const isComing = verdict === 'not_met' && judgeRate(policy, rateOnceIssued(counts, name)).verdict === 'met'
    return { name, isOfficial: name === basis, share, verdict, tone: isComing ? 'warn' : toneOf(verdict) }
  })
  const growthReading = (name: GrowthReading, now: number, before: number): Reading<GrowthReading> => {
    const { verdict } = judgeGrowth(policy, now, before)
    return { name, isOfficial: name === 'improved', share: growth(now, before), verdict, tone: toneOf(verdict) }
  }
  const growths = [
    growthReading('improved', counts.improved, counts.improvedPrevious),
    growthReading('levelled', counts.levelled, counts.levelledPrevious),
  ]
  return {
    rate,
    growth: growths,
    isRateUnsettled: policy.rate.source === null && disagree(rate),
    isGrowthUnsettled: policy.growth.source === null && disagree(growths),
  }
}

/** `no_data` counts as not met, so those two agree. */
function disagree(side: readonly { verdict: Verdict }[]): boolean {
  return new Set(side.map(({ verdict }) => (verdict === 'no_data' ? 'not_met' : verdict))).size > 1
}
