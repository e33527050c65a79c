import { csvReader } from './csv.ts'
import { inspectText, readText, type TextFile } from './encoding.server.ts'
import type { Locale } from './i18n.ts'
import { cellText, type Finding, HEADER_WITHIN, readHeader, type TableColumns, type TableRow } from './table.ts'
import { words } from './table-words.ts'

export type Table<F extends string> = {
  file: TextFile
  /** The columns that the file has: an empty cell says something only where there is a column. */
  has: ReadonlySet<F>
  /** Without blank rows; cells as {@link cellText} reads them, '' where the column is missing. */
  rows: TableRow<F>[]
  /** Rows that can't be taken at all: too many cells. */
  errors: Finding[]
}

/** These tables are lists of academies, brands, occupations; a ledger is streamed instead (app/features/ledger). */
const MOST_ROWS = 20_000

/**
 * Reads a whole CSV table: UTF-8 or GB18030, title rows above the header, any column order, unknown columns ignored.
 * @returns the findings instead where it can't be read as this table.
 */
export async function readTable<F extends string>(
  path: string,
  columns: TableColumns<F>,
  locale: Locale,
): Promise<Table<F> | Finding[]> {
  const w = words[locale]
  const file = await inspect(path, locale)
  if ('message' in file) return [file]
  const reader = csvReader()
  const records = []
  for await (const text of readText(file)) records.push(...reader.read(text))
  records.push(...reader.end())
  const broken = reader.brokenAt()
  if (broken)
    return [{ row: broken.row, column: null, message: broken.reason === 'quote' ? w.quoteOpen : w.recordTooLong }]
  const filled = records.filter((record) => record.cells.some((cell) => cellText(cell) !== ''))

  const at = filled.slice(0, HEADER_WITHIN).findIndex((record) => readHeader(record.cells, columns))
  const record = filled[at]
  const header = record && readHeader(record.cells, columns)
  if (!header) return [{ row: null, column: null, message: w.noHeader(HEADER_WITHIN, headersOf(columns)) }]
  const wrong = [
    ...header.missing.map((field) => ({ field, message: w.columnMissing })),
    ...header.doubled.map((field) => ({ field, message: w.columnTwice })),
  ]
  if (wrong.length > 0)
    return wrong.map(({ field, message }) => ({ row: record.row, column: columns[field].header, message }))

  const body = filled.slice(at + 1)
  if (body.length === 0) return [{ row: null, column: null, message: w.fileEmpty }]
  if (body.length > MOST_ROWS) return [{ row: null, column: null, message: w.tooManyRows(MOST_ROWS) }]
  const fields = Object.keys(columns) as F[]
  const expected = record.cells.length
  const table: Table<F> = {
    file,
    has: new Set(fields.filter((f) => header.positions[f] !== undefined)),
    rows: [],
    errors: [],
  }
  for (const { row, cells } of body) {
    const surplus = cells.slice(expected).some((cell) => cellText(cell) !== '')
    if (surplus) table.errors.push({ row, column: null, message: w.tooManyCells(cells.length, expected) })
    else table.rows.push({ row, cells: cellsOf(fields, (field) => cells[header.positions[field] ?? -1]) })
  }
  return table
}

async function inspect(path: string, locale: Locale): Promise<TextFile | Finding> {
  const w = words[locale]
  const about = (message: string): Finding => ({ row: null, column: null, message })
  try {
    const file = await inspectText(path)
    if (!file) return about(w.fileEncoding)
    return file.bytes === 0 ? about(w.fileEmpty) : file
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (!code) throw error
    return about(code === 'ENOENT' ? w.fileMissing : w.fileUnreadable(code))
  }
}

function cellsOf<F extends string>(fields: readonly F[], cellOf: (field: F) => string | undefined): Record<F, string> {
  return Object.fromEntries(fields.map((field) => [field, cellText(cellOf(field))])) as Record<F, string>
}

const headersOf = <F extends string>(columns: TableColumns<F>) =>
  (Object.keys(columns) as F[])
    .filter((field) => columns[field].required)
    .map((field) => columns[field].header)
    .join('、')
