/**
 * A record of a CSV file. `row` is the physical line, from 1, on which it begins: what a text editor shows, also where a
 * quoted cell before it holds line breaks. A blank line is a record with one empty cell. `isBroken`: text follows a closing
 * quote, so that the cells can't be trusted.
 */
export type CsvRecord = { row: number; cells: string[]; isBroken?: true }

export type CsvReader = {
  /** Takes the next piece of text; returns the records that it completes. */
  read: (text: string) => CsvRecord[]
  /** No more text: returns the last record, where the file does not end with a line break. */
  end: () => CsvRecord[]
  /** Where it cannot go on; null while it can. Nothing is read from there on. */
  brokenAt: () => BrokenCsv | null
}

/** The row of a quote that never closes, or of a record that is longer than any that is meant. */
export type BrokenCsv = { row: number; reason: 'quote' | 'tooLong' }

/** A record longer than this is a quote that was never closed: it would swallow the rest of the file. */
const LONGEST_RECORD = 1_000_000

/**
 * Reads CSV (RFC 4180) in pieces, leniently where Excel is: line breaks of any system, a quote within an unquoted cell is
 * an ordinary character, records may be ragged. Holds no more than one piece and one record. `delimiter` is one character.
 */
export function csvReader(delimiter = ','): CsvReader {
  let rest = ''
  let row = 1
  let broken: BrokenCsv | null = null
  /** A record outgrew its limit within a quoted cell: whether the quote closes is still to be seen. */
  let isOutgrown = false

  function take(text: string, isLast: boolean): CsvRecord[] {
    const records: CsvRecord[] = []
    if (broken !== null) return records
    if (isOutgrown) {
      outgrow(rest + text, isLast)
      return records
    }
    rest += text
    let from = 0
    while (from < rest.length) {
      const found = recordAt(rest, from, isLast, delimiter)
      if (!found) break
      records.push(found.isBroken ? { row, cells: found.cells, isBroken: true } : { row, cells: found.cells })
      row += found.lines
      from = found.next
    }
    rest = rest.slice(from)
    if (isLast && rest !== '') broken = { row, reason: 'quote' }
    else if (rest.length > LONGEST_RECORD) {
      const open = openQuote(rest, delimiter)
      if (open === -1) broken = { row, reason: 'tooLong' }
      else outgrow(rest.slice(open + 1), isLast)
    }
    if (broken) rest = ''
    return records
  }

  /** Looks for the quote that closes the cell: behind it the cell must end, or it opens another one. Holds a character. */
  function outgrow(text: string, isLast: boolean): void {
    isOutgrown = true
    let at = text.indexOf('"')
    while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
    const behind = at === -1 ? undefined : text[at + 1]
    if (behind !== undefined || isLast) {
      const isClosed = at !== -1 && (behind === undefined || behind === delimiter || behind === '\n' || behind === '\r')
      broken = { row, reason: isClosed ? 'tooLong' : 'quote' }
      rest = ''
    } else rest = at === -1 ? '' : text.slice(at)
  }

  return { read: (text) => take(text, false), end: () => take('', true), brokenAt: () => broken }
}

/** Where the quoted cell opens that the end of a record's beginning stands in; -1: it stands in none. */
function openQuote(text: string, delimiter: string): number {
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      const quoted = quotedCellAt(text, at, true)
      if (!quoted) return at
      at = quoted.next
    }
    const found = text.indexOf(delimiter, at)
    if (found === -1) return -1
    at = found + 1
  }
}

type Found = { cells: string[]; next: number; lines: number; isBroken?: boolean }

/** The record that begins at `from`; null where its end is not there yet. */
function recordAt(text: string, from: number, isLast: boolean, delimiter: string): Found | null {
  const end = lineEnd(text, from, isLast)
  if (!end) return null
  const line = text.slice(from, end.at)
  if (!line.includes('"')) return { cells: line.split(delimiter), next: end.next, lines: 1 }
  return quotedRecordAt(text, from, isLast, delimiter)
}

function quotedRecordAt(text: string, from: number, isLast: boolean, delimiter: string): Found | null {
  const cells: string[] = []
  let isBroken = false
  let lines = 1
  let at = from
  let end: LineEnd | null = null
  for (;;) {
    let cell = ''
    const wasQuoted = text[at] === '"'
    if (wasQuoted) {
      const quoted = quotedCellAt(text, at, isLast)
      if (!quoted) return null
      cell = quoted.cell
      lines += quoted.lines
      at = quoted.next
    }
    if (!end || end.at < at) end = lineEnd(text, at, isLast)
    if (!end) return null
    const found = text.indexOf(delimiter, at)
    const isLastCell = found === -1 || found >= end.at
    const behind = text.slice(at, isLastCell ? end.at : found)
    isBroken ||= wasQuoted && behind.trim() !== ''
    cells.push(cell + behind)
    if (isLastCell) return { cells, next: end.next, lines, isBroken }
    at = found + 1
  }
}

/** The quoted cell that opens at `open`; null where its closing quote is not there yet. */
function quotedCellAt(
  text: string,
  open: number,
  isLast: boolean,
): { cell: string; next: number; lines: number } | null {
  let cell = ''
  let at = open + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1 || (quote + 1 === text.length && !isLast)) return null // a second quote may follow
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, next: quote + 1, lines: lineBreaksIn(cell) }
    cell += '"'
    at = quote + 2
  }
}

const LINE_BREAK = /\r\n|\n|\r/g
const lineBreaksIn = (text: string) => text.match(LINE_BREAK)?.length ?? 0

type LineEnd = { at: number; next: number }

/** Where the line ends, and where the next begins; at the very end of the text only if it is the last. */
function lineEnd(text: string, from: number, isLast: boolean): LineEnd | null {
  LINE_BREAK.lastIndex = from
  const match = LINE_BREAK.exec(text)
  if (!match) return isLast ? { at: text.length, next: text.length } : null
  const next = match.index + match[0].length
  if (match[0] === '\r' && next === text.length && !isLast) return null // a \n may follow
  return { at: match.index, next }
}
