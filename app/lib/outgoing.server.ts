import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runtime } from './runtime.server.ts'

/** A file on its way out, whole already; read once. */
export type Outgoing = {
  bytes: number
  /** Its bytes; lets go of the file at the end, or where the reader gives up. */
  pieces: () => AsyncGenerator<Uint8Array>
  /** Lets go of it, however much was read. */
  discard: () => Promise<void>
}

const PIECE = 64 * 1024

/**
 * Writes a file to the disk piece by piece, so that however large it is a piece at a time is held, no transaction waits for
 * a slow reader, and nothing leaves before all of it is there. It has no name by then (below DATA_DIR/outgoing, mode 0600):
 * of a process that is killed nothing stays.
 * @returns with the SHA-256 of its bytes. @throws what `pieces` throws; nothing is left then.
 */
export async function writeOutgoing(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Outgoing & { digest: string }> {
  const folder = join(runtime().env.dataDir, 'outgoing')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  try {
    await rm(path)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of pieces) {
      hash.update(piece)
      await file.writev([piece], bytes)
      bytes += piece.length
    }
    return { ...outgoing(file, bytes), digest: hash.digest('hex') }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A file that lies there, and stays. @throws the file system's error. */
export async function openOutgoing(path: string): Promise<Outgoing> {
  const file = await open(path)
  return outgoing(file, (await file.stat()).size)
}

/** What is in memory already. */
export const outgoingOf = (content: Uint8Array): Outgoing => ({
  bytes: content.length,
  pieces: async function* () {
    yield content
  },
  discard: async () => undefined,
})

const outgoing = (file: FileHandle, bytes: number): Outgoing => ({
  bytes,
  pieces: () => piecesOf(file),
  discard: () => file.close(),
})

async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    for (let position = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE), 0, PIECE, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
