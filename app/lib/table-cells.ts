import { parseDate } from './dates.ts'
import type { Locale } from './i18n.ts'
import type { Finding, TableColumns, TableRow } from './table.ts'
import { words } from './table-words.ts'

/** Reads the cells of one row; what is wrong is collected in `errors`, and the value then is null. */
export type CellReader<F extends string> = {
  errors: Finding[]
  /** The text, 1 to `most` characters; null and an error where it is empty (unless `isOptional`: then just null). */
  text: (field: F, options: { most: number; isOptional?: boolean }) => string | null
  /** One of a vocabulary: word → value. */
  oneOf: <T>(field: F, vocabulary: ReadonlyMap<string, T>, shown: string) => T | null
  date: (field: F, options?: { isOptional?: boolean }) => string | null
  /** A year of four digits, 1949 to 2100, with or without 年. */
  year: (field: F) => number | null
  /** Adds an error at a cell, or at the row. */
  refuse: (field: F | null, message: string) => void
}

export function cellReader<F extends string>(
  { row, cells }: TableRow<F>,
  columns: TableColumns<F>,
  locale: Locale,
): CellReader<F> {
  const w = words[locale]
  const errors: Finding[] = []
  const refuse = (field: F | null, message: string): null => {
    errors.push({ row, column: field && columns[field].header, message })
    return null
  }
  const filled = (field: F, isOptional = false): string | null => {
    if (cells[field] === '') return isOptional ? null : refuse(field, w.required)
    return /\p{Cc}/u.test(cells[field]) ? refuse(field, w.control) : cells[field]
  }

  return {
    errors,
    refuse,
    text(field, { most, isOptional }) {
      const text = filled(field, isOptional)
      if (text === null) return null
      return [...text].length > most ? refuse(field, w.tooLong(most)) : text
    },
    oneOf(field, vocabulary, shown) {
      const word = filled(field)
      if (word === null) return null
      return vocabulary.get(word) ?? refuse(field, w.oneOf(quoted(word), shown))
    },
    date(field, options) {
      const written = filled(field, options?.isOptional)
      if (written === null) return null
      return parseDate(written) ?? refuse(field, w.dateForm(quoted(written)))
    },
    year(field) {
      const written = filled(field, true)
      if (written === null) return null
      const year = /^(\d{4})年?$/.exec(written)?.[1]
      const isPlausible = year !== undefined && year >= '1949' && year <= '2100'
      return isPlausible ? Number(year) : refuse(field, w.yearForm(quoted(written)))
    },
  }
}

/** A cell as a message repeats it: cut short. */
export const quoted = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text)

/** The errors of rows that say different things about one record: each names the others. */
export function disagreements(groups: readonly { row: number }[][], locale: Locale): Finding[] {
  return groups.flatMap((group) =>
    group.map(({ row }) => {
      const others = group.filter((other) => other.row !== row).map((other) => other.row)
      return { row, column: null, message: words[locale].rowsDisagree(others.slice(0, 5).join('、')) }
    }),
  )
}
