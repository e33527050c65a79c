import { crc32, createDeflateRaw } from 'node:zlib'

/** A file of a zip that is written in pieces. `isPacked`: a picture or another zip, which would not become smaller. */
export type ZipFile = {
  name: string
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>
  isPacked?: boolean
}

const IS_DESCRIBED_BEHIND = 1 << 3
const IS_UTF8 = 1 << 11
/** 1980-01-01 00:00, the zip's first date: the same content makes the same bytes. */
const DATE = 0x0021
const VERSION = 20
/** Made on Unix, an ordinary file that all may read: a name of a “DOS” zip some programs would take for CP437, whatever its flag says. */
const MADE_BY = (3 << 8) | VERSION
const MODE = 0o100644

/** Writes a zip in pieces: holds one piece and the directory. Below 4 GB and 65,536 files. */
export async function* writeZip(files: AsyncIterable<ZipFile> | Iterable<ZipFile>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, content, isPacked = false } of files) {
    const start = offset
    const head = header(0x04034b50, [VERSION, IS_DESCRIBED_BEHIND | IS_UTF8, 8, 0, DATE], [0, 0, 0], name, [0])
    offset += head.length
    yield head
    let sum = 0
    let unpacked = 0
    let packed = 0
    const deflate = createDeflateRaw({ level: isPacked ? 0 : 6, chunkSize: 64 * 1024 })
    for await (const piece of deflated(deflate, content, (bytes) => {
      sum = crc32(bytes, sum)
      unpacked += bytes.length
    })) {
      packed += piece.length
      yield piece
    }
    const sizes = [sum, packed, unpacked]
    const behind = Buffer.alloc(16)
    for (const [at, value] of [0x08074b50, ...sizes].entries()) behind.writeUInt32LE(value >>> 0, at * 4)
    yield behind
    offset += packed + behind.length
    directory.push(centralHeader(name, sizes, start))
  }
  const bytes = directory.reduce((sum, { length }) => sum + length, 0)
  yield* directory
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  yield end
}

/** A local header: a signature, shorts, longs, the name's length, more shorts, the name. */
function header(signature: number, shorts: number[], longs: number[], name: string, more: number[]): Buffer {
  const text = Buffer.from(name)
  const head = Buffer.alloc(4 + shorts.length * 2 + longs.length * 4 + 2 + more.length * 2)
  let at = head.writeUInt32LE(signature, 0)
  for (const short of shorts) at = head.writeUInt16LE(short, at)
  for (const long of longs) at = head.writeUInt32LE(long >>> 0, at)
  at = head.writeUInt16LE(text.length, at)
  for (const short of more) at = head.writeUInt16LE(short, at)
  return Buffer.concat([head, text])
}

function centralHeader(name: string, sizes: number[], start: number): Buffer {
  const shorts = [MADE_BY, VERSION, IS_DESCRIBED_BEHIND | IS_UTF8, 8, 0, DATE]
  const place = [start & 0xffff, (start >>> 16) & 0xffff]
  return header(0x02014b50, shorts, sizes, name, [0, 0, 0, 0, 0, MODE, ...place])
}

async function* deflated(
  deflate: ReturnType<typeof createDeflateRaw>,
  content: ZipFile['content'],
  onBytes: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  const filling = (async () => {
    for await (const piece of content) {
      const bytes =
        typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length)
      onBytes(bytes)
      if (!deflate.write(bytes)) await new Promise<void>((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  })()
  filling.catch((error: Error) => deflate.destroy(error))
  try {
    yield* deflate as AsyncIterable<Buffer>
    await filling
  } finally {
    deflate.destroy()
  }
}
