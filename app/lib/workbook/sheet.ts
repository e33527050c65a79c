import { refuse, WORKBOOK_LIMITS } from './refusal.ts'
import { columnOf, type NumberStyle, numberText, rangeOf, unescapeText } from './values.ts'
import { attributeOf, type XmlReader, xmlReader } from './xml.ts'

/** A row in which something is written: its number in the sheet, from 1, and its cells as text. */
export type WorkbookRow = { row: number; cells: string[] }

/** A block of cells that are one; `left` holds the value. Columns from 0, rows from 1, both ends inclusive. */
export type Merge = { top: number; bottom: number; left: number }

/** What all sheets of a workbook share. */
export type Shared = { strings: readonly string[]; styles: readonly NumberStyle[]; is1904: boolean }

/** Counts cells and rows of the whole workbook. */
export type Budget = { cells: number; rows: number }

/** A formula whose result nobody stored: written by a program, never opened in Excel. */
export const NOT_CALCULATED = '#FORMULA!'

/**
 * Reads a sheet's XML: hands on each row that holds something, then the merges, which stand behind the rows. Values of
 * formulas are those that were stored; errors come as they show (`#N/A`); dates as `YYYY-MM-DD`.
 * @throws RefusedWorkbook
 */
export function sheetReader(
  { strings, styles, is1904 }: Shared,
  budget: Budget,
  onRow: (row: WorkbookRow) => void,
  onMerge: (merge: Merge) => void = () => {},
): XmlReader {
  let row = 0
  let cells: string[] = []
  let hasContent = false
  let column = -1
  let type = ''
  let style = 0
  let hasFormula = false
  let value = ''
  let isReading = false
  let isPhonetic = false
  let isInCell = false

  function cellText(): string {
    if (type === 's') return strings[Number(value)] ?? refuse('damaged')
    if (value === '') return hasFormula && type !== 'str' ? NOT_CALCULATED : ''
    if (type === '' || type === 'n') return numberText(value, styles[style] ?? { kind: 'number' }, is1904)
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
    if (type === 'd') return value.slice(0, 10)
    return unescapeText(value)
  }

  return xmlReader({
    open(name, attributes) {
      switch (name) {
        case 'c': {
          budget.cells -= 1
          if (budget.cells < 0) refuse('tooManyCells')
          const reference = attributeOf(attributes, 'r')
          column = reference === undefined ? column + 1 : columnOf(reference)
          if (column < 0) refuse('damaged')
          type = attributeOf(attributes, 't') ?? ''
          style = Number(attributeOf(attributes, 's') ?? 0)
          hasFormula = false
          value = ''
          isInCell = true
          break
        }
        case 'v':
        case 't':
          isReading = isInCell && !isPhonetic
          break
        case 'f':
          hasFormula = isInCell
          break
        case 'rPh':
          isPhonetic = true
          break
        case 'row':
          row = Number(attributeOf(attributes, 'r') ?? row + 1)
          if (!Number.isInteger(row) || row < 1 || row > 1_048_576) refuse('damaged')
          cells = []
          hasContent = false
          column = -1
          break
        case 'mergeCell': {
          const range = rangeOf(attributeOf(attributes, 'ref') ?? '')
          if (range && range.bottom > range.top && range.left < WORKBOOK_LIMITS.columns) onMerge(range)
        }
      }
    },
    text(text) {
      if (isReading && value.length < WORKBOOK_LIMITS.cellCharacters) value += text
    },
    close(name) {
      switch (name) {
        case 'c': {
          isInCell = false
          const text = column < WORKBOOK_LIMITS.columns ? cellText() : ''
          if (text === '') break
          while (cells.length < column) cells.push('')
          cells[column] = text
          hasContent ||= text.trim() !== ''
          break
        }
        case 'v':
        case 't':
          isReading = false
          break
        case 'rPh':
          isPhonetic = false
          break
        case 'row':
          if (!hasContent) break
          budget.rows -= 1
          if (budget.rows < 0) refuse('tooManyRows')
          onRow({ row, cells })
      }
    },
  })
}

/**
 * Gives the value of a merged block to each of its rows in which something is written, in the block's first column. Rows
 * must come in order.
 */
export function mergeFiller(merges: readonly Merge[]): (row: WorkbookRow) => WorkbookRow {
  const waiting = merges.toSorted((one, other) => other.top - one.top)
  let active: (Merge & { value: string })[] = []
  return (record) => {
    const { row, cells } = record
    if (active.length > 0) active = active.filter(({ bottom }) => bottom >= row)
    for (const { left, value } of active) {
      if ((cells[left] ?? '') !== '') continue
      while (cells.length < left) cells.push('')
      cells[left] = value
    }
    for (let next = waiting.at(-1); next && next.top <= row; next = waiting.at(-1)) {
      waiting.pop()
      const value = next.top === row ? (cells[next.left] ?? '') : ''
      if (value !== '' && next.bottom > row) active.push({ ...next, value })
    }
    if (active.length > WORKBOOK_LIMITS.columns) refuse('damaged')
    return record
  }
}
