import { badgeMarkup, bulletMarkup, escaped, sparkMarkup } from '#app/ui/markup.ts'
import { INDICATORS, type Indicator } from '#db/values.ts'
import {
  academyPath,
  barOf,
  figurePath,
  noteOf,
  OPENS,
  plainOf,
  plainTarget,
  shownValue,
  valueInWords,
} from './indicator-say.ts'
import type { Cell, OverviewRow } from './overview.ts'
import type { Targets } from './targets.ts'
import type { FigureWords } from './words.ts'

type Shown = {
  w: FigureWords
  targets: Targets
  year: number
  /** The years side by side, oldest first; empty: one year with its verdicts. */
  years: readonly number[]
  accountHead: string
  /** What hundreds of cells have in common is written once. */
  badges: Map<string, string>
  labels: readonly string[]
}

/**
 * The rows of the overview as text (app/ui/markup.ts says why): academies × five indicators, each number a link to what it
 * counts; on a phone one card an academy. Every text that comes from a record is escaped.
 */
export function overviewRowsMarkup(rows: readonly OverviewRow[], shown: Omit<Shown, 'badges' | 'labels'>): string {
  const { w, accountHead } = shown
  const labels = INDICATORS.map((indicator) => ` data-label="${escaped(w.short[indicator])}"`)
  const all = { ...shown, badges: new Map(), labels: [...labels, ` data-label="${escaped(accountHead)}"`] }
  let body = ''
  for (const row of rows) body += rowMarkup(row, all)
  return body
}

function rowMarkup(row: OverviewRow, shown: Shown): string {
  const { w, year, years, labels } = shown
  const cell = years.length > 0 ? yearsCell : yearCell
  const name = `<th scope="row" role="rowheader"><a class="quiet" href="${academyPath(row.code, year)}">${escaped(row.name)}</a><small>${escaped(row.sponsorName)}</small></th>`
  const cells = INDICATORS.map(
    (indicator, index) => `<td role="cell" class="r"${labels[index]}>${cell(row, indicator, shown)}</td>`,
  )
  return `<tr role="row">${name}${cells.join('')}<td role="cell"${labels.at(-1)}>${account(row, w)}</td></tr>`
}

function yearCell(row: OverviewRow, indicator: Indicator, { w, targets, year, badges }: Shown): string {
  const cell = row.cells[indicator]
  const badge = badgeOf(cell, w, badges)
  const note = noteOf(w, indicator, cell, row.improved)
  const value = `<a href="${figurePath(row.code, OPENS[indicator], year)}">${shownValue(cell.value)}</a>`
  return `<div class="ind">${badge}<b class="num ind-value">${value}</b>${bulletMarkup(barOf(w, indicator, cell.value, targets))}${note && `<p class="ind-note">${escaped(note)}</p>`}</div>`
}

function yearsCell(row: OverviewRow, indicator: Indicator, { w, targets, years, badges }: Shown): string {
  const values = row.trend.map((of) => of[indicator])
  const label = years
    .map((year, index) => w.inYear(year, valueInWords(w, indicator, values[index] ?? 0)))
    .join(w.noteSeparator)
  const line = sparkMarkup({ values: values.map(plainOf), goal: plainTarget(indicator, targets), label })
  const links = years.map(
    (year, index) =>
      `<li><small>${year}</small><a class="side-value" href="${figurePath(row.code, OPENS[indicator], year)}">${shownValue(values[index] ?? 0)}</a></li>`,
  )
  return `<div class="side-by-side">${badgeOf(row.cells[indicator], w, badges)}${line}<ol>${links.join('')}</ol></div>`
}

/** 核算: never a conclusion. Academies without a designation in the year are not judged. */
function account(row: OverviewRow, w: FigureWords): string {
  const small = (text: string) => `<p class="tiny muted">${text}</p>`
  const noBaseline = row.cells.growth.verdict === 'no_baseline' ? small(escaped(w.noBaselineToo)) : ''
  const reference = row.isDesignated
    ? ''
    : small(`<span class="chip">${escaped(w.reference)}</span> ${escaped(w.asReference)}`)
  return `${escaped(w.account(row.metCount))}${noBaseline}${reference}`
}

function badgeOf(
  { tone, verdict }: Pick<Cell, 'tone' | 'verdict'>,
  w: FigureWords,
  known: Map<string, string>,
): string {
  const key = `${tone} ${verdict}`
  const made = known.get(key) ?? badgeMarkup(tone, w.verdicts[verdict], verdict === 'no_data' ? 'minus' : undefined)
  known.set(key, made)
  return made
}
