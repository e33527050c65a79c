import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { openWorkbook, type Workbook } from '#app/lib/workbook/read.server.ts'
import { type Refusal, RefusedWorkbook, WORKBOOK_LIMITS } from '#app/lib/workbook/refusal.ts'
import { continuesSheet, hasHeader, layOut, namedClass, type RawSheet } from './layout.ts'
import { type Problem, problem } from './problem.ts'
import { isBlank, LIMITS } from './record.ts'
import type { LedgerOptions, OpenedSource, Piece, Sheet } from './source.ts'
import { EXPLANATION } from './vocabulary.ts'

const refused = (found: Problem): OpenedSource => ({ ok: false, problem: { row: null, ...found } })

/** Rows kept of each sheet: those that the header is looked for among, and some for examples. */
const HEAD_ROWS = LIMITS.headerRows + 50

const MOST_ROWS = 50_000

/**
 * Opens a workbook as a ledger: every sheet that holds one (or those asked for), with a header of its own or continuing the
 * one before. Hidden sheets are left out unless they are asked for.
 * @returns a problem of the whole file where it cannot be read as a workbook.
 */
export async function openXlsx(path: string, options: LedgerOptions): Promise<OpenedSource> {
  const book = await openWorkbook(path, HEAD_ROWS)
  if (typeof book === 'string') return refused(sentence(book))
  const unknown = options.sheets?.find((name) => !book.sheets.some((sheet) => sheet.name === name))
  if (unknown !== undefined) return refused(problem(null, 'sheetUnknown', unknown))
  const sheets = layOutSheets(book, options)
  const digest = await digestOf(path)
  const read = () => pieces(book, sheets)
  return { ok: true, source: { kind: 'xlsx', fileName: basename(path), digest, encoding: 'xlsx', sheets, read } }
}

type NamedSheet = RawSheet & { name: string; rows: number }

function layOutSheets(book: Workbook, options: LedgerOptions): Sheet[] {
  const raws = book.sheets.map(({ name, isHidden, rows, head }): NamedSheet => ({ name, isHidden, rows, head }))
  const isWanted = ({ name, isHidden, rows }: NamedSheet) =>
    rows > 0 && (options.sheets ? options.sheets.includes(name) : !isHidden)
  const ledgers = raws.filter((raw) => isWanted(raw) && hasHeader(raw, options))
  let before: Sheet | null = null
  const sheets = raws.map((raw): Sheet => {
    const isLedger = hasHeader(raw, options)
    if (!isWanted(raw)) {
      const sheet = layOut(raw, options)
      const isMissed = raw.isHidden && !options.sheets && sheet.columns.documentNumber !== -1
      return notRead(sheet, isMissed ? 'sheetHidden' : null)
    }
    if (isLedger) {
      before = layOut(raw, options, ledgers.length > 1 ? namedClass(raw.name) : {})
      return before
    }
    const continued = before && continuesSheet(raw, before)
    if (continued) return continued
    // What holds no ledger (an explanation, a list of words) is left out beside one that does; workers never are.
    if (ledgers.length === 0) return layOut(raw, options)
    if (!holdsDocuments(raw)) return notRead(layOut(raw, options), raw.name === EXPLANATION ? null : 'sheetLeftOut')
    const found = problem(null, 'sheetWithoutHeader', LIMITS.headerRows)
    return { ...layOut(raw, options), problems: [{ row: null, sheet: raw.name, ...found }] }
  })
  return sheets.length === 1 ? sheets.map(unnamed) : sheets
}

/** What only looks like a header makes no ledger of a sheet that is left out. */
const notRead = (sheet: Sheet, leftOut: Sheet['leftOut']): Sheet => ({
  ...sheet,
  ...(sheet.isGuessed ? { headerRow: null, isGuessed: false, headerRows: [], headers: [] } : {}),
  isRead: false,
  leftOut,
  problems: [],
})

/** The only sheet of a file is not named in messages. */
const unnamed = (sheet: Sheet): Sheet => ({
  ...sheet,
  problems: sheet.problems.map(({ sheet: _, ...found }) => found),
})

/** True where something in the rows looks like the number of an identity card. */
const holdsDocuments = ({ head }: RawSheet): boolean =>
  head.some((record) => !isBlank(record) && record.cells.some((cell) => /^\s*\d{17}[\dXx]\s*$/.test(cell)))

async function* pieces(book: Workbook, sheets: readonly Sheet[]): AsyncGenerator<Piece> {
  const wanted = sheets.flatMap(({ isRead }, index) => (isRead ? [index] : []))
  try {
    for await (const { sheet, rows } of book.read(wanted)) {
      const { headerRow } = sheets[sheet]!
      yield { sheet, records: rows.filter(({ row }) => row > (headerRow ?? 0)), problem: null }
    }
  } catch (error) {
    if (!(error instanceof RefusedWorkbook)) throw error
    yield { sheet: wanted[0] ?? 0, records: [], problem: { row: null, ...sentence(error.refusal) } }
  }
}

async function digestOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest()
}

/** What is said of a workbook that is not read. */
function sentence(refusal: Refusal): Problem {
  switch (refusal) {
    case 'notAWorkbook':
      return problem(null, 'fileIsArchive')
    case 'binaryWorkbook':
    case 'openDocument':
      return problem(null, 'fileIsOtherWorkbook')
    case 'encrypted':
      return problem(null, 'fileIsEncrypted')
    case 'oldWorkbook':
      return problem(null, 'fileIsOldWorkbook')
    case 'damaged':
      return problem(null, 'workbookDamaged')
    case 'archiveInside':
      return problem(null, 'workbookArchiveInside')
    case 'tooManyEntries':
    case 'strangePath':
    case 'entities':
      return problem(null, 'workbookHostile')
    case 'tooLarge':
    case 'tooManyStrings':
      return problem(null, 'workbookTooLarge')
    case 'tooManyCells':
      return problem(null, 'workbookTooManyCells')
    case 'tooManyRows':
      return problem(null, 'workbookTooManyRows', MOST_ROWS)
    case 'tooManySheets':
      return problem(null, 'workbookTooManySheets', WORKBOOK_LIMITS.sheets)
    case 'tooManyMerges':
    case 'tooSlow':
    case 'tooMuchMemory':
      return problem(null, 'workbookTooHeavy')
  }
}

/** An OLE file is an old workbook, or a new one with a password (MS-OFFCRYPTO: a stream `EncryptedPackage`). */
export async function openOle(path: string): Promise<OpenedSource> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 1_000_000)
    const { buffer: head } = await file.read(Buffer.alloc(length), 0, length, 0)
    const { buffer: tail } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const mark = Buffer.from('EncryptedPackage', 'utf16le')
    return refused(sentence(head.includes(mark) || tail.includes(mark) ? 'encrypted' : 'oldWorkbook'))
  } finally {
    await file.close()
  }
}
