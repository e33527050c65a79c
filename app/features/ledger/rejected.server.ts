import type { Locale } from '#app/lib/i18n.ts'
import { type OutCell, type OutSheet, writeWorkbook } from '#app/lib/workbook/write.server.ts'
import { type Field, headerOf } from './columns.ts'
import { headerReader } from './header.ts'
import { outColumn, textCell } from './out-cells.ts'
import { positionOf } from './position.ts'
import { toMessage } from './problem.ts'
import type { SourceRecord } from './record.ts'
import type { Rejected } from './rejected.ts'
import type { HeaderCell, Sheet, Source } from './source.ts'
import { SHEETS } from './template-words.ts'
import { words } from './words.ts'

/**
 * The rows with errors as a workbook to mend and import again: a sheet per sheet of the file, its own columns, then what was
 * given once for the whole file, then the row in the file and what is wrong (two columns that an import ignores).
 * @param rejected of the import of this very source, with `collectRejected`.
 */
export async function* rejectedWorkbook(source: Source, rejected: Rejected, locale: Locale): AsyncGenerator<Buffer> {
  const kept = new Map<number, SourceRecord[]>()
  for await (const { sheet, records } of source.read()) {
    const own = kept.get(sheet) ?? []
    own.push(...records.filter(({ row }) => rejected.has(positionOf(sheet, row))))
    if (own.length > 0) kept.set(sheet, own)
  }
  const sheets = [...kept].map(([index, records]) =>
    rejectedSheet(
      source.sheets[index]!,
      records,
      (row) => wrong(rejected.get(positionOf(index, row)) ?? [], locale),
      locale,
    ),
  )
  yield* writeWorkbook(sheets)
}

function wrong(problems: Rejected extends Map<number, infer P> ? P : never, locale: Locale): string {
  const said = problems.map((found) => {
    const { column, message } = toMessage({ row: null, ...found }, locale)
    return column ? words[locale].rejected.at(column, message) : message
  })
  return [...new Set(said)].join('\n')
}

function rejectedSheet(
  { name, headers, constants }: Sheet,
  records: readonly SourceRecord[],
  wrongWith: (row: number) => string,
  locale: Locale,
): OutSheet {
  const w = words[locale].rejected
  const given = Object.keys(constants) as Field[]
  const width = (text: string) => Math.min(40, Math.max(10, text.length * 2 + 2))
  const title = (text: string): OutCell => ({ text, style: 'header' })
  function* rows(): Generator<OutCell[]> {
    yield [...headers.map(shownHeader).map(title), ...given.map(headerOf).map(title), title(w.row), title(w.wrong)]
    for (const { row, cells } of records)
      yield [
        ...headers.map(({ column }) => textCell(cells[column - 1] ?? '')),
        ...given.map((field) => textCell(constants[field] ?? '')),
        { number: row },
        { text: wrongWith(row), style: 'wrong' },
      ]
  }
  return {
    name: name ?? SHEETS.ledger,
    columns: [
      ...headers.map((header) => ({ width: header.field ? outColumn(header.field).width : width(header.text) })),
      ...given.map((field) => ({ width: outColumn(field).width })),
      { width: 8, style: 'number' },
      { width: 70, style: 'wrong' },
    ],
    frozenRows: 1,
    rows: rows(),
  }
}

const knownByItself = headerReader()

/** As it is written where the ledger knows it by itself; what was mapped by hand by the ledger's own name. */
function shownHeader({ text, field }: HeaderCell): string {
  if (field === null) return text
  const meaning = knownByItself(text)
  return meaning && meaning !== 'ignored' && meaning.field === field ? text : headerOf(field)
}
