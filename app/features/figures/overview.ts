import type { Fraction } from '#app/lib/percent.ts'
import { type AcademyKind, INDICATORS, type Indicator, type RateBasis } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Counts } from './figures.ts'
import { metFilterOf, type OverviewView } from './overview-view.ts'
import { type Elapsed, projected } from './pace.ts'
import { readings } from './readings.ts'
import {
  type Account,
  awaitingOf,
  growthOf,
  judge,
  judgeGrowth,
  judgeRate,
  rateOf,
  rateOnceIssued,
  type Tone,
  toneOf,
  type Verdict,
} from './verdicts.ts'

/** One indicator of one academy, as a cell shows it. */
export type Cell = {
  verdict: Verdict
  tone: Tone
  /** Brands or persons; a share for rate and growth. */
  value: number | Fraction
  /** Persons (brands) still lacking; 0 where met, null where there is nothing to measure by. */
  missing: number | null
  /** 口径待定. */
  isUnsettled: boolean
  /** Rate only, where missed and 合格待发证 will reach it: how many, and the rate then. */
  onceIssued: { awaiting: number; share: Fraction } | null
  /** Counts alone, where missed in a running year and its pace will reach the target: the count at the year's end. */
  atPace: number | null
}

export type OverviewRow = {
  code: string
  name: string
  kind: AcademyKind
  cityCode: string | null
  sponsorId: string
  sponsorName: string
  /** Judged in this year; else for reference. */
  isDesignated: boolean
  cells: Record<Indicator, Cell>
  /** Workers whose skill rose: what growth says where there is no baseline. */
  improved: number
  metCount: number
  isCompliant: boolean
  /** The values of the years shown side by side, oldest first; empty where one year is shown. */
  trend: Record<Indicator, number | Fraction>[]
}

export type OverviewSource = Omit<OverviewRow, 'cells' | 'improved' | 'metCount' | 'isCompliant' | 'trend'> & {
  counts: Counts
  /** The counts of the years shown side by side with the basis of each year's rate. */
  years?: readonly { counts: Counts; basis: RateBasis }[]
}

/**
 * Judges one academy for the table. Amber where certificates of those who already passed will reach the rate, or the pace
 * of a running year (`elapsed`) the count; what scheduled classes will bring is not forecast.
 */
export function overviewRow(
  { counts, years = [], ...academy }: OverviewSource,
  policy: YearPolicy,
  elapsed: Elapsed | null,
): OverviewRow {
  const account = judge(policy, counts)
  return {
    ...academy,
    cells: cellsOf(policy, counts, elapsed, account),
    improved: counts.improved,
    metCount: account.metCount,
    isCompliant: account.compliant,
    trend: years.map((year) => valuesOf(year.counts, year.basis)),
  }
}

/** The five indicators of an academy's year as cells show them. */
export function cellsOf(
  policy: YearPolicy,
  counts: Counts,
  elapsed: Elapsed | null,
  account: Account = judge(policy, counts),
): OverviewRow['cells'] {
  const { isRateUnsettled, isGrowthUnsettled } = readings(policy, counts)
  const { basis } = policy.rate
  const then = rateOnceIssued(counts, basis)
  const isComing = account.rate.verdict === 'not_met' && judgeRate(policy, then).verdict === 'met'
  const plain = { isUnsettled: false, onceIssued: null, atPace: null }
  const cell = (indicator: Indicator, value: number | Fraction): Cell => ({
    ...account[indicator],
    ...plain,
    tone: toneOf(account[indicator].verdict),
    value,
  })
  const paced = (indicator: 'trained' | 'practical' | 'growth', count: number, isMetBy: (count: number) => boolean) => {
    const atPace = elapsed && account[indicator].verdict === 'not_met' ? projected(count, elapsed) : null
    return atPace !== null && isMetBy(atPace) ? ({ tone: 'warn', atPace } as const) : {}
  }
  return {
    brands: cell('brands', counts.brands),
    trained: {
      ...cell('trained', counts.trained),
      ...paced('trained', counts.trained, (count) => count >= policy.trained.threshold),
    },
    practical: {
      ...cell('practical', counts.practical),
      ...paced('practical', counts.practical, (count) => count >= policy.practical.threshold),
    },
    rate: {
      ...cell('rate', rateOf(counts, basis)),
      isUnsettled: isRateUnsettled,
      ...(isComing && { tone: 'warn', onceIssued: { awaiting: awaitingOf(counts, basis), share: then } }),
    },
    growth: {
      ...cell('growth', growthOf(counts)),
      isUnsettled: isGrowthUnsettled,
      ...paced(
        'growth',
        counts.improved,
        (count) => judgeGrowth(policy, count, counts.improvedPrevious).verdict === 'met',
      ),
    },
  }
}

/** The five values of a year, without any verdict. */
const valuesOf = (counts: Counts, basis: RateBasis): Record<Indicator, number | Fraction> => ({
  brands: counts.brands,
  trained: counts.trained,
  practical: counts.practical,
  rate: rateOf(counts, basis),
  growth: growthOf(counts),
})

