import { parseWithZod } from '@conform-to/zod/v4'
import type { z } from 'zod'
import { badRequest } from '#app/lib/http.ts'

/** `sessions[12].date`: rows of two digits are more than a class may have, and said to be too many. */
const NAME = /^[a-z]\w*(?:\[\d{0,2}\]|\.[a-z]\w*)*$/i
const LONGEST_NAME = 100
/** The button that adds or removes a row, where no script does it. */
const BUTTON = '__intent__'
const LONGEST_BUTTON = 500
const BUTTONS = ['insert', 'remove']

/**
 * Reads the form of a class as it was sent. Names and buttons are looked at before rows are made of them: a row with a number in the
 * millions makes as many rows, which fill the memory of the process whoever else is using it.
 * @throws a 400 Response for what no page of ours sends.
 */
export function readClassForm<S extends z.ZodType>(form: FormData, schema: S) {
  const isOurs = [...form].every(([name, value]) => (name === BUTTON ? isButton(value) : isName(name)))
  if (!isOurs || form.getAll(BUTTON).length > 1) throw badRequest('names')
  return parseWithZod(form, { schema })
}

const isName = (name: string) => name.length <= LONGEST_NAME && NAME.test(name)

function isButton(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > LONGEST_BUTTON) return false
  try {
    const { type, payload } = JSON.parse(value)
    const { name, index = 0 } = payload
    const isRow = Number.isInteger(index) && index >= 0 && index < 100
    return BUTTONS.includes(type) && typeof name === 'string' && isName(name) && isRow
  } catch {
    return false
  }
}
