import { and, eq, sql } from 'drizzle-orm'
import type { ByteRange } from '#app/lib/byte-range.ts'
import type { Tx } from '#db/client.server.ts'
import { courseAsset, courseMedia, courseMediaPiece } from '#db/schema/index.ts'

/** Bytes of a piece, as it is stored; of the last one fewer. */
export const PIECE_BYTES = 262_144

export type FoundMedia = { digest: string; mediaType: string; size: number }

const isDigest = (text: string) => /^[0-9a-f]{64}$/.test(text)

/** A published figure by its digest (64 hex digits), or null. */
export async function findAsset(tx: Tx, digest: string): Promise<{ mediaType: string; bytes: Buffer } | null> {
  if (!isDigest(digest)) return null
  const [row] = await tx
    .select({ mediaType: courseAsset.mediaType, bytes: courseAsset.bytes })
    .from(courseAsset)
    .where(sql`${courseAsset.digest} = decode(${digest}, 'hex')`)
  return row ?? null
}

/** A published video or recording; null: none of this digest. */
export async function findMedia(tx: Tx, digest: string): Promise<FoundMedia | null> {
  if (!isDigest(digest)) return null
  const [row] = await tx
    .select({ mediaType: courseMedia.mediaType, size: courseMedia.size })
    .from(courseMedia)
    .where(sql`${courseMedia.digest} = decode(${digest}, 'hex')`)
  return row ? { digest, ...row } : null
}

/**
 * A part of it as a stream: a piece is read when the reader has taken the one before, each in a transaction of its own by
 * `read`, so that a slow phone holds neither memory nor a connection.
 */
export function streamMedia(
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  { digest }: FoundMedia,
  { from, until }: ByteRange,
): ReadableStream<Uint8Array> {
  let at = from
  return new ReadableStream(
    {
      async pull(controller) {
        const index = Math.floor(at / PIECE_BYTES)
        const bytes = await read((tx) => readPiece(tx, digest, index))
        const piece = bytes?.subarray(at - index * PIECE_BYTES, until + 1 - index * PIECE_BYTES)
        if (!piece || piece.length === 0) return controller.error(new Error(`piece ${index} of ${digest} is missing`))
        controller.enqueue(piece)
        at += piece.length
        if (at > until) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

async function readPiece(tx: Tx, digest: string, index: number): Promise<Buffer | undefined> {
  const [row] = await tx
    .select({ bytes: courseMediaPiece.bytes })
    .from(courseMediaPiece)
    .where(and(sql`${courseMediaPiece.digest} = decode(${digest}, 'hex')`, eq(courseMediaPiece.index, index)))
  return row?.bytes
}
