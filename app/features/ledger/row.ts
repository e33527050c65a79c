import { problem } from './problem.ts'
import type { SourceRecord } from './record.ts'
import { readAssessment } from './row-assessment.ts'
import { rowCells } from './row-cells.ts'
import { readClass } from './row-class.ts'
import type { LedgerRow, RowContext, RowReading } from './row-parts.ts'
import { readPerson } from './row-person.ts'
import type { Sheet } from './source.ts'

/** Where the cells of a row stand, and what is said once for all rows. */
type Layout = Pick<Sheet, 'columns' | 'constants' | 'width' | 'residentIdOnly'>

export type RowReader = (record: SourceRecord) => RowReading

/**
 * Reads data rows by all the rules of the ledger that a row can break by itself (domain.md, "The ledger"). Goes on behind a
 * problem, so that all of them are told at once.
 */
export function rowReader(header: Layout, context: RowContext): RowReader {
  const row = rowCells(header.columns, header.constants)
  return ({ cells, isBroken }) => {
    row.begin(cells)
    if (isBroken) row.note(problem(null, 'quoteBroken'))
    else if (cells.length > header.width && cells.slice(header.width).some((cell) => cell.trim() !== ''))
      row.note(problem(null, 'tooManyCells', cells.length, header.width))
    else {
      const theClass = readClass(row, context)
      const person = readPerson(row, theClass, context, header.residentIdOnly)
      const assessment = readAssessment(row, theClass.startsOn, context)
      // Without a problem every required part was read.
      if (row.problems.length === 0)
        return { row: { theClass, person, assessment } as LedgerRow, problems: row.problems, warnings: row.warnings }
    }
    return { row: null, problems: row.problems, warnings: row.warnings }
  }
}
