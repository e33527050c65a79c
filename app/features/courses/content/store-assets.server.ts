import type { Tx } from '#db/client.server.ts'
import { courseAsset } from '#db/schema/index.ts'
import type { AssetSource } from './pages.server.ts'

/** Writes the figures of a folder. What is there already stays: a digest names its bytes. */
export async function storeAssets(tx: Tx, assets: readonly AssetSource[], now: Date): Promise<void> {
  if (assets.length === 0) return
  const values = assets.map(({ digest, bytes }) => ({
    digest: Buffer.from(digest, 'hex'),
    mediaType: 'image/svg+xml',
    bytes,
    publishedAt: now,
  }))
  await tx.insert(courseAsset).values(values).onConflictDoNothing()
}
