import { addDays } from '#app/lib/calendar.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { readPasted } from '#app/lib/pasted.ts'
import { cellText, type Finding, type TableRow } from '#app/lib/table.ts'
import { cellReader, disagreements, quoted } from '#app/lib/table-cells.ts'
import { CALENDAR_COLUMNS, CALENDAR_KINDS, type CalendarField, KINDS_SHOWN } from './calendar-columns.ts'
import { calendarWords } from './calendar-words.ts'
import { type CalendarDay, type CalendarYear, faultOfDay, missingLegalDays } from './work-calendar.ts'

/** Longer than any holiday: a date that was mistyped. */
const LONGEST_SPAN = 31
/** More than a year's arrangement could have. */
const MOST_LINES = 400

/** A year as a table gives it, and in which row each of its days stands. */
export type ReadYear = CalendarYear & { rowOf: ReadonlyMap<string, number> }

/** Years of a table, each whole: what is wrong with a row, with a day, or with a year is in `errors`, and then nothing is to be kept. */
export function readCalendar(
  rows: readonly TableRow<CalendarField>[],
  locale: Locale,
): { years: ReadYear[]; errors: Finding[] } {
  const w = calendarWords[locale].table
  const errors: Finding[] = []
  const byYear = new Map<number, { source: string; days: (CalendarDay & { row: number })[] }>()
  for (const row of rows) {
    const read = readRow(row, locale)
    errors.push(...read.errors)
    if (!read.value) continue
    const { year, source, days } = read.value
    const known = byYear.get(year) ?? { source, days: [] }
    byYear.set(year, known)
    if (known.source !== source) errors.push(at(row.row, 'source', w.otherSource(known.source)))
    known.days.push(...days.map((day) => ({ ...day, row: row.row })))
  }
  const years = [...byYear].map(([year, { source, days }]): ReadYear => {
    const { unique, twice } = onceEach(days)
    errors.push(...disagreements(twice, locale))
    const missing = missingLegalDays(year, unique)
    if (missing.length > 0 && errors.length === 0) errors.push(at(null, 'day', w.legalMissing(year, missing)))
    return { year, source, days: unique, rowOf: new Map(days.map(({ day, row }) => [day, row])) }
  })
  return { years, errors }
}

/** A year's arrangement as it was pasted, of three columns (day, kind, name) or four (with the last day), or under heads. */
export function readPastedYear(
  text: string,
  { year, source, locale }: { year: number; source: string; locale: Locale },
): ReturnType<typeof readCalendar> {
  const heads = Object.fromEntries(
    Object.entries(CALENDAR_COLUMNS).map(([field, { header, synonyms }]) => [field, [header, ...synonyms]]),
  ) as Record<CalendarField, string[]>
  // Typed by hand there are commas instead of tabs.
  const tabbed = text.includes('\t') ? text : text.replaceAll(/[,，]/g, '\t')
  const { lines } = readPasted<CalendarField>(tabbed, {
    heads,
    ownOrder: (first) => (first.length > 3 ? ['day', 'until', 'kind', 'name'] : ['day', 'kind', 'name']),
  })
  const w = calendarWords[locale].table
  const filled = lines.filter((line) => line.text !== '')
  if (filled.length === 0) return { years: [], errors: [at(null, null, w.nothing)] }
  if (filled.length > MOST_LINES) return { years: [], errors: [at(null, null, w.tooMany(MOST_LINES))] }
  const rows = filled.map(({ line, cells }) => ({
    row: line,
    cells: {
      ...{ day: '', until: '', kind: '', name: '' },
      ...Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, cellText(cell)])),
      ...{ year: String(year), source },
    },
  }))
  return readCalendar(rows, locale)
}

function readRow(row: TableRow<CalendarField>, locale: Locale) {
  const w = calendarWords[locale].table
  const read = cellReader(row, CALENDAR_COLUMNS, locale)
  const year = read.year('year')
  if (year === null && row.cells.year === '') read.refuse('year', w.yearMissing)
  const from = read.date('day')
  const to = read.date('until', { isOptional: true }) ?? from
  const kind = read.oneOf('kind', CALENDAR_KINDS, KINDS_SHOWN)
  const name = read.text('name', { most: 20 })
  const source = read.text('source', { most: 200 })
  if (from !== null && to !== null && (to < from || to > addDays(from, LONGEST_SPAN)))
    read.refuse('until', w.span(quoted(row.cells.until)))
  const value = year !== null && from !== null && to !== null && kind && name !== null && source !== null
  if (!value || read.errors.length > 0) return { errors: read.errors, value: null }
  const days: CalendarDay[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, kind, name })
  for (const day of days) {
    const fault = faultOfDay(year, day)
    if (fault) read.refuse('day', w.faults[fault](day.day, year))
  }
  return { errors: read.errors, value: { year, source, days } }
}

function onceEach<T extends CalendarDay & { row: number }>(
  days: readonly T[],
): { unique: CalendarDay[]; twice: T[][] } {
  const byDay = new Map<string, T[]>()
  for (const day of days) byDay.set(day.day, [...(byDay.get(day.day) ?? []), day])
  const groups = [...byDay.values()]
  const isSame = (one: T, other: T) => one.kind === other.kind && one.name === other.name
  return {
    unique: groups
      .map(([first]) => ({ day: first!.day, kind: first!.kind, name: first!.name }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    twice: groups.filter((group) => group.some((one) => !isSame(one, group[0]!))),
  }
}

/** Something wrong at a row and column; null: with the whole. */
export const at = (row: number | null, field: CalendarField | null, message: string): Finding => ({
  row,
  column: field && CALENDAR_COLUMNS[field].header,
  message,
})
