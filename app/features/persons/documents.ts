import { isDate } from '#app/lib/calendar.ts'
import type { DocumentType } from '#db/values.ts'

/** Why a document number is not accepted. Each reason is one sentence in whoever's words show it. */
export type DocumentRefusal =
  | 'form' // not the shape that this type of document has
  | 'check_digit' // 18 digits whose last one does not fit the others
  | 'birth_date' // 18 digits that hold no real date, or one that has not come yet

export type DocumentCheck =
  | { ok: true; number: string; birthDate: string | null }
  | { ok: false; reason: DocumentRefusal }

/**
 * Shapes by type, after normalisation. Sources: GB 11643-1999 (18 digits; the residence permits of 2018 follow it, and so
 * does the foreigners' permanent resident card of 2023, whose first digit is 9); the card before it has the country's 3
 * letters and 12 digits; permits of Hong Kong and Macao residents H or M and 8 digits (10 on cards before 2013); permits of
 * Taiwan residents 8 digits (older ones 10 and a letter); ICAO 9303 allows passports letters and digits.
 */
const SHAPES: Record<DocumentType, RegExp> = {
  resident_id: /^\d{17}[\dX]$/,
  hk_mo_residence: /^\d{17}[\dX]$/,
  tw_residence: /^\d{17}[\dX]$/,
  hk_mo_permit: /^[HM](?:\d{8}|\d{10})$/,
  tw_permit: /^(?:\d{8}|\d{10}[A-Z]?)$/,
  foreign_pr: /^(?:9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
  passport: /^[A-Z0-9]{5,17}$/,
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'

/** The check digit of GB 11643 (ISO 7064, MOD 11-2) for the first 17 digits. */
export function checkDigit(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!
  return CHECK_DIGITS[sum % 11]!
}

/**
 * The one spelling of a number under which a person is found: full-width characters become half-width, letters capitals,
 * spaces go, brackets of old Taiwan permits go, and 15 digits of a resident identity card become 18 (the century is 19).
 */
export function normaliseDocument(type: DocumentType, written: string): string {
  const number = written.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  if (type === 'tw_permit') return number.replace(/\(([A-Z])\)$/, '$1')
  if (type !== 'resident_id' || !/^\d{15}$/.test(number)) return number
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`
  return first17 + checkDigit(first17)
}

/**
 * Normalises and checks a document number (domain.md, the ledger, column 12). Never refused for its region: issuing areas
 * come and go. `today` is Shanghai's date: nobody is born later.
 * @returns the normalised number, and the birth date `YYYY-MM-DD` where the number holds one, else null.
 */
export function checkDocument(type: DocumentType, written: string, today: string): DocumentCheck {
  const number = normaliseDocument(type, written)
  if (!SHAPES[type].test(number)) return { ok: false, reason: 'form' }
  if (number.length !== 18 || type === 'passport') return { ok: true, number, birthDate: null }
  if (checkDigit(number) !== number[17]) return { ok: false, reason: 'check_digit' }
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const real = isDate(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)))
  if (!real || birthDate > today) return { ok: false, reason: 'birth_date' }
  return { ok: true, number, birthDate }
}

/** Type and normalised number as one text: what the index of a person is made of. */
export const documentKey = (type: DocumentType, number: string): string => `${type}:${number}`

/** A Chinese mobile number as 11 digits (domain.md, column 13); spaces, hyphens and the country code +86 go. Null: none. */
export function normalisePhone(written: string): string | null {
  const digits = written
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .replace(/^(?:\+|00)86/, '')
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null
}
