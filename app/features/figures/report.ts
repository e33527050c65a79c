import { percent } from '#app/lib/percent.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Counts } from './figures.ts'
import { growthOf, judge, rateOf, type Verdict } from './verdicts.ts'

/** One academy-year of `compliance:report`; the columns and their order are those of domain.md. */
export type ReportRow = {
  academy_code: string
  academy_name: string
  year: number
  brands: number
  trained: number
  trained_times: number
  trained_online_only: number
  practical: number
  practical_times: number
  assessed: number
  certified: number
  /** Cut to one decimal; null where nobody is in the basis. */
  rate_percent: number | null
  improved: number
  improved_previous: number
  /** Cut to one decimal toward zero; null where nobody improved the year before. */
  growth_percent: number | null
  brands_verdict: Verdict
  trained_verdict: Verdict
  practical_verdict: Verdict
  rate_verdict: Verdict
  growth_verdict: Verdict
  /** Of an academy-year without designation too: it is then for reference. */
  compliant: boolean
}

export const REPORT_COLUMNS = [
  'academy_code',
  'academy_name',
  'year',
  'brands',
  'trained',
  'trained_times',
  'trained_online_only',
  'practical',
  'practical_times',
  'assessed',
  'certified',
  'rate_percent',
  'improved',
  'improved_previous',
  'growth_percent',
  'brands_verdict',
  'trained_verdict',
  'practical_verdict',
  'rate_verdict',
  'growth_verdict',
  'compliant',
] as const satisfies readonly (keyof ReportRow)[]

/** The row of one academy: its figures, and what the year's policy says of them. */
export function reportRow(
  academy: { code: string; name: string; counts: Counts },
  year: number,
  policy: YearPolicy,
): ReportRow {
  const { counts } = academy
  const account = judge(policy, counts)
  return {
    academy_code: academy.code,
    academy_name: academy.name,
    year,
    brands: counts.brands,
    trained: counts.trained,
    trained_times: counts.trained_times,
    trained_online_only: counts.trained_online_only,
    practical: counts.practical,
    practical_times: counts.practical_times,
    assessed: counts.assessed,
    certified: counts.certified,
    rate_percent: percent(rateOf(counts, policy.rate.basis)),
    improved: counts.improved,
    improved_previous: counts.improvedPrevious,
    growth_percent: percent(growthOf(counts)),
    brands_verdict: account.brands.verdict,
    trained_verdict: account.trained.verdict,
    practical_verdict: account.practical.verdict,
    rate_verdict: account.rate.verdict,
    growth_verdict: account.growth.verdict,
    compliant: account.compliant,
  }
}

type Value = ReportRow[keyof ReportRow]

/** One array, for machines. */
export const asJson = (rows: readonly ReportRow[]): string => `${JSON.stringify(rows, null, 2)}\n`

/** UTF-8, comma-separated, one header line. Nothing (null) is an empty cell. */
export function asCsv(rows: readonly ReportRow[]): string {
  const lines = [REPORT_COLUMNS, ...rows.map((row) => REPORT_COLUMNS.map((column) => row[column]))]
  return lines.map((line) => `${line.map(csvCell).join(',')}\n`).join('')
}

/** A text that Excel would run as a formula gets an apostrophe; a number below 0 is a number. */
function csvCell(value: Value): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** For people at a terminal: columns aligned, Chinese characters two wide, numbers to the right. */
export function asTable(rows: readonly ReportRow[]): string {
  const cells = rows.map((row) => REPORT_COLUMNS.map((column) => row[column]))
  const widths = REPORT_COLUMNS.map((column, at) =>
    Math.max(column.length, ...cells.map((line) => widthOf(shown(line[at] ?? null)))),
  )
  const line = (values: readonly Value[]) =>
    values
      .map((value, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(shown(value)))
        return typeof value === 'number' ? space + shown(value) : shown(value) + space
      })
      .join('  ')
      .trimEnd()
  return [REPORT_COLUMNS, ...cells].map((values) => `${line(values)}\n`).join('')
}

const shown = (value: Value) => (value === null ? '-' : String(value))

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Columns that a text takes in a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0)
