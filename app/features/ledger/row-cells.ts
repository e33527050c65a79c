import { quotable } from '#app/features/persons/masking.ts'
import { NOT_CALCULATED } from '#app/lib/workbook/sheet.ts'
import { cleanCode, cleanText, type DateReading, hasControl, isMangled, readDate, readHours } from './cells.ts'
import { type ColumnMap, type Field, headerOf } from './columns.ts'
import { type Problem, problem } from './problem.ts'
import type { Constants } from './source.ts'
import { choices, type Vocabulary } from './vocabulary.ts'

/** Longest values kept, in characters. */
const MOST = { text: 200, code: 64 } as const

/** What Excel shows where a formula failed; the last: no result was stored (app/lib/workbook/sheet.ts). */
const ERRORS = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|FORMULA!)$/i

const formulaProblem = (field: Field, value: string): Problem =>
  value === NOT_CALCULATED ? problem(field, 'cellNotCalculated') : problem(field, 'cellError', value)

/** A value read from a cell: null where the cell is empty, undefined where it is wrong (and the problem is noted). */
export type Read<T> = T | null | undefined

/** The cells of a row, read by field. Every reader notes what is wrong in `problems` and goes on. */
export type RowCells = {
  problems: Problem[]
  warnings: Problem[]
  /** Turns to the next row: a file's rows share one set of readers. */
  begin: (cells: readonly string[]) => void
  isEmpty: (field: Field) => boolean
  /** Free text, as written. */
  text: (field: Field) => Read<string>
  /** Half-width, without spaces; refused where Excel mangled it. */
  code: (field: Field) => Read<string>
  date: (field: Field) => Read<string>
  hours: (field: Field) => Read<number>
  word: <T extends string>(field: Field, words: ReadonlyMap<string, T>, vocabulary: Vocabulary<T>) => Read<T>
  note: (found: Problem) => undefined
  /** Notes an empty cell that must not be empty. */
  require: <T>(field: Field, value: Read<T>, otherwise?: Problem) => T | undefined
  /** Notes a cell that must be empty. */
  forbid: (field: Field, otherwise: Problem) => void
}

export function rowCells(columns: ColumnMap, constants: Constants = {}): RowCells {
  let cells: readonly string[] = []
  /** A file says few dates, many times. */
  const dates = new Map<string, DateReading>()
  const remember = (value: string): DateReading => {
    if (dates.size >= 1000) dates.clear()
    const reading = readDate(value)
    dates.set(value, reading)
    return reading
  }
  const note = (found: Problem): undefined => {
    row.problems.push(found)
  }
  const raw = (field: Field): string => {
    const at = columns[field]
    return (at === -1 ? constants[field] : cells[at]) ?? ''
  }

  function text(field: Field): Read<string> {
    const value = cleanText(raw(field))
    if (value === '') return null
    if (hasControl(value)) return note(problem(field, 'control'))
    if (value.startsWith('#') && ERRORS.test(value)) return note(formulaProblem(field, value))
    return value.length > MOST.text ? note(problem(field, 'tooLong', MOST.text)) : value
  }

  function code(field: Field): Read<string> {
    const value = cleanCode(raw(field))
    if (value === '') return null
    if (hasControl(value)) return note(problem(field, 'control'))
    if (value.startsWith('#') && ERRORS.test(value)) return note(formulaProblem(field, value))
    if (isMangled(value)) return note(problem(field, 'mangled', quotable(value)))
    return value.length > MOST.code ? note(problem(field, 'tooLong', MOST.code)) : value
  }

  const row: RowCells = {
    problems: [],
    warnings: [],
    begin(next) {
      cells = next
      row.problems = []
      row.warnings = []
    },
    note,
    text,
    code,
    isEmpty: (field) => cleanText(raw(field)) === '',
    date(field) {
      const value = text(field)
      if (typeof value !== 'string') return value
      const reading = dates.get(value) ?? remember(value)
      return reading.ok ? reading.date : note(problem(field, reading.code, quotable(value)))
    },
    hours(field) {
      const value = code(field)
      if (typeof value !== 'string') return value
      const reading = readHours(value)
      return reading.ok ? reading.hours : note(problem(field, reading.code, quotable(value)))
    },
    word(field, words, vocabulary) {
      const value = code(field)
      if (typeof value !== 'string') return value
      return words.get(value) ?? note(problem(field, 'oneOf', quotable(value), choices(vocabulary)))
    },
    require(field, value, otherwise) {
      if (value === null) return note(otherwise ?? problem(field, 'required'))
      return value
    },
    forbid(field, otherwise) {
      if (cleanText(raw(field)) !== '') note(otherwise)
    },
  }
  return row
}

/** Notes a date that has not come (Shanghai's `today`); gives back what is left. */
export function notAhead(row: RowCells, field: Field, date: Read<string>, today: string): Read<string> {
  return typeof date === 'string' && date > today ? row.note(problem(field, 'dateAhead', date, today)) : date
}

/** Notes a date that lies before another one of the row. */
export function notBefore(
  row: RowCells,
  field: Field,
  date: Read<string>,
  other: Field,
  than: Read<string>,
): Read<string> {
  if (typeof date !== 'string' || typeof than !== 'string' || date >= than) return date
  return row.note(problem(field, 'dateBefore', date, headerOf(other), than))
}
