import { quotable } from '#app/features/persons/masking.ts'
import { matchPasted } from '#app/features/persons/pasted-people.ts'
import { parseDate } from '#app/lib/dates.ts'
import { type PastedLine, readPasted } from '#app/lib/pasted.ts'
import type { FilledResults } from './pasted-results.ts'
import { CERTIFICATE_HEADS, type CertificateColumn as Column, LEVEL_WORDS, TYPE_WORDS } from './pasted-vocabulary.ts'

/** What a row may say by itself, instead of what all certificates of the form share. */
export const ROW_FIELDS = ['type', 'level', 'workItem', 'issuer', 'issuedOn'] as const
export type RowField = (typeof ROW_FIELDS)[number]

/** Somebody who passed, as a row of the form. */
export type PassedListed = { assessmentId: string; name: string; document: string | null; isCertified: boolean }

/**
 * Fills the form of certificates from what was pasted: name, document or its ending, number and date, and whatever else a line says
 * by itself, in any order under heads; without heads 姓名, document, number, date, type. Of several attempts of one worker the one
 * without a certificate is meant.
 */
export function fillCertificates(text: string, passed: readonly PassedListed[]): FilledResults {
  const { lines } = readPasted<Column>(text, { heads: CERTIFICATE_HEADS, ownOrder })
  const listed = passed
    .filter((one) => !one.isCertified || !passed.some((other) => !other.isCertified && isSamePerson(one, other)))
    .map(({ assessmentId, name, document }) => ({ id: assessmentId, name, document }))
  const { found, faults } = matchPasted(lines, listed)
  const fields: Record<string, string> = {}
  for (const { id, line } of found)
    for (const [field, written] of Object.entries(readCells(line))) fields[`${field}.${id}`] = written
  return {
    fields,
    count: found.length,
    faults: faults.map(({ line, fault }) => ({ line: line.line, text: quotable(line.text, 40), fault })),
  }
}

const isSamePerson = (one: PassedListed, other: PassedListed) =>
  one.name === other.name && one.document === other.document

/** Without heads: the name, then the document if the second cell looks like one and a third is there. */
function ownOrder(first: readonly string[]): readonly Column[] {
  const hasDocument = first.length > 2 && parseDate(first[2] ?? '') === null
  return ['name', ...(hasDocument ? (['document'] as const) : []), 'number', 'issuedOn', 'type', 'level']
}

/** What is no date, type or level stays as it was written, to be told at its row. */
function readCells({ cells }: PastedLine<Column>): Partial<Record<'number' | RowField, string>> {
  const read: Partial<Record<'number' | RowField, string>> = {}
  for (const field of ['number', ...ROW_FIELDS] as const) {
    const written = cells[field] ?? ''
    if (written === '') continue
    const word = written.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase()
    if (field === 'issuedOn') read[field] = parseDate(written) ?? written
    else if (field === 'type') read[field] = TYPE_WORDS.get(word) ?? written
    else if (field === 'level') read[field] = LEVEL_WORDS.get(word) ?? written
    else read[field] = written
  }
  return read
}
