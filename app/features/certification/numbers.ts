import type { CertificateType, Level } from '#db/values.ts'

/** Types whose certificates carry a level. */
export const LEVELLED_TYPES: ReadonlySet<CertificateType> = new Set(['skill_level', 'qualification'])

/** Types whose number contains the holder's document number: it is stored sealed and shown masked. */
export const PERSONAL_NUMBER_TYPES: ReadonlySet<CertificateType> = new Set(['special_operation'])

/** A certificate number as it is stored: half-width, letters capitals, without spaces. */
export const normaliseCertificateNumber = (written: string): string =>
  written.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

/**
 * Whether a normalised number has the shape of its type (domain.md, the ledger, column 23): 职业技能等级证书 Y or S and 21
 * digits, of a 特级技师 also 2 letters and 20 digits; 职业资格证书 16 digits; the others 4 to 40 letters, digits and `-`.
 * `level` null: not known, any of the shapes passes.
 */
export function isCertificateNumber(type: CertificateType, number: string, level: Level | null): boolean {
  if (type === 'qualification') return /^\d{16}$/.test(number)
  if (type !== 'skill_level') return /^[A-Z0-9-]{4,40}$/.test(number)
  if (/^[YS]\d{21}$/.test(number)) return true
  return (level === null || level === 'special_technician') && /^[A-Z]{2}\d{20}$/.test(number)
}

const LEVEL_DIGITS: Partial<Record<Level, string>> = { l5: '5', l4: '4', l3: '3', l2: '2', l1: '1' }

/**
 * The 16th character of a 职业技能等级证书 number where it contradicts the level, else null. It is 5 to 1 for 五级 to 一级;
 * the other ranks have no digit.
 */
export function contradictingLevelDigit(number: string, level: Level): string | null {
  const expected = LEVEL_DIGITS[level]
  const found = number[15]
  return expected !== undefined && found !== undefined && found !== expected ? found : null
}
