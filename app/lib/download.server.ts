import type { Outgoing } from './outgoing.server.ts'

/** A file to keep, under a name in any language (RFC 6266); nobody's cache keeps it. */
export function download(file: Outgoing, name: string, mediaType: string): Response {
  const extension = name.slice(name.lastIndexOf('.'))
  return new Response(streamOf(file), {
    headers: {
      'Content-Type': mediaType,
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="table${extension}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}

function streamOf(file: Outgoing): ReadableStream<Uint8Array> {
  const pieces = file.pieces()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => file.discard(),
  })
}
