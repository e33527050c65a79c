import type { Locale } from '#app/lib/i18n.ts'
import { COLUMNS, type Field } from './columns.ts'
import { words } from './words.ts'

type Sentences = (typeof words)['zh-CN']['problems']

/** Everything that an import can say about a file, a row or a cell. */
export type ProblemCode = keyof Sentences

type ParametersOf<C extends ProblemCode> = Sentences[C] extends (...parameters: infer P) => string ? P : []

/** What is wrong (or odd) in one cell, a whole row or the whole file, in no language yet. */
export type Problem = {
  /** The cell's column; null where it is about the whole row or file. */
  field: Field | null
  code: ProblemCode
  /** What the sentence of `code` takes. */
  parameters: readonly (string | number)[]
}

/**
 * A problem with its place: `row` is the physical row of the file or sheet, from 1; null where it is about the whole of it.
 * `sheet`: its name, where the file has several.
 */
export type PlacedProblem = Problem & { row: number | null; sheet?: string | null }

/** What is printed, downloaded and shown: the column by its header in the ledger. `sheet` only where a file has several. */
export type Message = { sheet?: string; row: number | null; column: string | null; message: string }

export function problem<C extends ProblemCode>(field: Field | null, code: C, ...parameters: ParametersOf<C>): Problem {
  return { field, code, parameters: parameters as readonly (string | number)[] }
}

/** The sentence of a problem in a language. */
export function toMessage({ sheet, row, field, code, parameters }: PlacedProblem, locale: Locale): Message {
  const sentence = words[locale].problems[code] as string | ((...parameters: readonly (string | number)[]) => string)
  return {
    ...(sheet ? { sheet } : {}),
    row,
    column: field ? COLUMNS[field].header : null,
    message: typeof sentence === 'string' ? sentence : sentence(...parameters),
  }
}
