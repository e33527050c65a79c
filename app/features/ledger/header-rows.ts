import { cleanText, readDate } from './cells.ts'
import { type HeaderReader, knownHeaders, normaliseHeader } from './header.ts'
import { HEADER_KEYWORDS, IGNORED_KEYWORDS } from './mapping-vocabulary.ts'
import type { SourceRecord } from './record.ts'
import type { HeaderPlace } from './source.ts'

/** At least so many known headers make a row the header. */
const LEAST_KNOWN = 3

/** The header of a sheet, of one row, or of two where groups stand above (考核 above 日期 and 结果). */
export type FoundHeader = {
  /** Physical rows; the rows of workers begin below `row`. */
  row: number
  top: number
  /** What each column is called: 考核日期. */
  cells: string[]
  /** As they are written, row by row. */
  lines: (readonly string[])[]
  /** False where it only looks like one, so that somebody must say what its columns are. */
  isKnown: boolean
  /** How much it names: known columns count before those that something can be guessed of. */
  weight: number
}

type Placed = Pick<FoundHeader, 'row' | 'top' | 'cells' | 'lines'>
type Candidate = Omit<FoundHeader, 'isKnown'> & { known: number; named: number; written: number }

/**
 * The header among the first rows of a sheet that are not blank: the one that names most columns of the ledger, else the
 * one that looks most like a header. A row with one above it counts together with it where that names more.
 * @param said where somebody said it is.
 */
export function findHeader(head: readonly SourceRecord[], read: HeaderReader, said?: HeaderPlace): FoundHeader | null {
  const candidates = head.flatMap((record, at) => candidatesAt(record, head[at - 1], read))
  if (said) {
    const there = candidates.filter(
      ({ row, lines }) => row === said.row && lines.length === (said.lines ?? lines.length),
    )
    const found = best(there)
    return found && { ...found, isKnown: true }
  }
  const found = best(candidates.filter(({ known }) => known >= LEAST_KNOWN))
  if (found) return { ...found, isKnown: true }
  const likely = best(
    candidates.filter((candidate) => isLikely(candidate, head)),
    ({ named, written }) => named * 1000 + written,
  )
  return likely && { ...likely, isKnown: false }
}

/** Rows that may be the header: what the mapping page offers where none is known. */
export const listHeaderRows = (head: readonly SourceRecord[]): SourceRecord[] =>
  head.filter((record, at) => at < head.length - 1 && isWordy(record.cells))

function candidatesAt(record: SourceRecord, above: SourceRecord | undefined, read: HeaderReader): Candidate[] {
  const one = { row: record.row, top: record.row, cells: record.cells, lines: [record.cells] }
  const found = [rated(one, read)]
  if (above && above.row === record.row - 1 && isWordy(record.cells) && isGroups(above.cells)) {
    const cells = joinHeaders(above.cells, record.cells, read)
    found.push(rated({ row: record.row, top: above.row, cells, lines: [above.cells, record.cells] }, read))
  }
  return found
}

function rated(header: Placed, read: HeaderReader): Candidate {
  const written = header.cells.map(normaliseHeader).filter((name) => name !== '')
  const isNamed = (name: string) => keywordOf(name) !== null || IGNORED_KEYWORDS.test(name) || read(name) !== null
  const named = written.filter(isNamed).length
  const known = knownHeaders(header.cells, read)
  return { ...header, known, named, written: written.length, weight: known * 1000 + named }
}

/** The first of equals. */
function best(candidates: readonly Candidate[], weigh = ({ weight }: Candidate) => weight): Candidate | null {
  return candidates.reduce<Candidate | null>((one, next) => (one && weigh(one) >= weigh(next) ? one : next), null)
}

const DATA = /\d{5}|[:：]\s*\S/

/** Several short texts, of which none is a number, a date or `填报单位：某学院`. */
function isWordy(cells: readonly string[]): boolean {
  const written = cells.map(cleanText).filter((text) => text !== '')
  const isWord = (text: string) => text.length <= 30 && !/^[\d.]+$/.test(text) && !DATA.test(text) && !readDate(text).ok
  return written.length >= 2 && written.every(isWord)
}

/** What may stand above a header as its groups; one text at the very left is a title. */
function isGroups(cells: readonly string[]): boolean {
  const [first, ...others] = cells.flatMap((cell, at) => (cleanText(cell) === '' ? [] : [at]))
  if (first === undefined || (first === 0 && others.length === 0)) return false
  return others.length === 0 ? !DATA.test(cells[first]!) : isWordy(cells)
}

/** Most names say something, or there are documents below. */
function isLikely({ row, cells, named, written }: Candidate, head: readonly SourceRecord[]): boolean {
  const below = head.filter((record) => record.row > row)
  if (below.length === 0 || !isWordy(cells)) return false
  const isDocument = (cell: string) => /^\s*\d{14,17}[\dXx]\s*$/.test(cell)
  return (named >= 2 && named * 2 >= written) || below.some((record) => record.cells.some(isDocument))
}

const keywordOf = (name: string) => HEADER_KEYWORDS.find(([keywords]) => keywords.test(name))?.[1] ?? null

/** What a group says of its columns beyond its name: 考核情况 is 考核; 学员信息 says nothing of them. */
const GROUP_TAIL = /(?:情况|信息|资料|内容|部分|栏)$/
const SAYS_NOTHING = /^(?:基本|个人|学员|职工|人员|员工|班次|班级|培训班)?$/

/**
 * Two rows of a header as one: each column by what it is called under its group, as far as that is known (考核 + 日期,
 * 学时 + 计划 as 计划学时), else by both names, for somebody to say what it is.
 */
export function joinHeaders(top: readonly string[], bottom: readonly string[], read: HeaderReader): string[] {
  let group = ''
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_, at) => {
    const above = cleanText(top[at] ?? '')
    const below = cleanText(bottom[at] ?? '')
    // A group stands in its first column; a name over both rows, merged or not, ends it.
    if (above !== '') group = below === '' || below === above ? '' : above
    if (below === '' || below === above) return above
    return group === '' ? below : under(group, below, read)
  })
}

function under(group: string, name: string, read: HeaderReader): string {
  const bare = normaliseHeader(group).replace(GROUP_TAIL, '')
  const both = group + name
  const known = [both, bare + name, name + group, name + bare].find((text) => read(text) !== null)
  if (known !== undefined) return known
  if (read(name) === null) return both
  // 等级 below 培训前 is another one than the certificate's.
  const meaning = read(name)
  const guess = keywordOf(normaliseHeader(both))
  const isItself = SAYS_NOTHING.test(bare) || meaning === 'ignored' || guess === null || guess === meaning?.field
  return isItself ? name : both
}
