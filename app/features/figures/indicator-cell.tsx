import { type Fraction, tenthsOfPercent } from '#app/lib/percent.ts'
import { Badge } from '#app/ui/badge.tsx'
import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { Measure } from '#app/ui/tiles.tsx'
import type { Indicator } from '#db/values.ts'
import type { Figure } from './figures.ts'
import type { Cell } from './overview.ts'
import { showCount, showPercent, showTenths } from './show.ts'
import type { Targets } from './targets.ts'
import type { Tone, Verdict } from './verdicts.ts'
import { type FigureWords, words } from './words.ts'

/** What an indicator's number opens: for a share, the persons in its numerator. */
const OPENS: Record<Indicator, Figure> = {
  brands: 'brands',
  trained: 'trained',
  practical: 'practical',
  rate: 'certified',
  growth: 'improved',
}

/** The page of what a figure counts. */
export const figurePath = (academyCode: string, figure: Figure, year: number): string =>
  `/academies/${academyCode}/figures/${figure}?year=${year}`

/** A verdict: icon, word and colour. */
export function VerdictBadge({ verdict, tone }: { verdict: Verdict; tone: Tone }) {
  const w = useWords(words)
  return (
    <Badge tone={tone} icon={verdict === 'no_data' ? 'minus' : undefined}>
      {w.verdicts[verdict]}
    </Badge>
  )
}

/** One indicator of one academy: verdict, value (a link to what it counts), bar against the target, what is missing. */
export function IndicatorCell({
  indicator,
  cell,
  targets,
  improved,
  academyCode,
  year,
}: {
  indicator: Indicator
  cell: Cell
  targets: Targets
  improved: number
  academyCode: string
  year: number
}) {
  const w = useWords(words)
  return (
    <Measure
      badge={<VerdictBadge verdict={cell.verdict} tone={cell.tone} />}
      value={
        <TextLink
          to={figurePath(academyCode, OPENS[indicator], year)}
          aria-label={valueInWords(w, indicator, cell.value)}
        >
          {shownValue(cell.value)}
        </TextLink>
      }
      bar={<IndicatorBar indicator={indicator} value={cell.value} targets={targets} />}
      note={noteOf(w, indicator, cell, improved)}
    />
  )
}

/** A value against its target mark. Growth is drawn up to twice its target; below 0 the bar is empty. */
export function IndicatorBar({
  indicator,
  value,
  targets,
}: {
  indicator: Indicator
  value: number | Fraction
  targets: Targets
}) {
  const w = useWords(words)
  const label = w.against(valueInWords(w, indicator, value), targetInWords(w, indicator, targets))
  const scale = {
    brands: { target: targets.brands, max: undefined },
    trained: { target: targets.trained, max: undefined },
    practical: { target: targets.practical, max: undefined },
    rate: { target: targets.rate * 10, max: 1000 },
    growth: { target: targets.growth, max: targets.growth * 2 },
  }[indicator]
  return (
    <BulletBar value={typeof value === 'number' ? value : (tenthsOfPercent(value) ?? 0)} {...scale} label={label} />
  )
}

/** 不少于2,000人, 不低于85%, 5%左右. */
export function targetInWords(w: Pick<FigureWords, 'targets'>, indicator: Indicator, targets: Targets): string {
  if (indicator === 'growth') return w.targets.growth(showTenths(targets.growth))
  return w.targets[indicator](showCount(targets[indicator]))
}

export const shownValue = (value: number | Fraction): string =>
  typeof value === 'number' ? showCount(value) : showPercent(value)

function valueInWords(w: FigureWords, indicator: Indicator, value: number | Fraction): string {
  if (typeof value !== 'number') return `${w.short[indicator]} ${showPercent(value)}`
  return indicator === 'brands' ? w.brands(showCount(value)) : w.persons(showCount(value))
}

function noteOf(w: FigureWords, indicator: Indicator, cell: Cell, improved: number): string | undefined {
  const notes: string[] = []
  if (cell.isUnsettled) notes.push(w.unsettled)
  if (cell.verdict === 'no_baseline') notes.push(w.thisYear(showCount(improved)))
  if (cell.onceIssued) notes.push(w.onceIssued(showCount(cell.onceIssued.awaiting), showPercent(cell.onceIssued.share)))
  else if (cell.missing)
    notes.push(
      indicator === 'brands' ? w.missingBrands(showCount(cell.missing)) : w.missingPersons(showCount(cell.missing)),
    )
  return notes.length > 0 ? notes.join(w.noteSeparator) : undefined
}
