import type { Outgoing } from './outgoing.server.ts'

/**
 * A file to keep, under a name in any language (RFC 6266); nobody's cache keeps it. A HEAD request lets go of it at once.
 * `isStrange`: somebody brought it. Whatever it holds runs nothing and reaches nothing, were it ever opened as a page.
 * `isShown`: looked at in the browser (pictures).
 */
export async function download(
  { method }: Pick<Request, 'method'>,
  file: Outgoing,
  name: string,
  mediaType: string,
  { isStrange = false, isShown = false }: { isStrange?: boolean; isShown?: boolean } = {},
): Promise<Response> {
  const extension = name.slice(name.lastIndexOf('.'))
  if (method === 'HEAD') await file.discard()
  return new Response(method === 'HEAD' ? null : streamOf(file), {
    headers: {
      'Content-Type': mediaType,
      'Content-Length': String(file.bytes),
      'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename="table${extension}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
      ...(isStrange ? { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox" } : {}),
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
