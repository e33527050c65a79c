import { problem } from './problem.ts'
import type { SourceRecord } from './record.ts'
import { readAssessment } from './row-assessment.ts'
import { type RowCells, rowCells } from './row-cells.ts'
import { CLASS_FIELDS, type ReadClass, readClass } from './row-class.ts'
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
  const classOf = classReader(header, row, context)
  return ({ cells, isBroken }) => {
    row.begin(cells)
    if (isBroken) row.note(problem(null, 'quoteBroken'))
    else if (cells.length > header.width && cells.slice(header.width).some((cell) => cell.trim() !== ''))
      row.note(problem(null, 'tooManyCells', cells.length, header.width))
    else {
      const theClass = classOf(cells)
      const person = readPerson(row, theClass, context, header.residentIdOnly)
      const assessment = readAssessment(row, theClass.startsOn, context)
      // Without a problem every required part was read.
      if (row.problems.length === 0)
        return { row: { theClass, person, assessment } as LedgerRow, problems: row.problems, warnings: row.warnings }
    }
    return { row: null, problems: row.problems, warnings: row.warnings }
  }
}

/** Rows of one class stand together and say the same of it: what could be read of one row stands for those below it. */
function classReader({ columns }: Layout, row: RowCells, context: RowContext): (cells: readonly string[]) => ReadClass {
  const places = CLASS_FIELDS.map((field) => columns[field]).filter((at) => at !== -1)
  let before: { cells: readonly string[]; theClass: ReadClass } | null = null
  return (cells) => {
    const last = before
    if (last !== null && places.every((at) => cells[at] === last.cells[at])) return last.theClass
    const theClass = readClass(row, context)
    before = row.problems.length === 0 ? { cells, theClass } : null
    return theClass
  }
}
