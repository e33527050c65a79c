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

/** The files that came whole, and those that did not, by name: one of the two lists holds something. And the form's other fields. */
export type ReceivedFiles =
  | {
      ok: true
      files: ReceivedFile[]
      refused: { fileName: string; reason: 'empty' | 'too_large' }[]
      texts: ReadonlyMap<string, string>
    }
  | { ok: false; reason: ReceiveFault }

type Asked = { field: string; folder: string; limit: number }

/** A file form has its files and at most a few short fields. */
const MOST_FIELDS = 5

/**
 * Streams the one file of a multipart form to a new file in `folder` (made if missing, mode 0700; the file 0600, its name
 * random): never more than a chunk is held. A form with another field of a file, or two files, is refused; what was
 * written is removed. What comes behind a fault is read and dropped, so that the browser gets to see the answer.
 * @throws the file system's error.
 */
export async function receiveFile(request: Request, asked: Asked): Promise<Received> {
  const received = await receiveFiles(request, { ...asked, most: 1 })
  if (!received.ok) return received
  const [file] = received.files
  return file ? { ok: true, file } : { ok: false, reason: received.refused[0]?.reason ?? 'no_file' }
}

/** The same for a field that takes up to `most` files, each of `limit` bytes: an empty or too large one is left out and named. */
export async function receiveFiles(
  request: Request,
  { field, folder, limit, most }: Asked & { most: number },
): Promise<ReceivedFiles> {
  const type = request.headers.get('Content-Type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type) || !request.body) return { ok: false, reason: 'not_a_form' }
  let parser: busboy.Busboy
  try {
    const limits = {
      files: most,
      fields: MOST_FIELDS,
      parts: MOST_FIELDS + most + 1,
      fieldSize: 1000,
      fileSize: limit,
      headerPairs: 20,
    }
    parser = busboy({ headers: { 'content-type': type }, limits, defParamCharset: 'utf8' })
  } catch {
    return { ok: false, reason: 'not_a_form' }
  }

  await mkdir(folder, { recursive: true, mode: 0o700 })
  const paths: string[] = []
  const tooLarge = new Set<string>()
  const texts = new Map<string, string>()
  const seen = { fault: null as ReceiveFault | null, files: [] as Promise<ReceivedFile>[] }
  const blame = (reason: ReceiveFault) => {
    seen.fault ??= reason
  }
  parser.on('filesLimit', () => blame('other_fields'))
  parser.on('fieldsLimit', () => blame('other_fields'))
  parser.on('partsLimit', () => blame('other_fields'))
  parser.on('field', (name, text) => texts.set(name, text))
  parser.on('file', (name, stream, { filename }) => {
    if (name !== field) {
      blame('other_fields')
      return void stream.resume()
    }
    const path = join(folder, randomUUID())
    paths.push(path)
    stream.on('limit', () => tooLarge.add(path))
    // busboy gives an unchosen file a name of nothing; some browsers none at all.
    const file = write(stream, path, cleanName(filename ?? ''))
    file.catch(() => undefined)
    seen.files.push(file)
  })
  const remove = (these: readonly string[]) => Promise.all(these.map((path) => rm(path, { force: true })))
  try {
    await pipeline(Readable.fromWeb(request.body as never), parser as Writable)
    const files = await Promise.all(seen.files)
    const isWhole = ({ path, bytes }: ReceivedFile) => bytes > 0 && !tooLarge.has(path)
    const refused = files
      .filter((file) => !isWhole(file) && (file.fileName !== '' || file.bytes > 0))
      .map(({ path, fileName }) => ({
        fileName,
        reason: tooLarge.has(path) ? ('too_large' as const) : ('empty' as const),
      }))
    if (!files.some(isWhole) && refused.length === 0) blame('no_file')
    if (!seen.fault) {
      await remove(files.filter((file) => !isWhole(file)).map(({ path }) => path))
      return { ok: true, files: files.filter(isWhole), refused, texts }
    }
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error && 'path' in error
    await Promise.allSettled(seen.files)
    await remove(paths)
    if (isOfDisk) throw error
    blame('broken')
  }
  await remove(paths)
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
