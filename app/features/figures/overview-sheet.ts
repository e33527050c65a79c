import type { Fraction } from '#app/lib/percent.ts'
import { INDICATORS } from '#db/values.ts'
import { plainOf } from './indicator-say.ts'
import type { OverviewRow } from './overview.ts'
import type { overviewWords } from './overview-words.ts'
import type { FigureWords } from './words.ts'

type Words = { w: FigureWords; o: (typeof overviewWords)['zh-CN'] }

/** A column of the exported table: a structure of app/lib/sheet.server.ts. */
type SheetColumn = {
  head: string
  width?: number
  isShare?: boolean
  value: (row: OverviewRow) => string | number | null
}

/**
 * The columns of the overview as a sheet, in the reader's language: of one year value and verdict, of several years the
 * values side by side. `cityName` by code.
 */
export function overviewColumns(
  { w, o }: Words,
  { year, span, cityName }: { year: number; span: readonly number[]; cityName: (code: string) => string },
): SheetColumn[] {
  const c = o.columns
  const about: SheetColumn[] = [
    { head: c.code, width: 12, value: (row) => row.code },
    { head: c.name, width: 36, value: (row) => row.name },
    { head: c.sponsor, width: 24, value: (row) => row.sponsorName },
    { head: c.city, width: 12, value: (row) => (row.cityCode === null ? null : cityName(row.cityCode)) },
    { head: c.kind, value: (row) => o.kinds[row.kind] },
    { head: c.designated, value: (row) => (row.isDesignated ? c.yes : c.no) },
  ]
  if (span.length > 0)
    return [
      ...about,
      ...INDICATORS.flatMap((indicator) =>
        span.map((of, index): SheetColumn => {
          const isShare = indicator === 'rate' || indicator === 'growth'
          const head = w.inYear(of, w.indicators[indicator])
          return { head, isShare, value: (row) => cellOf(row.trend[index]?.[indicator] ?? null) }
        }),
      ),
      { head: w.inYear(year, c.met), value: (row) => row.metCount },
    ]
  return [
    ...about,
    ...INDICATORS.flatMap((indicator): SheetColumn[] => [
      {
        head: w.indicators[indicator],
        isShare: indicator === 'rate' || indicator === 'growth',
        value: (row) => cellOf(row.cells[indicator].value),
      },
      {
        head: `${w.short[indicator]} ${c.verdict}`,
        value: ({ cells }) => w.verdicts[cells[indicator].verdict],
      },
    ]),
    { head: c.met, value: (row) => row.metCount },
  ]
}

/** A count, or a share cut to tenths of a percent: the sheet shows what the page shows. */
function cellOf(value: number | Fraction | null): number | null {
  if (value === null || typeof value === 'number') return value
  const tenths = plainOf(value)
  return tenths === null ? null : tenths / 1000
}
