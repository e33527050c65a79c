import type { IncomingMessage } from 'node:http'

/** The largest form. Files come in by a way of their own, streamed (`largestStream` of site.server.ts). */
export const LARGEST_BODY = 1_048_576
/** Who sends a form slower than this is cut off, so that slow senders cannot use up the sockets. */
const FORM_MS = 30_000
/** A roster of a large class has about a thousand fields. */
const MOST_FIELDS = 10_000

export type ReadBody = { ok: true; body: Buffer } | { ok: false; status: 400 | 413 | 415 | null }

/**
 * Reads the body of an unsafe request and makes sure that it is a form that can be read, so that no action meets a broken
 * one: urlencoded or multipart, without NUL characters in its texts. An empty body counts as an empty form.
 * `status: null` means that the sender went away.
 */
export async function readForm(incoming: IncomingMessage, limit = LARGEST_BODY): Promise<ReadBody> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return { ok: false, status: 413 }
  const body = await readAll(incoming, limit)
  if (!Buffer.isBuffer(body)) return { ok: false, status: body }
  if (body.length === 0 && !incoming.headers['content-type']) setType(incoming, 'application/x-www-form-urlencoded')
  const status = await findFault(body, incoming.headers['content-type'] ?? '')
  return status ? { ok: false, status } : { ok: true, body }
}

/** The whole body; 413 once it is over the limit, whatever its headers say; null when it ends too early. */
function readAll(incoming: IncomingMessage, limit: number): Promise<Buffer | 413 | null> {
  return new Promise((done) => {
    const chunks: Buffer[] = []
    let size = 0
    const slow = setTimeout(() => incoming.destroy(), FORM_MS)
    const finish = (result: Buffer | 413 | null) => {
      clearTimeout(slow)
      incoming.off('data', take).off('end', end).off('error', abort).off('close', abort)
      done(result)
    }
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        incoming.pause()
        finish(413)
      } else chunks.push(chunk)
    }
    const end = () => finish(Buffer.concat(chunks))
    const abort = () => finish(null)
    incoming.on('data', take).on('end', end).on('error', abort).on('close', abort)
  })
}

async function findFault(body: Buffer, contentType: string): Promise<400 | 413 | 415 | null> {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    const text = body.toString('latin1')
    if (text.includes('%00') || text.includes('\0')) return 400
    return text.split('&', MOST_FIELDS + 2).length > MOST_FIELDS ? 413 : null
  }
  if (!/^multipart\/form-data\b/i.test(contentType)) return 415
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData()
    const texts = [...form.values()].filter((value) => typeof value === 'string')
    return texts.some((text) => text.includes('\0')) ? 400 : null
  } catch {
    return 400
  }
}

function setType(incoming: IncomingMessage, type: string): void {
  incoming.headers['content-type'] = type
  incoming.rawHeaders.push('Content-Type', type)
}
