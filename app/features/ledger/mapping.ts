import { checkDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { maskDocument, maskPhone, quotable } from '#app/features/persons/masking.ts'
import { readDate, readHours } from './cells.ts'
import { COLUMNS, FIELDS, type Field } from './columns.ts'
import { normaliseHeader } from './header.ts'
import { HEADER_KEYWORDS, IGNORED_KEYWORDS, SEX_WORDS } from './mapping-vocabulary.ts'
import type { Mapping, SheetView } from './upload.ts'
import {
  CATEGORY_WORDS,
  CERTIFICATE_STATUS_WORDS,
  CERTIFICATE_TYPE_WORDS,
  DECLARED_LEVEL_WORDS,
  DOCUMENT_TYPE_WORDS,
  lookup,
  MODE_WORDS,
  RESULT_WORDS,
} from './vocabulary.ts'

/** Columns whose value may be given once for a whole file: what belongs to a class or a batch, never to one person. */
export const ONCE: readonly Field[] = [
  'academyCode',
  'classCode',
  'className',
  'mode',
  'occupationCode',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
  'documentType',
  'hoursAttended',
  'practicalHoursAttended',
  'category',
  'employer',
]

/** Columns whose values come from a vocabulary, with the word that is offered for each. */
export const OFFERED: Partial<Record<Field, readonly string[]>> = {
  mode: Object.values(MODE_WORDS).map(([word]) => word),
  documentType: Object.values(DOCUMENT_TYPE_WORDS).map(([word]) => word),
  category: Object.values(CATEGORY_WORDS).map(([word]) => word),
}

const vocabularies: [Field, ReadonlyMap<string, string>][] = [
  ['mode', lookup(MODE_WORDS)],
  ['documentType', lookup(DOCUMENT_TYPE_WORDS)],
  ['category', lookup(CATEGORY_WORDS)],
  ['result', lookup(RESULT_WORDS)],
  ['certificateType', lookup(CERTIFICATE_TYPE_WORDS)],
  ['certificateStatus', lookup(CERTIFICATE_STATUS_WORDS)],
]
const levels = lookup(DECLARED_LEVEL_WORDS)

/**
 * What an unknown column probably is, from its name and from what stands in it: a field that no other column has, `ignored`
 * for what a ledger has no use for, null where nothing speaks for anything. Contents go before names only where they leave
 * no doubt (a document with its check digit, a mobile number).
 */
export function guessField(
  header: string,
  samples: readonly string[],
  taken: ReadonlySet<Field>,
  today: string,
): Field | 'ignored' | null {
  const byContents = guessByContents(samples, today)
  if (byContents === 'ignored') return byContents
  if ((byContents === 'documentNumber' || byContents === 'phone') && !taken.has(byContents)) return byContents
  const name = normaliseHeader(header)
  if (IGNORED_KEYWORDS.test(name)) return 'ignored'
  const byName = guessByName(name, taken)
  if (byName && isPossible(byName, samples)) return byName
  return byContents && !taken.has(byContents) ? byContents : null
}

function guessByContents(samples: readonly string[], today: string): Field | 'ignored' | null {
  if (samples.length === 0) return 'ignored'
  const all = (test: (value: string) => boolean) => samples.every(test)
  if (all((value) => checkDocument('resident_id', value, today).ok)) return 'documentNumber'
  if (all((value) => normalisePhone(value) !== null)) return 'phone'
  if (all((value) => SEX_WORDS.has(value))) return 'ignored'
  for (const [field, words] of vocabularies) if (all((value) => words.has(value))) return field
  if (all((value) => /^\d-\d{2}-\d{2}-\d{2}/.test(value))) return 'occupationCode'
  return null
}

/** What a value of the column must look like where the name alone suggests it. */
function isPossible(field: Field, samples: readonly string[]): boolean {
  const some = (test: (value: string) => boolean) => samples.length === 0 || samples.some(test)
  if (/On$/.test(field)) return some((value) => readDate(value).ok)
  if (/Hours|^hours/.test(field)) return some((value) => readHours(value).ok)
  if (field === 'level' || field === 'declaredLevel') return some((value) => levels.has(value))
  if (field === 'documentNumber') return some((value) => /\d{6}/.test(value))
  return true
}

const names = FIELDS.map((field) => ({
  field,
  known: [COLUMNS[field].header, ...COLUMNS[field].synonyms].map(normaliseHeader),
}))

/** By keywords, else by the least number of characters that differ from a known header: a third of them at most. */
function guessByName(name: string, taken: ReadonlySet<Field>): Field | null {
  for (const [keywords, field] of HEADER_KEYWORDS) if (keywords.test(name) && !taken.has(field)) return field
  let best: { field: Field; distance: number } | null = null
  for (const { field, known } of names) {
    if (taken.has(field)) continue
    for (const one of known) {
      const distance = editDistance(name, one)
      if (distance <= Math.floor(one.length / 3) && distance < (best?.distance ?? 99)) best = { field, distance }
    }
  }
  return best?.field ?? null
}

/** Levenshtein's. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++)
      row.push(Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)))
    above = row
  }
  return above[other.length]!
}

/** A value out of a file as a page may show it: what looks like a document, phone or certificate number is covered. */
export function maskSample(value: string): string {
  const bare = value.replace(/[\s-]/g, '')
  if (normalisePhone(value) !== null) return maskPhone(bare.slice(-11))
  if (/^\d{15}$|^\d{17}[\dXx]$/.test(bare)) return maskDocument(bare, 'working')
  return quotable(value, 20)
}

/** What a header is read as once somebody chose. */
export function meaningOf(text: string, known: Field | 'ignored' | null, mapping: Mapping): Field | 'ignored' | null {
  return mapping[normaliseHeader(text)] ?? known
}

/** The columns of the ledger that chosen sheets have, each; two headers of a sheet that claim one. */
export function readChoice(sheets: readonly SheetView[], mapping: Mapping): { missing: Field[]; doubled: Field[] } {
  const missing = new Set<Field>()
  const doubled = new Set<Field>()
  for (const { headers, said, residentIdOnly } of sheets) {
    const has = new Set<Field>(Object.keys(said) as Field[])
    const seen = new Set<Field>()
    for (const { text, known } of headers) {
      const meaning = meaningOf(text, known, mapping)
      if (!meaning || meaning === 'ignored') continue
      if (seen.has(meaning)) doubled.add(meaning)
      seen.add(meaning)
      has.add(meaning)
    }
    for (const field of FIELDS) {
      const isNeeded = COLUMNS[field].required && !(field === 'documentType' && residentIdOnly)
      if (isNeeded && !has.has(field)) missing.add(field)
    }
  }
  return { missing: FIELDS.filter((field) => missing.has(field)), doubled: [...doubled] }
}
