/** How numbers of a style are shown, as far as their text depends on it. */
export type NumberStyle = { kind: 'number' } | { kind: 'date' } | { kind: 'padded'; digits: number }

const NUMBER: NumberStyle = { kind: 'number' }
const DATE: NumberStyle = { kind: 'date' }

/** Formats that Excel knows by number and shows as a date (ECMA-376 18.8.30; 27 to 36 and 50 to 58 in East Asia). */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** What a number format makes of a number: `yyyy"年"m"月"d"日"` a date, `000000` digits with leading zeros. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return isBuiltInDate(id) ? DATE : NUMBER
  const plain = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '')
    .toLowerCase()
  if (/^0{2,15}$/.test(plain)) return { kind: 'padded', digits: plain.length }
  // Words such as General and Standard hold letters of dates, but others too.
  if (/[a-z]/.test(plain.replace(/am\/pm|a\/p|[ymdhsegb]/g, ''))) return NUMBER
  return /[yd年日]/.test(plain) || (/e/.test(plain) && !/[0#]/.test(plain)) ? DATE : NUMBER
}

/** Excel keeps 15 digits of a number and makes zeros of the rest. */
const DIGITS_KEPT = 15

/**
 * The text of a number as a person would read it in the cell. One of more than 15 digits comes as `4.40308198503121E+17`:
 * its last digits are lost, and whatever reads it must be able to tell.
 */
export function numberText(written: string, style: NumberStyle, is1904: boolean): string {
  const value = Number(written)
  if (written.trim() === '' || !Number.isFinite(value)) return written
  if (style.kind === 'date') return serialDate(value, is1904) ?? plainNumber(value)
  const text = plainNumber(value)
  return style.kind === 'padded' && /^\d+$/.test(text) ? text.padStart(style.digits, '0') : text
}

function plainNumber(value: number): string {
  if (Number.isInteger(value)) {
    if (Math.abs(value) < 10 ** DIGITS_KEPT) return String(value)
    return value.toExponential(DIGITS_KEPT - 1).replace('e', 'E')
  }
  const rounded = Number(value.toPrecision(DIGITS_KEPT))
  const text = String(rounded)
  return text.includes('e') ? text.toUpperCase() : text
}

const DAY = 86_400_000
/** Excel counts a 29 February 1900 that never was: serials behind it are one too high. */
const LEAP_SERIAL = 60

/** The day of a serial number as `YYYY-MM-DD`, its time left out; null where it is none between 1900 and 9999. */
function serialDate(serial: number, is1904: boolean): string | null {
  const day = Math.floor(serial)
  if (day < 1 || day > 2_958_465 || (!is1904 && day === LEAP_SERIAL)) return null
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < LEAP_SERIAL ? 31 : 30)
  return new Date(epoch + day * DAY).toISOString().slice(0, 10)
}

/** A text of a workbook, in which characters that XML cannot hold are written `_x000D_` (ECMA-376 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** `AB12` → 27: the column, from 0; -1 where it is no reference. */
export function columnOf(reference: string): number {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return at > 0 && at <= 3 ? column - 1 : -1
}

/** `B4:B8` → its corners, columns from 0; null where it is none. */
export function rangeOf(reference: string): { top: number; bottom: number; left: number; right: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference)
  if (!match) return null
  return { left: columnOf(match[1]!), top: Number(match[2]), right: columnOf(match[3]!), bottom: Number(match[4]) }
}
