import { checkDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { quotable } from '#app/features/persons/masking.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import { readPasted } from '#app/lib/pasted.ts'
import type { DocumentType } from '#db/values.ts'
import { DOCUMENT_TYPE_WORDS, ROLL_HEADS, type RollColumn } from './roll-vocabulary.ts'

/** A worker as a union enters one. */
export type RollEntry = {
  name: string
  document: { type: DocumentType; number: string; birthDate: string | null }
  phone: string | null
}

export type RollFault =
  | 'name'
  | 'type' // of the document: none of those that are known
  | 'no_document' // the cell is empty, or there is none
  | 'document'
  | 'phone'
  | 'twice' // the same document in a line above
  | 'too_many' // more lines than one form takes

/** Lines of one paste. */
export const MOST_ENTERED = 200

/** What was pasted, read: whom it names, and the lines that cannot be taken, numbers covered. `rest`: these lines as they were pasted. */
export type RollRead = {
  entries: RollEntry[]
  faults: { line: number; text: string; fault: RollFault }[]
  rest: string
}

/**
 * Reads workers pasted from a spreadsheet: 姓名, 证件号码, and where they are given 证件类型 (居民身份证 otherwise) and 手机号, in any order under heads,
 * else in this one. `today`: Shanghai's date.
 */
export function readRoll(text: string, today: string): RollRead {
  const { lines, hasHeads } = readPasted<RollColumn>(text, { heads: ROLL_HEADS, ownOrder })
  const entries: RollEntry[] = []
  const faults: RollRead['faults'] = []
  const physical = text.split(/\r\n|\n|\r/)
  const rest: string[] = []
  const known = new Set<string>()
  for (const { line, text: written, cells } of lines) {
    if (written === '') continue
    const read = entries.length >= MOST_ENTERED ? 'too_many' : readEntry(cells, today)
    const fault = typeof read === 'string' ? read : known.has(keyOf(read)) ? 'twice' : null
    if (typeof read !== 'string' && fault === null) {
      known.add(keyOf(read))
      entries.push(read)
      continue
    }
    if (fault) faults.push({ line, text: quotable(written, 40), fault })
    rest.push(physical[line - 1] ?? '')
  }
  const head = hasHeads ? physical.slice(0, (lines[0]?.line ?? 1) - 1) : []
  return { entries, faults, rest: rest.length > 0 ? [...head, ...rest].join('\n') : '' }
}

const keyOf = ({ document }: RollEntry) => `${document.type}:${document.number}`

function readEntry(cells: Partial<Record<RollColumn, string>>, today: string): RollEntry | RollFault {
  const name = normaliseName(cells.name ?? '')
  if (!isName(name)) return 'name'
  const word = (cells.documentType ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase()
  const type = word === '' ? 'resident_id' : DOCUMENT_TYPE_WORDS.get(word)
  if (!type) return 'type'
  // Excel puts an apostrophe before a number that is text.
  const number = (cells.document ?? '').replace(/^['’]/, '')
  if (number.trim() === '') return 'no_document'
  const checked = checkDocument(type, number, today)
  if (!checked.ok) return 'document'
  const written = cells.phone ?? ''
  const phone = written === '' ? null : normalisePhone(written)
  if (written !== '' && phone === null) return 'phone'
  return { name, document: { type, number: checked.number, birthDate: checked.birthDate }, phone }
}

/** A running number before the name is passed over. */
function ownOrder(first: readonly string[]): readonly (RollColumn | null)[] {
  const isNumbered = /^\d{1,4}$/.test((first[0] ?? '').trim())
  return [...(isNumbered ? [null] : []), 'name', 'document', 'phone']
}
