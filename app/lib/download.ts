/** A file to keep, under a name in any language (RFC 6266); nobody's cache keeps it. `pieces`: its bytes, in order. */
export function download(pieces: readonly Buffer[], name: string, mediaType: string): Response {
  const extension = name.slice(name.lastIndexOf('.'))
  return new Response(new Blob([...pieces] as BlobPart[], { type: mediaType }), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="table${extension}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