/** The rows that a view shows, in its order; paging comes after. `cityOrder`: codes in the official order. */
export function arrange(rows: readonly OverviewRow[], view: OverviewView, cityOrder: readonly string[]): OverviewRow[] {
  const place = new Map(cityOrder.map((code, position) => [code, position]))
  const byPlace = (row: OverviewRow) => (row.cityCode === null ? cityOrder.length : (place.get(row.cityCode) ?? 0))
  const standard = (a: OverviewRow, b: OverviewRow) => byPlace(a) - byPlace(b) || (a.code < b.code ? -1 : 1)
  const sign = view.dir === 'desc' ? -1 : 1
  return rows
    .filter((row) => isShown(row, view))
    .sort((a, b) => {
      if (view.sort === 'city') return sign * standard(a, b)
      const [one, other] = [measure(a, view.sort), measure(b, view.sort)]
      // What cannot be measured stands last in either direction.
      if (one === null || other === null) return Number(one === null) - Number(other === null) || standard(a, b)
      return sign * (one - other) || standard(a, b)
    })
}

function isShown(row: OverviewRow, { city, sponsor, kind, verdict, q }: OverviewView): boolean {
  if (city && row.cityCode !== city) return false
  if (sponsor && row.sponsorId !== sponsor) return false
  if (kind && row.kind !== kind) return false
  if (q && !`${row.name} ${row.code}`.toLowerCase().includes(q.toLowerCase())) return false
  const met = metFilterOf(verdict)
  if (met !== null) return row.isDesignated && row.metCount === met
  if (verdict === 'compliant') return row.isCompliant
  if (verdict === 'missing') return !row.isCompliant
  if (verdict === 'unsettled') return row.cells.rate.isUnsettled || row.cells.growth.isUnsettled
  return verdict === null || isMissed(row.cells[verdict as Indicator])
}

const isMissed = ({ verdict }: Cell) => verdict === 'not_met' || verdict === 'no_data'

function measure(row: OverviewRow, by: Indicator | 'account'): number | null {
  if (by === 'account') return row.metCount
  const { value } = row.cells[by]
  return typeof value === 'number' ? value : value.denominator === 0 ? null : value.numerator / value.denominator
}

const PLAN_SORTS = ['comprehensive', 'online', 'provincial', 'other'] as const
type PlanSort = (typeof PLAN_SORTS)[number]

const sortOf = ({ kind, isDesignated }: OverviewRow): PlanSort =>
  kind === 'comprehensive' || kind === 'online' ? kind : isDesignated ? 'provincial' : 'other'

/** The sums over academies, and how many of those judged meet each target. */
export type Headline = {
  academies: number
  designated: number
  /** The plan's 1 + 1 + about 60 + N: every academy in one of four sorts. */
  sorts: Record<PlanSort, number>
  /** Of those judged, how many meet 5, 4 … 0 of the five. */
  byMet: number[]
  /** Of those judged: what a year's end at this pace, and certificates on their way, will change. */
  ahead: { trained: number; practical: number; rate: number; unsettled: number }
  met: Record<Indicator, number>
  /** Of those judged: growth without a baseline. */
  noBaseline: number
  brands: number
  trained: number
  practical: number
  rate: Fraction
  growth: Fraction
  entitled: number
  assessed: number
  absent: number
  certified: number
  awaiting: number
  /** Of the trained (summed over academies), those who were assessed. */
  assessedOfTrained: Fraction
}

export function headline(rows: readonly OverviewRow[], all: readonly Counts[], policy: YearPolicy): Headline {
  const sum = (of: (counts: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0)
  const designated = rows.filter((row) => row.isDesignated)
  const share = (of: (counts: Counts) => Fraction): Fraction => ({
    numerator: sum((counts) => of(counts).numerator),
    denominator: sum((counts) => of(counts).denominator),
  })
  const met = (indicator: Indicator) => designated.filter((row) => row.cells[indicator].verdict === 'met').length
  const count = (is: (row: OverviewRow) => boolean) => designated.filter(is).length
  return {
    academies: rows.length,
    designated: designated.length,
    sorts: Object.fromEntries(
      PLAN_SORTS.map((sort) => [sort, rows.filter((row) => sortOf(row) === sort).length]),
    ) as Record<PlanSort, number>,
    byMet: [5, 4, 3, 2, 1, 0].map((met) => count((row) => row.metCount === met)),
    ahead: {
      trained: count(({ cells }) => cells.trained.tone === 'miss'),
      practical: count(({ cells }) => cells.practical.tone === 'miss'),
      rate: count(({ cells }) => cells.rate.onceIssued !== null),
      unsettled: count(({ cells }) => cells.rate.isUnsettled || cells.growth.isUnsettled),
    },
    met: Object.fromEntries(INDICATORS.map((indicator) => [indicator, met(indicator)])) as Record<Indicator, number>,
    noBaseline: designated.filter((row) => row.cells.growth.verdict === 'no_baseline').length,
    brands: sum((counts) => counts.brands),
    trained: sum((counts) => counts.trained),
    practical: sum((counts) => counts.practical),
    rate: share((counts) => rateOf(counts, policy.rate.basis)),
    growth: share(growthOf),
    entitled: sum((counts) => counts.entitled),
    assessed: sum((counts) => counts.assessed),
    absent: sum((counts) => counts.absent),
    certified: sum((counts) => counts.certified),
    awaiting: sum((counts) => counts.awaiting),
    assessedOfTrained: share((counts) => ({ numerator: counts.assessed_of_trained, denominator: counts.trained })),
  }
}
