import { type Finding, finding } from '../problem.ts'

/** The longest line of a content file, in UTF-16 units: parsers are not all linear in a line's length. */
const MAX_LINE = 4000

export const KILOBYTE = 1024

/**
 * Decodes one content file strictly and refuses what no author types: broken UTF-8, control characters, bidirectional
 * overrides (they make a text read otherwise than it runs), endless lines. A BOM is dropped, CRLF becomes LF.
 */
export function readText(bytes: Uint8Array, maxBytes: number): { text: string } | { findings: Finding[] } {
  if (bytes.length > maxBytes) return { findings: [finding(1, 1, 'too_large', `${maxBytes / KILOBYTE} KB`)] }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { findings: [undecodable(bytes)] }
  }
  text = text.replace(/\r\n?/g, '\n')
  const findings: Finding[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > MAX_LINE) findings.push(finding(index + 1, MAX_LINE + 1, 'long_line', String(MAX_LINE)))
    const at = line.search(REFUSED)
    if (at >= 0) findings.push(finding(index + 1, at + 1, 'control_character', codePoint(line.charCodeAt(at))))
    if (findings.length >= 20) break
  }
  return findings.length > 0 ? { findings } : { text }
}

/**
 * Where a text has a character that no author types, or -1: for what only becomes one when it is read (`\\u202e` in YAML,
 * `&#x202e;` in Markdown). Tabs and new lines are fine.
 */
export const oddCharacter = (text: string): number => text.search(REFUSED)

/** Its name: `U+202E`. */
export const characterName = (text: string, at: number): string => codePoint(text.charCodeAt(at))

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const REFUSED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/

const codePoint = (unit: number) => `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`

/** Where the first undecodable byte is: the longest prefix of whole lines that decodes tells the line. */
function undecodable(bytes: Uint8Array): Finding {
  let line = 1
  let start = 0
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 10) continue
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, at))
    } catch {
      const decoded = new TextDecoder('utf-8').decode(bytes.subarray(start, at))
      return finding(line, decoded.indexOf('\ufffd') + 1, 'not_utf8')
    }
    line += 1
    start = at + 1
  }
  return finding(1, 1, 'not_utf8')
}
