import { isDate } from './calendar.ts'

/** 2026-11-03, 2026/11/3, 2026.11.3 (one separator throughout), 2026年11月3日, 20261103. */
const SEPARATED = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/

/**
 * Reads a calendar date as people write it in tables (domain.md, "The ledger"): the five forms above, full-width digits
 * and blanks around or within them tolerated.
 * @returns the date as `YYYY-MM-DD`; null for anything else, and for days that do not exist (2026-02-30).
 */
export function parseDate(written: string): string | null {
  const text = written.normalize('NFKC').replaceAll(/\s/g, '')
  const separated = SEPARATED.exec(text)
  if (separated) return dateOf(separated[1], separated[3], separated[4])
  const match = COMPACT.exec(text) ?? CHINESE.exec(text)
  return match ? dateOf(match[1], match[2], match[3]) : null
}

function dateOf(year = '', month = '', day = ''): string | null {
  if (!isDate(Number(year), Number(month), Number(day))) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
