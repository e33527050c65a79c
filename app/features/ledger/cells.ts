import { parseDate } from '#app/lib/dates.ts'

/** What spreadsheets and web pages leave in cells: soft hyphens, zero-width characters, byte order marks. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
/**
 * What most cells hold, and what cleaning leaves as it is: ASCII that shows, Chinese characters, in text also the brackets
 * of class names; nothing in front that marks text, a formula or an error for Excel.
 */
const ORDINARY_TEXT = /^(?!['=#])[\x21-\x7E\u4E00-\u9FFF\uFF08\uFF09]+$/
const ORDINARY_CODE = /^(?!['=#])[\x21-\x7E\u4E00-\u9FFF]+$/
const PLAIN = /^[\x21-\x7E]*$/
const CONTROL = /\p{Cc}/u

/**
 * A cell as somebody meant it: without surrounding or doubled spaces, line breaks and invisible characters, and without
 * what marks text for Excel (`="0123"`, a leading apostrophe before what would be a number or formula).
 */
export function cleanText(cell: string): string {
  if (cell === '' || ORDINARY_TEXT.test(cell)) return cell
  return cell
    .replace(INVISIBLE, '')
    .trim()
    .replace(/^="([^"]*)"$/, '$1')
    .replace(/^'(?=[=+\-@＝＋－＠\t\d])/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A clean cell of a column that holds a code, number, date or word of a vocabulary: half-width, without any space. */
export function cleanCode(cell: string): string {
  if (cell === '' || ORDINARY_CODE.test(cell)) return cell
  const text = cleanText(cell)
  return PLAIN.test(text) ? text : text.normalize('NFKC').replace(/\s+/g, '')
}

/** True for text that cannot be stored or shown: NUL and its kind. */
export const hasControl = (text: string): boolean => CONTROL.test(text)

/** True for what Excel makes of a long number: `4.40308E+17`. */
export const isMangled = (code: string): boolean => /^-?\d+(?:\.\d+)?[eE][+-]\d+$/.test(code)

export type DateReading =
  | { ok: true; date: string }
  | { ok: false; code: 'dateForm' | 'dateUnreal' | 'dateFar' | 'dateSerial' }

/** What looks like a date whose day may not exist. */
const DATE_LIKE = /^\d{4}(?:\d{4}|([-/.])\d{1,2}\1\d{1,2}|年\d{1,2}月\d{1,2}日)$/

/** A midnight that exports write behind a date. */
const MIDNIGHT = /[ T]0{1,2}:00(?::00(?:\.0+)?)?$/

/**
 * A date in one of the five spellings of domain.md (2026-11-03, 2026/11/3, 2026.11.3, 20261103, 2026年11月3日), also with
 * a midnight behind it. Years are 1900 to 2099: others are slips of a finger.
 */
export function readDate(text: string): DateReading {
  const code = text.normalize('NFKC').replace(MIDNIGHT, '').replace(/\s+/g, '')
  const date = parseDate(code)
  if (date !== null && date >= '1900' && date < '2100') return { ok: true, date }
  if (date !== null) return { ok: false, code: 'dateFar' }
  if (DATE_LIKE.test(code)) return { ok: false, code: 'dateUnreal' }
  return { ok: false, code: /^\d{5}(?:\.\d+)?$/.test(code) ? 'dateSerial' : 'dateForm' }
}

export type HoursReading = { ok: true; hours: number } | { ok: false; code: 'hoursForm' | 'hoursStep' }

/** Class hours (of 45 minutes) in steps of 0.5: `16`, `16.5`, `16.50`, also followed by 学时 or 课时. */
export function readHours(code: string): HoursReading {
  const match = /^(\d{1,7})(?:\.(\d{1,9}))?(?:学时|课时)?$/.exec(code)
  if (!match) return { ok: false, code: 'hoursForm' }
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction !== '' && fraction !== '5') return { ok: false, code: 'hoursStep' }
  return { ok: true, hours: Number(match[1]) + (fraction === '5' ? 0.5 : 0) }
}
