import type { LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { findMedia, streamMedia } from '#app/features/courses/media.server.ts'
import { readRange } from '#app/lib/byte-range.ts'
import { hasTag, notFound } from '#app/lib/http.ts'

/**
 * A published video or recording under the digest of its bytes, whole or the part that a player asks for: open to everyone,
 * and the same for ever. Statuses: 206 a part, 416 no such part.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { headers: asked, method } = args.request
  const viewer = optionalViewer(args)
  const media = await as(viewer, (tx) => findMedia(tx, args.params.digest ?? ''))
  if (!media) throw notFound('media')
  const { size } = media
  const tag = `"${media.digest}"`
  const headers = new Headers({
    'Content-Type': media.mediaType,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; media-src 'self'; sandbox",
    ETag: tag,
  })
  if (hasTag(asked.get('If-None-Match'), tag)) return new Response(null, { status: 304, headers })
  // A part of another version would be put together with what the player has: then it gets the whole.
  const isSame = (asked.get('If-Range') ?? tag) === tag
  const range = isSame ? readRange(asked.get('Range'), size) : null
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  const { from, until } = range ?? { from: 0, until: size - 1 }
  if (range) headers.set('Content-Range', `bytes ${from}-${until}/${size}`)
  headers.set('Content-Length', String(until - from + 1))
  const body = method === 'HEAD' ? null : streamMedia((work) => as(viewer, work), media, { from, until })
  return new Response(body, { status: range ? 206 : 200, headers })
}
