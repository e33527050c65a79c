import { type Outgoing, writeOutgoing } from './outgoing.server.ts'
import { csvCell, defused } from './sheet-text.ts'
import { type OutCell, writeWorkbook } from './workbook/write.server.ts'

/** A column of a table that leaves the system: text, a number, a share (a fraction of one, shown as 84.9%), or nothing. */
export type SheetColumn<T> = {
  head: string
  /** In characters; by default as wide as the head. */
  width?: number
  isShare?: boolean
  value: (row: T) => string | number | boolean | null
}

type Rows<T> = AsyncIterable<T> | Iterable<T>

/** A workbook of one sheet: the head stays in sight, texts are text cells, numbers are numbers. Prints A4 landscape. */
export async function* sheetWorkbook<T>(
  name: string,
  columns: readonly SheetColumn<T>[],
  rows: Rows<T>,
): AsyncGenerator<Buffer> {
  async function* cells(): AsyncGenerator<OutCell[]> {
    yield columns.map(({ head }): OutCell => ({ text: head, style: 'header' }))
    for await (const row of rows) yield columns.map((column) => cellOf(column, row))
  }
  const sheet = {
    name: sheetName(name),
    columns: columns.map(({ head, width }) => ({ width: width ?? [...head].length * 2 + 2, style: 'number' as const })),
    frozenRows: 1,
    rows: cells(),
    isForPrint: true,
  }
  yield* writeWorkbook([sheet])
}

/** Excel opens no sheet whose name is longer than 31 characters or holds one of these. */
const sheetName = (name: string) => name.replace(/[\\/?*:[\]]/g, ' ').slice(0, 31)

function cellOf<T>({ value, isShare }: SheetColumn<T>, row: T): OutCell {
  const found = value(row)
  if (found === null || found === '') return null
  if (typeof found === 'string') return { text: defused(found), style: found.includes('\n') ? 'wrapped' : 'text' }
  if (typeof found === 'boolean') return { boolean: found }
  return { number: found, style: isShare ? 'share' : 'number' }
}

/** The same as CSV: UTF-8 with a byte order mark, which Excel asks for; shares in percent with one decimal. */
async function* sheetCsv<T>(columns: readonly SheetColumn<T>[], rows: Rows<T>): AsyncGenerator<Buffer> {
  const line = (cells: readonly string[]) => `${cells.join(',')}\r\n`
  let text = `\uFEFF${line(columns.map(({ head }) => csvCell(head)))}`
  for await (const row of rows) {
    text += line(columns.map((column) => csvText(column, row)))
    if (text.length < 64_000) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function csvText<T>({ value, isShare }: SheetColumn<T>, row: T): string {
  const found = value(row)
  if (found === null) return ''
  if (typeof found === 'number') return isShare ? `${(found * 100).toFixed(1)}%` : String(found)
  return csvCell(String(found))
}

export const SHEET_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const
export type SheetFormat = keyof typeof SHEET_TYPES

/** A table as a file on its way out, made whole first, some rows at a time. `name`: of the sheet. */
export const sheetFile = <T>(
  format: SheetFormat,
  name: string,
  columns: readonly SheetColumn<T>[],
  rows: Rows<T>,
): Promise<Outgoing> => writeOutgoing(format === 'csv' ? sheetCsv(columns, rows) : sheetWorkbook(name, columns, rows))
