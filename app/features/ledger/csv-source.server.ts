import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { csvReader } from '#app/lib/csv.ts'
import { inspectText, readText, type TextEncoding, type TextFile } from '#app/lib/encoding.server.ts'
import { knownHeaders } from './header.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { LIMITS, type SourceRecord } from './record.ts'

/** Some records, in order; with a problem nothing comes behind them and the file cannot be imported. */
export type Piece = { records: SourceRecord[]; problem: PlacedProblem | null }

/** An opened ledger, of whatever format: what the import knows of it. `read` can be called again, from the beginning. */
export type Source = {
  fileName: string
  /** SHA-256 of the file's bytes. */
  digest: Buffer
  encoding: TextEncoding
  read: () => AsyncGenerator<Piece>
}

export type OpenedSource = { ok: true; source: Source } | { ok: false; problem: PlacedProblem }

const DELIMITERS = [',', '\t', ';']
const HEAD_CHARACTERS = 200_000

const refused = (found: ReturnType<typeof problem>): OpenedSource => ({ ok: false, problem: { row: null, ...found } })

/**
 * Opens a csv ledger: checks size and kind before any work, decides the encoding (strict UTF-8, else GB18030) by the whole
 * file, and the delimiter (comma, tab or semicolon) by the header. Streams: holds one piece of the file at a time.
 * @returns a problem of the whole file where it is missing, unreadable, empty, too large, a workbook, or in neither encoding.
 */
export async function openCsv(path: string): Promise<OpenedSource> {
  try {
    const { size } = await stat(path)
    if (size === 0) return refused(problem(null, 'fileEmpty'))
    const megabytes = size / 1_000_000
    if (megabytes > LIMITS.fileMegabytes)
      return refused(problem(null, 'fileTooLarge', Math.ceil(megabytes), LIMITS.fileMegabytes))
    const kind = await otherKind(path)
    if (kind) return refused(problem(null, kind))
    const file = await inspectText(path)
    if (!file) return refused(problem(null, 'fileEncoding'))
    const delimiter = await delimiterOf(file)
    const { digest, encoding } = file
    return { ok: true, source: { fileName: basename(path), digest, encoding, read: () => pieces(file, delimiter) } }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (!code) throw error
    return refused(code === 'ENOENT' ? problem(null, 'fileMissing') : problem(null, 'fileUnreadable', code))
  }
}

/** What a file is that is no csv, by its first bytes: a workbook (zip or OLE), UTF-16 text, or something with NULs. */
async function otherKind(path: string): Promise<'fileIsWorkbook' | 'fileIsUtf16' | 'fileBinary' | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.subarray(0, bytesRead)
    const begins = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
    if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0)) return 'fileIsWorkbook'
    if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return 'fileIsUtf16'
    return head.includes(0) ? 'fileBinary' : null
  } finally {
    await file.close()
  }
}

/** The delimiter that makes most known headers out of the top of the file. */
async function delimiterOf(file: TextFile): Promise<string> {
  let head = ''
  for await (const text of readText(file)) {
    head += text
    if (head.length >= HEAD_CHARACTERS) break
  }
  const scored = DELIMITERS.map((delimiter) => {
    const reader = csvReader(delimiter)
    const records = [...reader.read(head), ...reader.end()].slice(0, LIMITS.headerRows)
    return { delimiter, score: Math.max(0, ...records.map(({ cells }) => knownHeaders(cells))) }
  })
  return scored.sort((a, b) => b.score - a.score)[0]!.delimiter
}

async function* pieces(file: TextFile, delimiter: string): AsyncGenerator<Piece> {
  const reader = csvReader(delimiter)
  for await (const text of readText(file)) {
    const records = reader.read(text)
    if (reader.brokenAt() !== null) break
    yield { records, problem: null }
  }
  const records = reader.end()
  const row = reader.brokenAt()
  yield { records, problem: row === null ? null : { row, ...problem(null, 'quoteOpen') } }
}
