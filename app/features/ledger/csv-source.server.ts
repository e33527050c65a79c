import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { csvReader } from '#app/lib/csv.ts'
import { inspectText, readText, type TextFile } from '#app/lib/encoding.server.ts'
import { headerReader } from './header.ts'
import { findHeader } from './header-rows.ts'
import { headRows, layOut } from './layout.ts'
import { problem } from './problem.ts'
import { isBlank, LIMITS, type SourceRecord } from './record.ts'
import type { LedgerOptions, OpenedSource, Piece } from './source.ts'

const DELIMITERS = [',', '\t', ';']
const HEAD_CHARACTERS = 200_000
/** Rows behind those of the header that examples are taken from. */
const SAMPLE_ROWS = 50

const refused = (found: ReturnType<typeof problem>): OpenedSource => ({ ok: false, problem: { row: null, ...found } })

/**
 * Opens a csv ledger: decides the encoding (strict UTF-8, else GB18030) by the whole file, and the delimiter (comma, tab or
 * semicolon) by the header. Streams: holds one piece of the file at a time.
 * @returns a problem of the whole file where it is no text, or in neither encoding.
 */
export async function openCsv(path: string, options: LedgerOptions = {}): Promise<OpenedSource> {
  const kind = await otherKind(path)
  if (kind) return refused(problem(null, kind))
  const file = await inspectText(path)
  if (!file) return refused(problem(null, 'fileEncoding'))
  const { delimiter, head } = await readHead(file, options)
  const sheet = layOut({ name: null, isHidden: false, rows: null, head }, options)
  const { digest, encoding } = file
  const read = () => pieces(file, delimiter, sheet.headerRow ?? 0)
  return { ok: true, source: { kind: 'csv', fileName: basename(path), digest, encoding, sheets: [sheet], read } }
}

/** What a file is that is no csv, by its first bytes: UTF-16 text, or something with NULs. */
async function otherKind(path: string): Promise<'fileIsUtf16' | 'fileBinary' | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.subarray(0, bytesRead)
    const begins = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
    if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return 'fileIsUtf16'
    return head.includes(0) ? 'fileBinary' : null
  } finally {
    await file.close()
  }
}

/** The delimiter under which the header names most columns (a comma, if there is none), and the first rows. */
async function readHead(file: TextFile, options: LedgerOptions): Promise<{ delimiter: string; head: SourceRecord[] }> {
  let text = ''
  for await (const piece of readText(file)) {
    text += piece
    if (text.length >= HEAD_CHARACTERS) break
  }
  const meaning = headerReader(options.mapping)
  const scored = DELIMITERS.map((delimiter) => {
    const reader = csvReader(delimiter)
    const records = [...reader.read(text), ...reader.end()].filter((record) => !isBlank(record))
    const head = records.slice(0, LIMITS.headerRows + SAMPLE_ROWS)
    const header = findHeader(headRows(head), meaning, options.headerRows?.[''])
    return { delimiter, head, score: header ? header.weight * 1000 + header.cells.length : 0 }
  })
  return scored.sort((a, b) => b.score - a.score)[0]!
}

async function* pieces(file: TextFile, delimiter: string, headerRow: number): AsyncGenerator<Piece> {
  const reader = csvReader(delimiter)
  const below = (records: SourceRecord[]) => records.filter(({ row }) => row > headerRow)
  for await (const text of readText(file)) {
    const records = below(reader.read(text))
    if (reader.brokenAt() !== null) break
    yield { sheet: 0, records, problem: null }
  }
  const records = below(reader.end())
  const broken = reader.brokenAt()
  const code = broken?.reason === 'tooLong' ? 'recordTooLong' : 'quoteOpen'
  yield { sheet: 0, records, problem: broken && { row: broken.row, ...problem(null, code) } }
}
