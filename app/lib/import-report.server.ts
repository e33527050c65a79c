import { DEFAULT_LOCALE, type Locale } from './i18n.ts'
import type { Finding } from './table.ts'
import { words } from './table-words.ts'

/**
 * What an import of one file did: rows by what became of them. A file with errors creates and corrects nothing;
 * `rejected` says how many of its rows have errors.
 */
export type ImportReport = {
  file: string
  rows: number
  created: number
  unchanged: number
  corrected: number
  rejected: number
  errors: Finding[]
  warnings: Finding[]
}

/** How many errors and warnings are listed (domain.md, "From the shell"). */
const MOST_LISTED = 1000

/** A report of a file that was refused: nothing of it was kept. */
export function refused(file: string, rows: number, errors: Finding[], warnings: Finding[] = []): ImportReport {
  const rejected = new Set(errors.map((error) => error.row).filter((row) => row !== null)).size
  return { file, rows, created: 0, unchanged: 0, corrected: 0, rejected, errors, warnings }
}

/**
 * Imports files one after another, each in its own transaction, and prints one line of JSON per file to stdout.
 * @returns the exit status: 0; 1 if a file had errors; 2 where the command was not understood.
 */
export async function importFiles(
  argv: readonly string[],
  command: string,
  importFile: (path: string, locale: Locale) => Promise<ImportReport>,
  locale: Locale = DEFAULT_LOCALE,
): Promise<number> {
  const w = words[locale]
  const option = argv.find((argument) => argument.startsWith('-'))
  if (option !== undefined) process.stderr.write(`${w.unknownOption(option)}\n`)
  if (option !== undefined || argv.length === 0) {
    process.stderr.write(`${w.usage(command)}\n`)
    return 2
  }
  let status = 0
  for (const path of argv) {
    const report = await importFile(path, locale)
    if (report.errors.length > 0) status = 1
    const listed = { errors: byRow(report.errors), warnings: byRow(report.warnings) }
    process.stdout.write(`${JSON.stringify({ ...report, ...listed })}\n`)
  }
  return status
}

const byRow = (findings: Finding[]) =>
  findings.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0)).slice(0, MOST_LISTED)
