import type { ColumnMap, Field } from './columns.ts'
import type { PlacedProblem } from './problem.ts'
import type { SourceRecord } from './record.ts'

/** What somebody says of a file that the file does not say itself; the mapping page asks for it. */
export type LedgerOptions = {
  /** Names of the sheets to read. Without it: every sheet that holds a ledger, hidden ones left out. */
  sheets?: readonly string[]
  /** A header as it is written → the ledger's column, or `ignored`. Goes before what the ledger knows by itself. */
  mapping?: Readonly<Record<string, Field | 'ignored'>>
  /** Given once for the whole file, as a cell would say it; taken where a sheet has no column for it. */
  constants?: Constants
  /** Name of a sheet ('' where it has none) → where its header is, for sheets whose header the ledger does not know. */
  headerRows?: Readonly<Record<string, HeaderPlace>>
}

/** The last row of a header; without `lines` it is worked out whether the row above belongs to it. */
export type HeaderPlace = { row: number; lines?: number }

export type Constants = Readonly<Partial<Record<Field, string>>>

/** One cell of a header. */
export type HeaderCell = {
  /** From 1. */
  column: number
  /** As written; of a header over two rows, what both say: 考核日期. */
  text: string
  /** What stands in each row of the header. */
  lines: string[]
  /** The ledger's column that it is read as; null where it is unknown or ignored. */
  field: Field | null
  isIgnored: boolean
  /** The first different values below it, at most {@link SAMPLES}. Personal data: for the page alone. */
  samples: string[]
}

/** What one sheet of a file looks like; a csv file has one, without a name. */
export type Sheet = {
  name: string | null
  isHidden: boolean
  /** Its rows are read. False for sheets not asked for, empty and hidden ones, and those that hold no ledger. */
  isRead: boolean
  /** Physical row, of two the lower; null where no header was found (or the one of the sheet before is continued). */
  headerRow: number | null
  /** The header is only what looks most like one: `problems` says so, and the mapping page asks. */
  isGuessed: boolean
  /** Where the header is guessed: the rows that may be it, for somebody to choose from. */
  headerRows: SourceRecord[]
  headers: HeaderCell[]
  /** Where each column of the ledger stands, from 0; -1 where the sheet has none. */
  columns: ColumnMap
  knownColumns: Field[]
  /** Required columns that neither stand in the sheet nor are given: what the mapping page must ask for. */
  missing: Field[]
  /** Values of columns that the sheet lacks: given, from its title rows (`班次编号：2026-01`) or its name. */
  constants: Constants
  /** Columns of the header, the ignored ones included: a longer data row is out of step. */
  width: number
  /** The document column says 身份证号 and no column says the type: every document is a 居民身份证. */
  residentIdOnly: boolean
  /** Rows in which something is written, titles and header included; null where nobody counted (csv). */
  rows: number | null
  /** Why it is left out although it may be meant; null where that goes without saying. */
  leftOut: 'sheetHidden' | 'sheetLeftOut' | null
  /** Why its rows cannot be read; nothing of the file is imported then. */
  problems: PlacedProblem[]
}

/** Some records of a sheet, in order; with a problem nothing comes behind them and the file cannot be imported. */
export type Piece = {
  /** Index in `sheets`. */
  sheet: number
  /** Below the header. */
  records: SourceRecord[]
  problem: PlacedProblem | null
}

/** An opened ledger, of whatever format. `read` can be called again, from the beginning. */
export type Source = {
  kind: 'csv' | 'xlsx'
  fileName: string
  /** SHA-256 of the file's bytes. */
  digest: Buffer
  /** `xlsx` for a workbook. */
  encoding: 'utf-8' | 'gb18030' | 'xlsx'
  sheets: Sheet[]
  read: () => AsyncGenerator<Piece>
}

export type OpenedSource = { ok: true; source: Source } | { ok: false; problem: PlacedProblem }

/** Different values shown of a column. */
export const SAMPLES = 5
