/** An option that can be ticked. */
export type Option = { id: string; text: string }

type Asked<K extends string, More = object> = { id: string; kind: K; prompt: string } & More

/**
 * A question as everybody may see it, by kind. What would give the answer away by its order or its name (steps, pairs) has
 * neither: it stands shuffled, and is named by its place.
 */
export type Question =
  | Asked<'single' | 'multiple' | 'true_false', { options: Option[] }>
  /** `unit` '': none. */
  | Asked<'numeric', { unit: string }>
  | Asked<'ordering', { items: string[] }>
  | Asked<'matching', { left: string[]; right: string[] }>
  | Asked<'fill_in'>

/**
 * What came in, by question id; an empty list is no answer. Of a choice the ids of the ticked options; of a number or a
 * word the one text that was typed; of an ordering the place given to each item as shown, `1` for the first, '' where none
 * was chosen; of a matching the letter chosen for each left side.
 */
export type Answers = Record<string, string[]>

/** Why a question can't be marked as it stands. */
export type Fault = 'unanswered' | 'incomplete' | 'twice' | 'not_a_number'

/** What the browser may check too: nothing here knows an answer. Null: the question can be marked. */
export function faultOf(question: Question, given: readonly string[] = []): Fault | null {
  if (given.every((value) => value === '')) return 'unanswered'
  if (question.kind === 'numeric') return readDecimal(given[0] ?? '', question.unit) ? null : 'not_a_number'
  if (question.kind !== 'ordering' && question.kind !== 'matching') return null
  if (given.includes('')) return 'incomplete'
  return question.kind === 'ordering' && new Set(given).size < given.length ? 'twice' : null
}

/** Field name of a question in a form; a question of several fields repeats it, in order. */
export const fieldOf = (questionId: string) => `q-${questionId}`

/** A, B, … for the first, second, … of what is matched. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index)

/** A decimal number without rounding: `units` × 10^-`places`. */
export type Decimal = { units: bigint; places: number }

/**
 * A typed number: full-width signs, spaces, thousands separators and the question's own unit after it are fine. Null
 * where it is no number, or longer than any measurement.
 */
export function readDecimal(typed: string, unit = ''): Decimal | null {
  let text = typed.normalize('NFKC').replace(/\s+/g, '').replace(/[−–]/g, '-').replaceAll('。', '.')
  const ending = unit.normalize('NFKC').replace(/\s+/g, '')
  if (ending && text.endsWith(ending)) text = text.slice(0, -ending.length)
  const read = /^([+-]?)(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})?(?:\.(\d{0,9}))?$/.exec(text)
  if (!read) return null
  const [, sign, whole = '', part = ''] = read
  const digits = whole.replaceAll(',', '') + part
  if (digits === '') return null
  return { units: BigInt(`${sign === '-' ? '-' : ''}${digits}`), places: part.length }
}
