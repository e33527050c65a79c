import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'

/** A file that a form brought, on the disk. */
export type ReceivedFile = {
  path: string
  /** As the browser named it, without folders and control characters, at most 120 characters. */
  fileName: string
  bytes: number
  /** Line feeds in it: about how many rows a text has. */
  lines: number
  /** SHA-256. */
  digest: Buffer
}

export type ReceiveFault = 'not_a_form' | 'no_file' | 'other_fields' | 'empty' | 'too_large' | 'broken'

export type Received = { ok: true; file: ReceivedFile } | { ok: false; reason: ReceiveFault }

/** A file form has its file and at most a few hidden fields. */
const MOST_FIELDS = 5

/**
 * Streams the one file of a multipart form to a new file in `folder` (made if missing, mode 0700; the file 0600, its name
 * random): never more than a chunk is held. A form with another field of a file, or two files, is refused; what was
 * written is removed. What comes behind a fault is read and dropped, so that the browser gets to see the answer.
 * @throws the file system's error.
 */
export async function receiveFile(
  request: Request,
  { field, folder, limit }: { field: string; folder: string; limit: number },
): Promise<Received> {
  const type = request.headers.get('Content-Type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type) || !request.body) return { ok: false, reason: 'not_a_form' }
  let parser: busboy.Busboy
  try {
    const limits = {
      files: 1,
      fields: MOST_FIELDS,
      parts: MOST_FIELDS + 2,
      fieldSize: 1000,
      fileSize: limit,
      headerPairs: 20,
    }
    parser = busboy({ headers: { 'content-type': type }, limits, defParamCharset: 'utf8' })
  } catch {
    return { ok: false, reason: 'not_a_form' }
  }

  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const seen = { fault: null as ReceiveFault | null, file: null as Promise<ReceivedFile> | null }
  const blame = (reason: ReceiveFault) => {
    seen.fault ??= reason
  }
  parser.on('filesLimit', () => blame('other_fields'))
  parser.on('fieldsLimit', () => blame('other_fields'))
  parser.on('partsLimit', () => blame('other_fields'))
  parser.on('file', (name, stream, { filename }) => {
    if (name !== field || seen.file) {
      blame('other_fields')
      return void stream.resume()
    }
    stream.on('limit', () => blame('too_large'))
    // busboy gives an unchosen file a name of nothing; some browsers none at all.
    seen.file = write(stream, path, cleanName(filename ?? ''))
    seen.file.catch(() => undefined)
  })
  try {
    await pipeline(Readable.fromWeb(request.body as never), parser as Writable)
    const file = await seen.file
    if (!file) blame('no_file')
    else if (file.bytes === 0) blame(file.fileName === '' ? 'no_file' : 'empty')
    if (!seen.fault && file) return { ok: true, file }
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error && 'path' in error
    await seen.file?.catch(() => undefined)
    await rm(path, { force: true })
    if (isOfDisk) throw error
    blame('broken')
  }
  await rm(path, { force: true })
  return { ok: false, reason: seen.fault ?? 'broken' }
}

async function write(stream: Readable, path: string, fileName: string): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++
      yield chunk
    }
  }
  await pipeline(stream, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { path, fileName, bytes, lines, digest: hash.digest() }
}

/** Old browsers send whole paths. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]+/gu, '')
    .trim()
  return clean.length <= 120 ? clean : `${[...clean].slice(0, 80).join('')}…${[...clean].slice(-12).join('')}`
}
