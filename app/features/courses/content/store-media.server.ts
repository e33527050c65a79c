import { inArray } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { courseAsset, courseMedia, courseMediaPiece } from '#db/schema/index.ts'
import { type MediaFile, piecesOf } from './media.server.ts'

const TYPES = { video: 'video/mp4', audio: 'audio/mp4' } as const

/** Stores what is not there yet, by its digest: film in pieces, one in memory at a time; captions with the figures. */
export async function storeMedia(tx: Tx, media: readonly MediaFile[], now: Date): Promise<void> {
  if (media.length === 0) return
  const digestOf = ({ digest }: MediaFile) => Buffer.from(digest, 'hex')
  const rows = await tx
    .select({ digest: courseMedia.digest })
    .from(courseMedia)
    .where(inArray(courseMedia.digest, media.map(digestOf)))
  const known = new Set(rows.map(({ digest }) => digest.toString('hex')))
  for (const file of media) {
    const digest = digestOf(file)
    if (file.kind === 'captions') {
      const pieces: Buffer[] = []
      for await (const piece of piecesOf(file)) pieces.push(piece)
      await tx
        .insert(courseAsset)
        .values({ digest, mediaType: 'text/vtt', bytes: Buffer.concat(pieces), publishedAt: now })
        .onConflictDoNothing()
      continue
    }
    if (known.has(file.digest)) continue
    known.add(file.digest)
    await tx.insert(courseMedia).values({ digest, mediaType: TYPES[file.kind], size: file.bytes, publishedAt: now })
    let index = 0
    for await (const bytes of piecesOf(file)) {
      await tx.insert(courseMediaPiece).values({ digest, index, bytes })
      index += 1
    }
  }
}
