import { isId } from './ids.ts'

/** More rows than any page shows: what comes beyond was not made by a page. */
export const MOST_ROWS = 200
const LONGEST = 500
const LONGEST_TEXT = 100_000

export type FormRow<F extends string> = { id: string } & Record<F, string>

/**
 * Reads the rows of a table that is one form: fields are named `field.id`, where the id is a record's. Rows come in the
 * order of their first field; a field that is missing is empty; names with anything but an id are ignored.
 */
export function readFormRows<F extends string>(form: FormData, fields: readonly F[]): FormRow<F>[] {
  const rows = new Map<string, FormRow<F>>()
  for (const [name, value] of form) {
    const dot = name.indexOf('.')
    const id = name.slice(dot + 1)
    const field = fields.find((known) => known === name.slice(0, dot))
    if (field === undefined || typeof value !== 'string' || !isId(id)) continue
    const row = rows.get(id) ?? emptyRow(id, fields)
    if (rows.size < MOST_ROWS || rows.has(id)) rows.set(id, { ...row, [field]: value.slice(0, LONGEST) })
  }
  return [...rows.values()]
}

const emptyRow = <F extends string>(id: string, fields: readonly F[]): FormRow<F> =>
  ({ id, ...Object.fromEntries(fields.map((field) => [field, ''])) }) as FormRow<F>

/** What was typed, to be shown again where a form comes back: texts alone, cut to a sensible length. */
export function typedTexts(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts.slice(0, MOST_ROWS * 5).map(([name, value]) => [name, value.slice(0, LONGEST)]))
}

/** A long text of a form, such as a pasted table; a missing field or a file is an empty one. */
export function formLongText(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : ''
}

/** One text of a form; a missing field or a file is an empty one. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, LONGEST) : ''
}
