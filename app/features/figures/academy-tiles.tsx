import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Trend } from '#app/ui/trend.tsx'
import { INDICATORS, type Indicator } from '#db/values.ts'
import { academyWords } from './academy-words.ts'
import { IndicatorBar, VerdictBadge } from './indicator-cell.tsx'
import {
  figurePath,
  noteOf,
  OPENS,
  plainOf,
  plainTarget,
  shownValue,
  targetInWords,
  valueInWords,
} from './indicator-say.ts'
import type { OverviewRow } from './overview.ts'
import { showCount } from './show.ts'
import type { Targets } from './targets.ts'
import { type FigureWords, words } from './words.ts'

type Shown = { row: OverviewRow; targets: Targets; year: number; span: readonly number[]; isRunning: boolean }

/** The five indicators of one academy: value, target, verdict, what is missing, three years; each opens what it counts. */
export function AcademyTiles(shown: Shown) {
  const w = useWords(words)
  const a = useWords(academyWords)
  const { row } = shown
  const missing = INDICATORS.flatMap((indicator) => {
    const { missing, verdict } = row.cells[indicator]
    return verdict === 'not_met' && missing
      ? [a.lacks(w.short[indicator], showCount(missing), indicator === 'brands')]
      : []
  })
  return (
    <div className="stack">
      <Callout title={w.account(row.metCount)}>
        {missing.length > 0 && <p>{a.lacking(missing.join(a.comma))}</p>}
        <p>{row.isDesignated ? w.conclusion : w.asReference}</p>
      </Callout>
      <div className="tiles">
        {INDICATORS.map((indicator) => (
          <IndicatorTile key={indicator} indicator={indicator} {...shown} />
        ))}
      </div>
    </div>
  )
}

function IndicatorTile({ indicator, row, targets, year, span, isRunning }: Shown & { indicator: Indicator }) {
  const w = useWords(words)
  const a = useWords(academyWords)
  const cell = row.cells[indicator]
  const note = noteOf(w, indicator, cell, row.improved) || beyond(a, indicator, cell.value, targets)
  const points = span.map((of, index) => {
    const value = row.trend[index]?.[indicator] ?? 0
    return {
      name: String(of),
      value: plainOf(value),
      shown: shownValue(value),
      said: valueInWords(w, indicator, value),
    }
  })
  const label = points.map(({ name, said }) => w.inYear(Number(name), said)).join(w.noteSeparator)
  return (
    <section className="tile tile-tall" aria-label={w.indicators[indicator]}>
      <p className="tile-label">
        {w.indicators[indicator]}
        <VerdictBadge verdict={cell.verdict} tone={cell.tone} />
      </p>
      <p className="tile-value">
        <a href={figurePath(row.code, OPENS[indicator], year)}>{shownValue(cell.value)}</a>
        {typeof cell.value === 'number' && <small>{indicator === 'brands' ? a.brandsUnit : a.personsUnit}</small>}
      </p>
      <p className="tile-note">{a.target(targetInWords(w, indicator, targets))}</p>
      <IndicatorBar indicator={indicator} value={cell.value} targets={targets} />
      <p className="tile-note">{note}</p>
      {span.length > 1 && (
        <Trend points={points} goal={plainTarget(indicator, targets)} isOpen={isRunning} label={label} />
      )}
    </section>
  )
}

/** By how much a count is over its target. */
function beyond(
  a: (typeof academyWords)['zh-CN'],
  indicator: Indicator,
  value: OverviewRow['cells'][Indicator]['value'],
  targets: Targets,
): string {
  if (typeof value !== 'number' || value <= targets[indicator]) return ''
  return a.beyond(showCount(value - targets[indicator]), indicator === 'brands')
}

/** The three years of the tiles as a table, for those who cannot see the lines. */
export function TrendTable({ row, span }: Pick<Shown, 'row' | 'span'>) {
  const w: FigureWords = useWords(words)
  const a = useWords(academyWords)
  const columns: Column<Indicator>[] = [
    { key: 'indicator', head: a.indicator, isRowHead: true, cell: (indicator) => w.indicators[indicator] },
    ...span.map(
      (year, index): Column<Indicator> => ({
        key: String(year),
        head: String(year),
        isNumeric: true,
        cell: (indicator) => shownValue(row.trend[index]?.[indicator] ?? 0),
      }),
    ),
  ]
  return (
    <details>
      <summary>{a.trendTable}</summary>
      <Table caption={a.trendCaption} columns={columns} rows={INDICATORS} rowKey={(indicator) => indicator} />
    </details>
  )
}
