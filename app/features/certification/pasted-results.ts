import { quotable } from '#app/features/persons/masking.ts'
import { type Listed, matchPasted, type PersonFault } from '#app/features/persons/pasted-people.ts'
import { type PastedLine, readPasted } from '#app/lib/pasted.ts'
import type { Result } from '#db/values.ts'
import { type ResultColumn as Column, RESULT_HEADS, RESULT_WORDS } from './pasted-vocabulary.ts'

type Cell = 'theory' | 'practical' | 'result'

function asResult(written: string): Result | undefined {
  const word = written.normalize('NFKC').trim().toLowerCase()
  return Object.hasOwn(RESULT_WORDS, word) ? RESULT_WORDS[word] : undefined
}

/** What a paste came to: how many workers it filled in, and the lines that are about nobody, with why; numbers covered. */
export type PastedAnswer = { count: number; faults: { line: number; text: string; fault: PersonFault }[] }

/** Fields of the table as they are to be filled: `cell.id`. */
export type FilledResults = PastedAnswer & { fields: Record<string, string> }

/** A row of the table, as somebody on a list. */
export const toListed = ({
  enrolmentId,
  name,
  document,
}: {
  enrolmentId: string
  name: string
  document: string | null
}) => ({
  id: enrolmentId,
  name,
  document,
})

/**
 * Fills the table of results from what was pasted: 姓名, the document or its ending, scores and results, in any order
 * under heads, else in the order of the table. Without names the lines are the table's rows, from the cell that was pasted into. A cell that
 * is empty there fills nothing, and an absence written as a score is one.
 */
export function fillResults(
  text: string,
  listed: readonly Listed[],
  start: { row: number; cell: Cell } = { row: 0, cell: 'theory' },
): FilledResults {
  const { lines } = readPasted<Column>(text, { heads: RESULT_HEADS, ownOrder: (first) => ownOrder(first, start.cell) })
  const { found, faults } = matchPasted(lines, listed, start.row)
  const fields: Record<string, string> = {}
  for (const { id, line } of found)
    for (const [cell, written] of Object.entries(readCells(line))) fields[`${cell}.${id}`] = written
  return {
    fields,
    count: found.length,
    faults: faults.map(({ line, fault }) => ({ line: line.line, text: quotable(line.text, 40), fault })),
  }
}

const SCORES: readonly Cell[] = ['theory', 'practical', 'result']

/** Lines that begin with a score are scores alone; else the name stands first, a running number before it aside. */
function ownOrder(first: readonly string[], from: Cell): readonly (Column | null)[] {
  const [one = '', two = ''] = first
  if (isScore(one) && !isNaming(two)) return SCORES.slice(SCORES.indexOf(from))
  const named: Column[] = [
    'name',
    ...(isDocument(first[isScore(one) ? 2 : 1]) ? (['document'] as const) : []),
    ...SCORES,
  ]
  return isScore(one) ? [null, ...named] : named
}

const isScore = (cell: string) => /^\d{1,3}(\.\d+)?$|^$/.test(cell.trim()) || asResult(cell) !== undefined
const isNaming = (cell: string) => !isScore(cell) && !/^\d/.test(cell.trim())
/** More than three digits, or covered: no score. */
const isDocument = (cell = '') => /\*|\d{4}|\d{3}[xX]$/.test(cell.trim())

function readCells({ cells }: PastedLine<Column>): Partial<Record<Cell, string>> {
  const read: Partial<Record<Cell, string>> = {}
  for (const cell of ['theory', 'practical'] as const) {
    const written = cells[cell] ?? ''
    if (asResult(written) === 'absent') read.result = 'absent'
    else if (written !== '') read[cell] = written
  }
  const said = cells.result ?? ''
  if (said !== '') read.result = asResult(said) ?? said
  return read
}
