import { DOCUMENT_TYPES, type DocumentType } from '#db/values.ts'
import { checkDocument, normalisePhone } from './documents.ts'
import { isName, normaliseName } from './names.ts'

/** What somebody is looked for by. A number may be a document of several types. */
export type PersonQuery =
  | { by: 'name'; name: string }
  | { by: 'phone'; phone: string }
  | { by: 'document'; documents: { type: DocumentType; number: string }[] }

export type QueryRefusal = 'missing' | 'unclear'

/** Types whose numbers are those of identity cards. */
const IDENTITY_NUMBERS: readonly DocumentType[] = ['resident_id', 'hk_mo_residence', 'tw_residence', 'foreign_pr']

/**
 * Reads what was typed into one field: a phone, a document of any type, else a whole name. Numbers that are neither are
 * refused rather than looked for as names.
 */
export function readPersonQuery(
  written: string,
  today: string,
): { ok: true; query: PersonQuery } | { ok: false; reason: QueryRefusal } {
  const text = written.trim()
  if (text === '') return { ok: false, reason: 'missing' }
  const phone = normalisePhone(text)
  if (phone !== null) return { ok: true, query: { by: 'phone', phone } }
  // Passports are written in many ways: what is as long as an identity number is one, right or mistyped.
  const types = /^\d{14,}[\dXx]?$/.test(text.replace(/[\s-]+/g, '')) ? IDENTITY_NUMBERS : DOCUMENT_TYPES
  const documents = types.flatMap((type) => {
    const checked = checkDocument(type, text, today)
    return checked.ok ? [{ type, number: checked.number }] : []
  })
  if (/\d/.test(text) && documents.length > 0) return { ok: true, query: { by: 'document', documents } }
  const name = normaliseName(text)
  if (/\d{3}/.test(name) || !/\p{L}/u.test(name) || !isName(name)) return { ok: false, reason: 'unclear' }
  return { ok: true, query: { by: 'name', name } }
}

/** Why a full number is shown: one of these, and a reason in words. */
export const REVEAL_PURPOSES = ['certificate', 'correction', 'identity', 'complaint', 'inspection'] as const
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number]

const SHORTEST_REASON = 4
const LONGEST_REASON = 200

/** The purpose and reason of a reveal as posted; the first that is missing is refused. */
export function readReveal(
  purpose: string,
  reason: string,
): { ok: true; purpose: RevealPurpose; reason: string } | { ok: false; field: 'purpose' | 'reason' } {
  const known = REVEAL_PURPOSES.find((one) => one === purpose)
  if (!known) return { ok: false, field: 'purpose' }
  const said = reason.trim().slice(0, LONGEST_REASON)
  return [...said].length < SHORTEST_REASON
    ? { ok: false, field: 'reason' }
    : { ok: true, purpose: known, reason: said }
}
