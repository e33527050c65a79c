import { cleanCode, cleanText } from './cells.ts'
import { COLUMNS, FIELDS, type Field, headerOf } from './columns.ts'
import { isFooter } from './footer.ts'
import { type HeaderReader, headerReader, knownHeaders, placeHeaders } from './header.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { isBlank, LIMITS, type SourceRecord } from './record.ts'
import { type Constants, type HeaderCell, type LedgerOptions, SAMPLES, type Sheet } from './source.ts'

/** At least so many known headers make a row the header. */
const LEAST_KNOWN = 3

/** What a title row or the name of a sheet may say once for all its rows. */
const OF_CLASS: readonly Field[] = [
  'academyCode',
  'classCode',
  'className',
  'mode',
  'occupationCode',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
]

/** A sheet as its source knows it. `head`: its first rows that are not blank. */
export type RawSheet = {
  name: string | null
  isHidden: boolean
  rows: number | null
  head: readonly SourceRecord[]
}

/** True where a row among the first ones of a sheet is a header. */
export const hasHeader = (head: readonly SourceRecord[], read: HeaderReader): boolean =>
  head.some(({ cells }) => knownHeaders(cells, read) >= LEAST_KNOWN)

/**
 * Finds the header among the first rows of a sheet, below any titles: the row that names most columns. What the sheet lacks
 * comes from `options.constants`, from title rows (`班次编号：2026-01` in one cell, or in two), then from `named`.
 * Problems: no row is a header; a required column is missing or given twice; too many columns.
 * @param named what the sheet's name says of its class.
 */
export function layOut(raw: RawSheet, options: LedgerOptions, named: Constants = {}): Sheet {
  const read = headerReader(options.mapping)
  const head = raw.head.filter((record) => !isBlank(record)).slice(0, LIMITS.headerRows)
  const scores = head.map(({ cells }) => knownHeaders(cells, read))
  const best = Math.max(0, ...scores)
  const header = head[scores.indexOf(best)]
  if (!header || best < LEAST_KNOWN) return withoutHeader(raw)

  const { row, cells } = header
  const { columns, doubled, residentIdOnly } = placeHeaders(cells, read)
  const knownColumns = FIELDS.filter((field) => columns[field] !== -1)
  const titles = readTitles(
    raw.head.filter((record) => record.row < row),
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
  if (cells.length > LIMITS.columns)
    problems.splice(0, Number.POSITIVE_INFINITY, {
      ...at,
      ...problem(null, 'tooManyColumns', cells.length, LIMITS.columns),
    })
  return {
    ...seen(raw),
    headerRow: row,
    headers: headerCells(
      cells,
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
    headers: [],
    columns: placeHeaders([], headerReader()).columns,
    knownColumns: [],
    missing: FIELDS.filter((field) => COLUMNS[field].required),
    constants: {},
    width: 0,
    residentIdOnly: false,
    problems: [{ row: null, sheet: raw.name, ...problem(null, 'noHeader', LIMITS.headerRows) }],
  }
}

function headerCells(
  cells: readonly string[],
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
    return { column: at + 1, text, field, isIgnored: meaning === 'ignored', samples: [...samples] }
  })
}

/** `班次编号：2026-01` in one cell, `班次编号` beside `2026-01` in two; several of them in a row. */
function readTitles(above: readonly SourceRecord[], read: HeaderReader): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  const add = (name: string, value: string) => {
    const meaning = read(name)
    if (!meaning || meaning === 'ignored' || !OF_CLASS.includes(meaning.field)) return
    if (value !== '' && read(value) === null) found[meaning.field] ??= value
  }
  for (const { cells } of above) {
    const written = cells.map(cleanText).filter((cell) => cell !== '')
    for (const [at, cell] of written.entries()) {
      for (const part of cell.split(/[\s　;；]+(?=[^\s:：]{2,12}[:：])/)) {
        const [, name, value] = /^([^:：]{2,12})[:：](.*)$/.exec(part.trim()) ?? []
        if (name !== undefined && value !== undefined) add(name, cleanText(value))
      }
      add(cell, written[at + 1] ?? '')
    }
  }
  return found
}
