import type { Field } from './columns.ts'

/** A ledger of 50,000 rows has about 15 MB. */
export const LARGEST_UPLOAD = 30_000_000
/** A little more is read and dropped, so that a browser gets to see why a file was refused. */
const LARGEST_BODY = 2 * LARGEST_UPLOAD

/** Files that nobody decided about, and findings, are kept for so long after they were last touched. */
export const KEEP_DAYS = 7
/** Uploads of one account within an hour. */
export const MOST_AN_HOUR = 60
/** Uploads of one academy whose files lie there at a time. */
export const MOST_KEPT = 40

/** The one address that takes a large body: the form of app/routes/academy/ledger.tsx. Bytes at most, or null. */
export const largestStream = (path: string): number | null =>
  /^\/academies\/[^/]+\/manage\/ledger(\.data)?$/.test(path) ? LARGEST_BODY : null

/** A file's size as pages say it. */
export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** A column of an uploaded file as the page shows it. */
export type HeaderView = {
  /** As written. */
  text: string
  /** What the ledger, or the academy's memory, reads it as; null: unknown. */
  known: Field | 'ignored' | null
  /** What it probably is; null: no idea. Of unknown ones only. */
  guess: Field | 'ignored' | null
  /** Another column claims the same: what is chosen holds for this file alone. */
  isRival: boolean
  /** Masked. */
  samples: string[]
}

/** A sheet as the page shows it; a csv file has one, without a name. */
export type SheetView = {
  name: string | null
  /** Rows in which something is written; null: nobody counted. */
  rows: number | null
  isHidden: boolean
  /** It holds a ledger: a header was found, or something that looks like one. */
  isLedger: boolean
  /** Its last physical row, and how many it has (left out: to be worked out); null: none, or the one of the sheet before is continued. */
  header: { row: number; lines?: number } | null
  /** Rows that may be the header, where it is only guessed: somebody may choose another. */
  headerRows: { row: number; text: string }[]
  headers: HeaderView[]
  /** What a title row or its name says once for all rows: 班次编号 and the like. */
  said: Partial<Record<Field, string>>
  /** Its document column says 身份证号: no type is needed. */
  residentIdOnly: boolean
}

export type Mapping = Record<string, Field | 'ignored'>

/** How far a job is. */
export type Phase = 'reading' | 'comparing' | 'writing'

/** A recorded value that a file changes. Values are as the ledger says them; numbers masked. */
/** What became of the rows of a file. */
export type RowCounts = { rows: number; created: number; corrected: number; unchanged: number; rejected: number }

export type Correction = {
  sheet: string | null
  row: number
  /** `seat`: a worker who had left the class is in it again. */
  field: Field | 'seat'
  name: string
  classCode: string
  /** Null: nothing was recorded. */
  before: string | null
  after: string | null
}

export const isWaiting = (state: string): state is 'mapped' | 'importing' => state === 'mapped' || state === 'importing'

/** Where the headers of an upload's sheets are, for reading it once more as it was shown. */
export const headerPlaces = (sheets: readonly SheetView[]): Record<string, { row: number; lines?: number }> =>
  Object.fromEntries(sheets.flatMap(({ name, header }) => (header ? [[name ?? '', header]] : [])))

/** The names of the mapping form's fields. */
export const headerName = (sheet: number): string => `header.${sheet}`
export const columnName = (at: number): string => `column.${at}`
export const constantName = (field: Field): string => `constant.${field}`
