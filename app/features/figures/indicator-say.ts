import { type Fraction, tenthsOfPercent } from '#app/lib/percent.ts'
import type { Indicator } from '#db/values.ts'
import type { Figure } from './figures.ts'
import type { Cell } from './overview.ts'
import { showCount, showPercent, showTenths } from './show.ts'
import type { Targets } from './targets.ts'
import type { FigureWords } from './words.ts'

/** What an indicator's number opens: for a share, the persons in its numerator. */
export const OPENS: Record<Indicator, Figure> = {
  brands: 'brands',
  trained: 'trained',
  practical: 'practical',
  rate: 'certified',
  growth: 'improved',
}

/** The page of what a figure counts. */
export const figurePath = (academyCode: string, figure: Figure, year: number): string =>
  `/academies/${academyCode}/figures/${figure}?year=${year}`

/** The page of all five indicators of one academy. */
export const academyPath = (academyCode: string, year: number): string =>
  `/academies/${academyCode}/figures?year=${year}`

/** A value against its target mark: what a bullet bar draws. Growth up to twice its target; below 0 the bar is empty. */
export function barOf(
  w: FigureWords,
  indicator: Indicator,
  value: number | Fraction,
  targets: Targets,
): { value: number; target: number; max?: number; label: string } {
  const label = w.against(valueInWords(w, indicator, value), targetInWords(w, indicator, targets))
  const scale = {
    brands: { target: targets.brands },
    trained: { target: targets.trained },
    practical: { target: targets.practical },
    rate: { target: targets.rate * 10, max: 1000 },
    growth: { target: targets.growth, max: targets.growth * 2 },
  }[indicator]
  return { value: plainOf(value) ?? 0, ...scale, label }
}

/** A value as one number: a count, or tenths of a percent; null where there is nothing to divide by. */
export const plainOf = (value: number | Fraction): number | null =>
  typeof value === 'number' ? value : tenthsOfPercent(value)

/** The target on the scale of {@link plainOf}. */
export const plainTarget = (indicator: Indicator, targets: Targets): number =>
  indicator === 'rate' ? targets.rate * 10 : targets[indicator]

/** 不少于2,000人, 不低于85%, 5%左右. */
export function targetInWords(w: Pick<FigureWords, 'targets'>, indicator: Indicator, targets: Targets): string {
  if (indicator === 'growth') return w.targets.growth(showTenths(targets.growth))
  return w.targets[indicator](showCount(targets[indicator]))
}

export const shownValue = (value: number | Fraction): string =>
  typeof value === 'number' ? showCount(value) : showPercent(value)

export function valueInWords(w: FigureWords, indicator: Indicator, value: number | Fraction): string {
  if (typeof value !== 'number') return `${w.short[indicator]} ${showPercent(value)}`
  return indicator === 'brands' ? w.brands(showCount(value)) : w.persons(showCount(value))
}

/** What stands under the bar: why a reading is open, what is missing, what will be reached; empty where nothing is to say. */
export function noteOf(w: FigureWords, indicator: Indicator, cell: Cell, improved: number): string {
  const notes: string[] = []
  if (cell.isUnsettled) notes.push(w.unsettled)
  if (cell.verdict === 'no_baseline') notes.push(w.thisYear(showCount(improved)))
  if (cell.onceIssued) notes.push(w.onceIssued(showCount(cell.onceIssued.awaiting), showPercent(cell.onceIssued.share)))
  else if (cell.missing) {
    const missing = showCount(cell.missing)
    const said = indicator === 'brands' ? w.missingBrands(missing) : w.missingPersons(missing)
    notes.push(cell.atPace === null ? said : w.onPace(said))
  }
  return notes.join(w.noteSeparator)
}
