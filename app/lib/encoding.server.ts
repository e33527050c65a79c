import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

export type TextEncoding = 'utf-8' | 'gb18030'

/** A text file on disk whose encoding is known. `digest` is the SHA-256 of its bytes. */
export type TextFile = { path: string; encoding: TextEncoding; digest: Buffer; bytes: number }

const CHUNK_BYTES = 256 * 1024

/**
 * Finds out how a text file is encoded, streaming: strict UTF-8 (with or without a byte order mark), else strict GB18030.
 * @returns null for what is neither, or holds a NUL byte: UTF-16, a workbook or a picture under a false name.
 * @throws the file system's error where the file can't be read.
 */
export async function inspectText(path: string): Promise<TextFile | null> {
  const hash = createHash('sha256')
  let bytes = 0
  let hasNul = false
  let utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bytesOf(path)) {
    hash.update(chunk)
    bytes += chunk.length
    hasNul ||= chunk.includes(0)
    if (utf8 && !decodes(utf8, chunk)) utf8 = null
  }
  if (hasNul) return null
  const isUtf8 = utf8 !== null && decodes(utf8)
  if (!isUtf8 && !(await isGb18030(path))) return null
  return { path, encoding: isUtf8 ? 'utf-8' : 'gb18030', digest: hash.digest(), bytes }
}

/** Streams the text of a file that {@link inspectText} knows, without its byte order mark. */
export async function* readText(file: TextFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding, { fatal: true })
  for await (const chunk of bytesOf(file.path)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function isGb18030(path: string): Promise<boolean> {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  for await (const chunk of bytesOf(path)) if (!decodes(decoder, chunk)) return false
  return decodes(decoder)
}

const bytesOf = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: CHUNK_BYTES })

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}
