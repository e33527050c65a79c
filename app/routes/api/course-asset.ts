import type { LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { findAsset } from '#app/features/courses/media.server.ts'
import { notFound } from '#app/lib/http.ts'

/** A published figure under the digest of its bytes: open to everyone, and the same for ever. */
export async function loader(args: LoaderFunctionArgs) {
  const { digest = '' } = args.params
  const asset = await as(optionalViewer(args), (tx) => findAsset(tx, digest))
  if (!asset) throw notFound('figure')
  return new Response(new Uint8Array(asset.bytes), {
    headers: {
      'Content-Type': asset.mediaType,
      'Cache-Control': 'public, max-age=31536000, immutable',
      // Opened by itself a figure is a document: nothing in it may run or fetch.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      ETag: `"${digest}"`,
    },
  })
}
