import type { CsvRecord } from '#app/lib/csv.ts'

/** One row as a source (csv; later xlsx) yields it. Everything behind the sources is the same for all of them. */
export type SourceRecord = CsvRecord

/** True for a row in which nothing is written: it counts as a physical row, but not as a data row. */
export const isBlank = ({ cells, isBroken }: SourceRecord): boolean =>
  !isBroken && cells.every((cell) => cell === '' || cell.trim() === '')

/** What is refused before any work is done on it. */
export const LIMITS = {
  /** Of one file, in megabytes of 1,000,000 bytes. */
  fileMegabytes: 200,
  columns: 200,
  /** Rows from the top among which the header is looked for. */
  headerRows: 30,
  /** Problems of each kind that are reported. */
  reported: 1000,
} as const
