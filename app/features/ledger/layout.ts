import { cleanCode, cleanText } from './cells.ts'
import { COLUMNS, FIELDS, type Field, headerOf } from './columns.ts'
import { isFooter } from './footer.ts'
import { type HeaderReader, headerReader, placeHeaders } from './header.ts'
import { type FoundHeader, findHeader, listHeaderRows } from './header-rows.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { isBlank, LIMITS, type SourceRecord } from './record.ts'
import { type Constants, type HeaderCell, type LedgerOptions, SAMPLES, type Sheet } from './source.ts'
import { readTitles } from './titles.ts'

/** A sheet as its source knows it. `head`: its first rows that are not blank. */
export type RawSheet = {
  name: string | null
  isHidden: boolean
  rows: number | null
  head: readonly SourceRecord[]
}

/** The rows of a sheet among which its header is looked for. */
export const headRows = (head: readonly SourceRecord[]): SourceRecord[] =>
  head.filter((record) => !isBlank(record)).slice(0, LIMITS.headerRows)

/** True where the ledger knows a header among the first rows of a sheet, or somebody said where it is. */
export function hasHeader({ name, head }: RawSheet, options: LedgerOptions): boolean {
  return findHeader(headRows(head), headerReader(options.mapping), placeOf(name, options))?.isKnown ?? false
}

const placeOf = (name: string | null, { headerRows }: LedgerOptions) => headerRows?.[name ?? '']

/**
 * Finds the header among the first rows of a sheet, below any titles (header-rows.ts). What the sheet lacks comes from
 * `options.constants`, from title rows (`班次编号：2026-01` in one cell, or in two), then from `named`.
 * Problems: no row is a header; a required column is missing or given twice; too many columns.
 * @param named what the sheet's name says of its class.
 */
export function layOut(raw: RawSheet, options: LedgerOptions, named: Constants = {}): Sheet {
  const read = headerReader(options.mapping)
  const head = headRows(raw.head)
  const header = findHeader(head, read, placeOf(raw.name, options))
  if (!header) return withoutHeader(raw)

  const { row, cells } = header
  const { columns, doubled, residentIdOnly } = placeHeaders(cells, read)
  const knownColumns = FIELDS.filter((field) => columns[field] !== -1)
  const titles = readTitles(
    raw.head.filter((record) => record.row < header.top),
    read,
  )
  const constants: Partial<Record<Field, string>> = {}
  for (const field of FIELDS) {
    if (columns[field] !== -1) continue
    const value = options.constants?.[field] ?? titles[field] ?? named[field]
    if (value !== undefined && value.trim() !== '') constants[field] = value
  }
  const isMissing = (field: Field) =>
    COLUMNS[field].required &&
    columns[field] === -1 &&
    constants[field] === undefined &&
    !(field === 'documentType' && residentIdOnly)
  const missing = FIELDS.filter(isMissing)

  const at = { row, sheet: raw.name }
  const problems: PlacedProblem[] = doubled.map(({ field, one, other }) => ({
    ...at,
    ...problem(field, 'columnTwice', headerOf(field), one + 1, other + 1),
  }))
  for (const field of missing) problems.push({ ...at, ...problem(field, 'columnMissing', headerOf(field)) })
  if (!header.isKnown) problems.splice(0, Number.POSITIVE_INFINITY, unknownHeader(raw))
  if (cells.length > LIMITS.columns)
    problems.splice(0, Number.POSITIVE_INFINITY, {
      ...at,
      ...problem(null, 'tooManyColumns', cells.length, LIMITS.columns),
    })
  return {
    ...seen(raw),
    headerRow: row,
    isGuessed: !header.isKnown,
    headerRows: header.isKnown ? [] : listHeaderRows(head),
    headers: headerCells(
      header,
      read,
      columns,
      raw.head.filter((record) => record.row > row),
    ),
    columns,
    knownColumns,
    missing,
    constants,
    width: cells.length,
    residentIdOnly,
    problems,
  }
}

const unknownHeader = ({ name }: RawSheet): PlacedProblem => ({
  row: null,
  sheet: name,
  ...problem(null, 'noHeader', LIMITS.headerRows),
})

const seen = ({ name, isHidden, rows }: RawSheet) => ({ name, isHidden, rows, isRead: true, leftOut: null })

/**
 * A sheet without a header that goes on where the one before it stopped: its document column holds what documents look like.
 * @returns null where it does not: then it is another kind of sheet.
 */
export function continuesSheet(raw: RawSheet, before: Sheet): Sheet | null {
  const rows = raw.head.filter((record) => !isBlank(record))
  const document = before.columns.documentNumber
  const likeDocument = ({ cells }: SourceRecord) =>
    /^[A-Za-z]{0,3}\d{6,20}[\dXx]?$/.test(cleanCode(cells[document] ?? ''))
  if (document === -1 || rows.length === 0 || !rows.every((row) => likeDocument(row) || isFooter(row, before)))
    return null
  const problems = before.problems.map((found) => ({ ...found, sheet: raw.name }))
  return { ...before, ...seen(raw), headerRow: null, problems }
}

/** What the name of a sheet says of its class: `2026-P-001`, or `2026-P-001 焊工班`; nothing where it holds no number. */
export function namedClass(name: string): Constants {
  const match = /^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)(?:[\s_]+(\S.*))?$/.exec(name.normalize('NFKC').trim())
  if (!match || !/\d/.test(match[1]!)) return {}
  return match[2] === undefined ? { classCode: match[1]! } : { classCode: match[1]!, className: match[2] }
}

/** A sheet in which no row is a header. */
function withoutHeader(raw: RawSheet): Sheet {
  return {
    ...seen(raw),
    headerRow: null,
    isGuessed: false,
    headerRows: [],
    headers: [],
    columns: placeHeaders([], headerReader()).columns,
    knownColumns: [],
    missing: FIELDS.filter((field) => COLUMNS[field].required),
    constants: {},
    width: 0,
    residentIdOnly: false,
    problems: [unknownHeader(raw)],
  }
}

function headerCells(
  { cells, lines }: FoundHeader,
  read: HeaderReader,
  columns: Sheet['columns'],
  below: readonly SourceRecord[],
): HeaderCell[] {
  return cells.slice(0, LIMITS.columns).map((text, at) => {
    const meaning = read(text)
    const field = meaning && meaning !== 'ignored' && columns[meaning.field] === at ? meaning.field : null
    const samples = new Set<string>()
    for (const record of below) {
      const value = cleanText(record.cells[at] ?? '').slice(0, 60)
      if (value !== '' && samples.size < SAMPLES) samples.add(value)
    }
    return {
      column: at + 1,
      text,
      lines: lines.map((line) => line[at] ?? ''),
      field,
      isIgnored: meaning === 'ignored',
      samples: [...samples],
    }
  })
}
