/** A column of a table that leaves the system: text, a whole number, a share (a fraction of one, shown as 84.9%), or nothing. */
export type SheetColumn<T> = {
  head: string
  /** In characters; by default as wide as the head. */
  width?: number
  isShare?: boolean
  value: (row: T) => string | number | null
}

/** What a spreadsheet would run as a formula is kept from it by an apostrophe (OWASP, CSV injection). */
export const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** A workbook of one sheet: the head stays in sight, texts are text cells, numbers are numbers. */
export async function writeWorkbook<T>(columns: readonly SheetColumn<T>[], rows: readonly T[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const header = columns.map(({ head }) => ({ value: head, type: String, fontWeight: 'bold' as const }))
  const body = rows.map((row) => columns.map((column) => cellOf(column, row)))
  const widths = columns.map(({ head, width }) => ({ width: width ?? [...head].length * 2 + 2 }))
  return writeExcelFile([header, ...body], { columns: widths, stickyRowsCount: 1 }).toBuffer()
}

function cellOf<T>({ value, isShare }: SheetColumn<T>, row: T) {
  const found = value(row)
  if (found === null || found === '') return null
  if (typeof found === 'string') return { value: defused(found), type: String }
  return isShare ? { value: found, type: Number, format: '0.0%' } : { value: found, type: Number }
}

/** The same as CSV: UTF-8 with a byte order mark, which Excel asks for; shares in percent with one decimal. */
export function writeCsv<T>(columns: readonly SheetColumn<T>[], rows: readonly T[]): string {
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\r\n`
  const body = rows.map((row) => line(columns.map((column) => textOf(column, row))))
  return `\uFEFF${line(columns.map(({ head }) => head))}${body.join('')}`
}

function textOf<T>({ value, isShare }: SheetColumn<T>, row: T): string {
  const found = value(row)
  if (found === null) return ''
  if (typeof found === 'string') return defused(found)
  return isShare ? `${(found * 100).toFixed(1)}%` : String(found)
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const
export type SheetFormat = keyof typeof TYPES

/** A file to keep, under a name in any language (RFC 6266); nobody's cache keeps it. */
export async function sheetResponse<T>(
  format: SheetFormat,
  name: string,
  columns: readonly SheetColumn<T>[],
  rows: readonly T[],
): Promise<Response> {
  const body = format === 'csv' ? writeCsv(columns, rows) : new Uint8Array(await writeWorkbook(columns, rows))
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="table.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
