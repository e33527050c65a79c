import { COLUMNS, FIELDS, type Field, headerOf, RESIDENT_ID_HEADERS } from './columns.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { LIMITS, type SourceRecord } from './record.ts'

/** Where each field stands in a row, from 0; -1 where the file has no such column. */
export type ColumnMap = Readonly<Record<Field, number>>

export type Header = {
  /** Physical row of the header. */
  row: number
  columns: ColumnMap
  /** Columns of the header, the ignored ones included: a longer data row is out of step. */
  width: number
  /** True where the document column says 身份证号 and no column says the type: every document is a 居民身份证. */
  residentIdOnly: boolean
}

export type HeaderReading = { ok: true; header: Header; index: number } | { ok: false; problems: PlacedProblem[] }

/** At least so many known headers make a row the header. */
const LEAST_KNOWN = 3

const known = new Map<string, { field: Field; exact: boolean }>()
for (const field of FIELDS) {
  for (const synonym of COLUMNS[field].synonyms) known.set(normaliseHeader(synonym), { field, exact: false })
}
for (const field of FIELDS) known.set(COLUMNS[field].header, { field, exact: true })

/** A header without spaces, required-marks and a remark in brackets behind it: `* 证件号码（必填）` is 证件号码. */
export function normaliseHeader(cell: string): string {
  const text = cell.normalize('NFKC').replace(/[\s\u200B-\u200F\uFEFF*:]+/g, '')
  return text.replace(/(?<=.)[([【][^)\]】]*[)\]】]$/, '')
}

/** How many of the ledger's columns a row names. */
export function knownHeaders(cells: readonly string[]): number {
  return new Set(cells.map((cell) => known.get(normaliseHeader(cell))?.field).filter(Boolean)).size
}

/**
 * Finds the header among the first rows of a file, below any titles: the row that names most columns. Columns may stand in
 * any order; unknown ones are ignored; where a header and a synonym of it both stand there, the header itself is taken.
 * @returns the problems of the file where no row is a header, a required column is missing or one stands there twice.
 */
export function findHeader(records: readonly SourceRecord[]): HeaderReading {
  const scores = records.map(({ cells }) => knownHeaders(cells))
  const best = Math.max(0, ...scores)
  const index = scores.indexOf(best)
  const record = records[index]
  if (!record || best < LEAST_KNOWN)
    return { ok: false, problems: [{ row: null, ...problem(null, 'noHeader', LIMITS.headerRows) }] }
  const { row, cells } = record
  if (cells.length > LIMITS.columns)
    return { ok: false, problems: [{ row, ...problem(null, 'tooManyColumns', cells.length, LIMITS.columns) }] }

  const problems: PlacedProblem[] = []
  const columns = Object.fromEntries(FIELDS.map((field) => [field, -1])) as Record<Field, number>
  const places = cells.map((cell, at) => ({ at, ...known.get(normaliseHeader(cell)) }))
  for (const field of FIELDS) {
    const named = places.filter((place) => place.field === field)
    const exact = named.filter((place) => place.exact)
    const [one, other] = exact.length > 0 ? exact : named
    if (one) columns[field] = one.at
    if (one && other)
      problems.push({ row, ...problem(field, 'columnTwice', headerOf(field), one.at + 1, other.at + 1) })
  }

  const documentHeader = cells[columns.documentNumber]
  const residentIdOnly =
    columns.documentType === -1 &&
    documentHeader !== undefined &&
    RESIDENT_ID_HEADERS.has(normaliseHeader(documentHeader))
  for (const field of FIELDS) {
    const missing = COLUMNS[field].required && columns[field] === -1
    if (missing && !(field === 'documentType' && residentIdOnly))
      problems.push({ row, ...problem(field, 'columnMissing', headerOf(field)) })
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, index, header: { row, columns, width: cells.length, residentIdOnly } }
}
