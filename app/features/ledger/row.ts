import type { Header } from './header.ts'
import { problem } from './problem.ts'
import type { SourceRecord } from './record.ts'
import { readAssessment } from './row-assessment.ts'
import { rowCells } from './row-cells.ts'
import { readClass } from './row-class.ts'
import type { LedgerRow, RowContext, RowReading } from './row-parts.ts'
import { readPerson } from './row-person.ts'

/**
 * Reads one data row by all the rules of the ledger that a row can break by itself (domain.md, "The ledger"). Goes on
 * behind a problem, so that all of them are told at once.
 */
export function readRow(record: SourceRecord, header: Header, context: RowContext): RowReading {
  if (record.isBroken) return { row: null, problems: [problem(null, 'quoteBroken')], warnings: [] }
  const { cells } = record
  if (cells.length > header.width && cells.slice(header.width).some((cell) => cell.trim() !== ''))
    return { row: null, problems: [problem(null, 'tooManyCells', cells.length, header.width)], warnings: [] }

  const row = rowCells(cells, header.columns)
  const theClass = readClass(row, context)
  const person = readPerson(row, theClass, context, header.residentIdOnly)
  const assessment = readAssessment(row, theClass.startsOn, context)
  if (row.problems.length > 0) return { row: null, problems: row.problems, warnings: row.warnings }
  // Without a problem every required part was read.
  const whole = { ...theClass, ...person, assessment } as LedgerRow
  return { row: whole, problems: row.problems, warnings: row.warnings }
}
