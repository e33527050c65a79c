/** What people type for the middle dot of a name: bullet, katakana dots, hyphenation point, full-width full stop. */
const DOTS = /[\u2022\u30FB\u2027\uFF65\uFF0E]/g

/** Characters that show nothing and come along when names are copied from elsewhere. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/** Nearly every name: Chinese characters alone, as many as a name has. */
const CHINESE = /^[\u4E00-\u9FFF]{2,50}$/

/**
 * A name as it is stored: the middle dot is U+00B7 (also where it was typed as a `.` between two letters), spaces around it
 * go and so do those between Chinese characters (`张 三`, typed to align columns); other runs of spaces become one.
 */
export function normaliseName(written: string): string {
  if (CHINESE.test(written)) return written
  return written
    .replace(INVISIBLE, '')
    .replace(DOTS, '\u00B7')
    .normalize('NFC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=[^\s.])\.(?=[^\s.])/g, '\u00B7')
    .replace(/ ?\u00B7 ?/g, '\u00B7')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

/**
 * What a name is written with: letters of any script (Chinese ones of all extensions, and 〇) with the marks on them, and between them
 * a middle dot, dot, apostrophe, hyphen or space. It begins with a letter, so that no spreadsheet reads it as a formula. Lists tell
 * namesakes apart by a digit or two (张伟2), which is taken; three in a row are a number that went astray.
 */
const WRITTEN = /^(?!.*\d{3})[\p{L}〇][\p{L}\p{M}\d〇·.'’‐\- ]*$/u

/** True for 2 to 50 characters, all of them such as names are written with (domain.md, the ledger, column 10). */
export function isName(name: string): boolean {
  if (CHINESE.test(name)) return true
  const length = [...name].length
  return length >= 2 && length <= 50 && WRITTEN.test(name)
}
