import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { refuse, WORKBOOK_LIMITS } from './refusal.ts'

/** One file of a zip, as its directory declares it. Sizes in bytes. */
export type Entry = {
  name: string
  /** 0 stored, 8 deflated. */
  method: number
  packed: number
  unpacked: number
  crc: number
  /** Where its local header begins. */
  offset: number
}

export type Zip = {
  entries: ReadonlyMap<string, Entry>
  /** Unpacks one file in pieces; counts against what all of them may have. */
  read: (entry: Entry) => AsyncGenerator<Buffer>
  close: () => Promise<void>
}

const END = 0x06054b50
const END_BYTES = 22
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30
const LONGEST_COMMENT = 65_535
const PIECE_BYTES = 128 * 1024
const IS_ENCRYPTED = 1
const IS_UTF8 = 1 << 11
/** Archives that have no business in a workbook, and would be unpacked by nobody's wish. */
const ARCHIVE = /\.(?:zip|xlsx|xlsm|xlsb|docx|pptx|7z|rar|gz|tgz|bz2|xz|tar|jar|cab)$/i

/**
 * Opens a zip by its directory (APPNOTE 4.3), refusing what no workbook has before anything is unpacked: too many files,
 * declared sizes above the limit, encryption, archives inside, names twice or that lead elsewhere, entries that overlap.
 * @throws RefusedWorkbook; the file system's errors.
 */
export async function openZip(path: string): Promise<Zip> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const entries = await readDirectory(file, size)
    let left: number = WORKBOOK_LIMITS.unpacked
    const take = (bytes: number) => {
      left -= bytes
      if (left < 0) refuse('tooLarge')
    }
    return { entries, read: (entry) => unpack(file, path, entry, take), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return bytesRead === length ? buffer : refuse('damaged')
}

async function readDirectory(file: FileHandle, size: number): Promise<Map<string, Entry>> {
  const length = Math.min(size, END_BYTES + LONGEST_COMMENT)
  const tail = await bytes(file, size - length, length)
  let at = length - END_BYTES
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--
  if (at < 0) refuse('damaged')
  const count = tail.readUInt16LE(at + 10)
  const directoryBytes = tail.readUInt32LE(at + 12)
  const from = tail.readUInt32LE(at + 16)
  if (count > WORKBOOK_LIMITS.entries) refuse('tooManyEntries')
  // A directory larger than its entries can be (zip64 says 0xffffffff) belongs to no workbook of our size.
  if (directoryBytes > (count + 1) * 1024 || from + directoryBytes > size) refuse('damaged')
  const directory = await bytes(file, from, directoryBytes)

  const entries = new Map<string, Entry>()
  let place = 0
  for (let n = 0; n < count; n++) {
    if (place + ENTRY_BYTES > directory.length || directory.readUInt32LE(place) !== ENTRY) refuse('damaged')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((at) => directory.readUInt16LE(place + at))
    const entry = entryAt(directory.subarray(place), nameBytes!)
    const key = entry.name.toLowerCase()
    if (entries.has(key)) refuse('strangePath')
    entries.set(key, entry)
    place += ENTRY_BYTES + nameBytes! + extraBytes! + commentBytes!
  }
  refuseOverlaps([...entries.values()], from)
  return entries
}

function entryAt(record: Buffer, nameBytes: number): Entry {
  const flags = record.readUInt16LE(8)
  if (flags & IS_ENCRYPTED) refuse('encrypted')
  const name = record.toString(flags & IS_UTF8 ? 'utf8' : 'latin1', ENTRY_BYTES, ENTRY_BYTES + nameBytes)
  const path = name.replaceAll('\\', '/')
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..') || path.includes('\0'))
    refuse('strangePath')
  if (ARCHIVE.test(path)) refuse('archiveInside')
  return {
    name: path,
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    packed: record.readUInt32LE(20),
    unpacked: record.readUInt32LE(24),
    offset: record.readUInt32LE(42),
  }
}

/** Files that share bytes are how a small zip unpacks to petabytes. `end`: where the directory begins. */
function refuseOverlaps(entries: Entry[], end: number): void {
  let from = end
  for (const { offset, packed } of entries.sort((a, b) => b.offset - a.offset)) {
    if (offset + LOCAL_BYTES + packed > from) refuse('damaged')
    from = offset
  }
}

async function* unpack(
  file: FileHandle,
  path: string,
  entry: Entry,
  take: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (entry.method !== 0 && entry.method !== 8) refuse('damaged')
  if (entry.unpacked > WORKBOOK_LIMITS.unpacked) refuse('tooLarge')
  if (entry.packed === 0) return
  const local = await bytes(file, entry.offset, LOCAL_BYTES)
  if (local.readUInt32LE(0) !== LOCAL) refuse('damaged')
  const start = entry.offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
  const packed = createReadStream(path, { start, end: start + entry.packed - 1 })
  const plain = entry.method === 0 ? packed : packed.pipe(createInflateRaw({ chunkSize: PIECE_BYTES }))
  if (plain !== packed) packed.on('error', (error) => plain.destroy(error))
  let length = 0
  let sum = 0
  try {
    for await (const piece of plain as AsyncIterable<Buffer>) {
      length += piece.length
      if (length > entry.unpacked) refuse('damaged')
      take(piece.length)
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (error) {
    // zlib's own errors: the data is no deflate stream.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) refuse('damaged')
    throw error
  } finally {
    packed.destroy()
    plain.destroy()
  }
  if (length !== entry.unpacked || sum !== entry.crc) refuse('damaged')
}
