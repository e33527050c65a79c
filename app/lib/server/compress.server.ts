import { Readable, type Transform } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'

const COMPRESSIBLE = /^(text\/|application\/(json|javascript|xml|manifest\+json)|image\/svg\+xml)/
/** Below this a packet is a packet. */
const SMALLEST = 1000
/** A page that is not whole by then is sent as it comes. */
const PATIENCE_MS = 50
const LARGEST_AT_ONCE = 512 * 1024
// The lowest levels that are worth it: a page is compressed for one reader.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } }
const GZIP = { level: 5 }

/** The better of our two that an Accept-Encoding header allows; null for neither. */
export function preferredEncoding(header: string | string[] | null | undefined): Encoding | null {
  const allowed = new Set<string>()
  for (const part of String(header ?? '')
    .toLowerCase()
    .split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) allowed.add(name)
  }
  return allowed.has('br') ? 'br' : allowed.has('gzip') ? 'gzip' : null
}

const wholes = new WeakMap<Response, Uint8Array>()

/**
 * The response for a text that is whole already: a page. It goes to {@link compress} beside the stream that a Response
 * would make of it.
 */
export function sendWhole(body: Uint8Array, init: { status: number; headers: Headers }): Response {
  const response = new Response(null, init)
  wholes.set(response, body)
  return response
}

/** The body of a response of {@link sendWhole}. */
export const wholeOf = (response: Response): Uint8Array | undefined => wholes.get(response)

/**
 * A response as the reader's browser can take it: whole pages (nearly all of them) in one piece with their length, slow
 * ones as a compressed stream. Passed through unchanged: what has an encoding, is small, or is no text.
 */
export async function compress(response: Response, acceptEncoding: string | null): Promise<Response> {
  const { headers } = response
  const whole = wholes.get(response)
  const body = whole ? null : response.body
  if (!(whole || body) || headers.has('Content-Encoding') || !COMPRESSIBLE.test(headers.get('Content-Type') ?? ''))
    return response
  const { chunks, size, rest } = body ? await collect(body) : { chunks: [whole!], size: whole!.length, rest: null }
  const encoding = preferredEncoding(acceptEncoding)
  headers.append('Vary', 'Accept-Encoding')
  const init = { status: response.status, statusText: response.statusText, headers }
  if (rest) {
    const stream = resume(chunks, rest)
    if (!encoding) return new Response(stream, init)
    headers.set('Content-Encoding', encoding)
    headers.delete('Content-Length')
    const coder = encoding === 'br' ? createBrotliCompress(flushing(BROTLI)) : createGzip(flushing(GZIP))
    return new Response(through(stream, coder), init)
  }
  const plain = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
  const packed = encoding && size >= SMALLEST ? await pack(plain, encoding) : plain
  if (packed !== plain) headers.set('Content-Encoding', encoding!)
  headers.set('Content-Length', String(packed.length))
  return new Response(new Uint8Array(packed.buffer as ArrayBuffer, packed.byteOffset, packed.length), init)
}

const brotliOnce = promisify(brotliCompress)
const gzipOnce = promisify(gzip)

function pack(plain: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  return encoding === 'br'
    ? (brotliOnce as (data: Uint8Array, options: object) => Promise<Buffer>)(plain, BROTLI)
    : (gzipOnce as (data: Uint8Array, options: object) => Promise<Buffer>)(plain, GZIP)
}

type Rest = { reader: ReadableStreamDefaultReader<Uint8Array>; pending: Promise<ReadableStreamReadResult<Uint8Array>> }

/** Reads until the end, or until patience or room runs out: then `rest` has what is still to come. */
async function collect(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(done, PATIENCE_MS, null)
  })
  try {
    for (;;) {
      const pending = reader.read()
      const next = size > LARGEST_AT_ONCE ? null : await Promise.race([pending, late])
      if (!next) return { chunks, size, rest: { reader, pending } satisfies Rest }
      if (next.done) return { chunks, size, rest: null }
      chunks.push(next.value)
      size += next.value.length
    }
  } finally {
    clearTimeout(timer)
  }
}

function resume(chunks: Uint8Array[], { reader, pending }: Rest): ReadableStream<Uint8Array> {
  let next: Rest['pending'] | undefined = pending
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
    },
    async pull(controller) {
      const { done, value } = await (next ?? reader.read())
      next = undefined
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** What has been rendered must leave at once, or the browser waits for what is not there yet. */
function flushing<T extends object>(options: T): T & { flush: number } {
  const isBrotli = 'params' in options
  return { ...options, flush: isBrotli ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH }
}

function through(stream: ReadableStream<Uint8Array>, coder: Transform): ReadableStream<Uint8Array> {
  const source = Readable.fromWeb(stream as NodeStream<Uint8Array>)
  source.on('error', (error) => coder.destroy(error))
  coder.on('close', () => source.destroy())
  return Readable.toWeb(source.pipe(coder)) as ReadableStream<Uint8Array>
}
