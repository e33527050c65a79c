/** What somebody wrote in a box, or what is wrong with it. */
export type Written = { ok: true; text: string } | { ok: false; fault: 'empty' | 'long' }

// Control characters but line ends; marks that turn the direction of what follows, so that a text shows as it is.
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * Reads a text of several lines out of a form: line ends as one sign, blanks around it and invisible signs gone, more than
 * one empty line in a row drawn together. It is plain text for good: pages show its signs as they stand.
 * @param longest in characters as people count them (code points).
 */
export function readWritten(value: unknown, longest: number): Written {
  const text = asText(value)
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, (sign) => (sign === '\n' ? sign : sign === '\t' ? ' ' : ''))
    // Line by line: a pattern for blanks before a line's end looks at a long run of them once for each.
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (text === '') return { ok: false, fault: 'empty' }
  return [...text].length > longest ? { ok: false, fault: 'long' } : { ok: true, text }
}

// What shows nothing, so that two texts which look alike are two; the joiners of emoji and of some scripts stay.
const BETWEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g
const BLANKS = /[\p{Cc}\u2028\u2029]+/gu

/** A name, place or title as it is kept: one line, whose signs show as they stand, with no blanks around it. */
export const oneLine = (text: string): string =>
  text.replace(BLANKS, ' ').replace(INVISIBLE, '').replace(BETWEEN, '').trim()

/** The same of a text that may have several lines. */
export const severalLines = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .split('\n')
    .map(oneLine)
    .join('\n')
    .trim()

/** As it was sent, to be shown again where a form comes back: nothing typed is lost, and no more than a page can carry. */
export const typedText = (value: unknown): string => asText(value).slice(0, 20_000)

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
