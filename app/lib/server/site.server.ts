import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { LoadContext } from '../load-context.ts'
import { blot, type Logger } from '../logger.server.ts'
import { readForm } from './body.server.ts'
import { compress, sendWhole } from './compress.server.ts'
import { type StaticFiles, sendFile } from './files.server.ts'
import { type Exchange, findFault, METHODS, openExchange, setSecurityHeaders } from './gate.server.ts'
import { refuse } from './refusal.server.ts'
import { isKnown } from './shared.server.ts'

export type Readiness = { database: boolean; migrations: boolean }

/** A connect-style handler, as Vite's development server is one. */
export type Middleware = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void

export type SiteOptions = {
  logger: Logger
  trustProxy: boolean
  files: StaticFiles
  /** Addresses whose action reads a large body itself, as a stream, after its guard: bytes at most; null for all others. */
  largestStream?: (path: string) => number | null
  /** Addresses whose forms are smaller than others: bytes at most; undefined for all others. */
  largestForm?: (path: string) => number | undefined
  /** The pages. Throws only on a bug. */
  respond: (request: Request, context: LoadContext) => Promise<Response>
  isReady: () => Promise<Readiness>
  /** From then on every answer closes its connection, and /ready says no. */
  isStopping: () => boolean
  /** Development only: Vite, in front of the pages. */
  development?: Middleware
}

type Bindings = HttpBindings & { exchange: Exchange }

/**
 * The whole HTTP server but its socket: request number, security headers, the gate, static files, body limits, /health and
 * /ready, the pages, compression, the log.
 */
export function makeSite(options: SiteOptions): RequestListener {
  const { logger, files, trustProxy, development, isStopping, largestStream, largestForm } = options
  const exchanges = new WeakMap<IncomingMessage, Exchange>()
  const app = makeApp(options)
  const pages = getRequestListener(
    (request, env) => {
      const { incoming } = env as HttpBindings
      return app.fetch(request, { ...env, exchange: exchanges.get(incoming) })
    },
    { errorHandler: () => new Response(null, { status: 400 }) },
  )

  const enter: RequestListener = (incoming, outgoing) => {
    const exchange = openExchange(incoming, trustProxy)
    exchanges.set(incoming, exchange)
    logWhenDone(logger, incoming, outgoing, exchange)
    setSecurityHeaders(outgoing, exchange, development !== undefined)
    if (isStopping()) outgoing.setHeader('Connection', 'close')
    const fault = findFault(incoming, exchange)
    const allowed: Record<string, string> = fault === 405 ? { Allow: METHODS.join(', ') } : {}
    if (fault) return refuse(incoming, outgoing, fault, exchange.requestId, allowed)
    if (sendFile(files, exchange.path, incoming, outgoing)) return
    if (development) development(incoming, outgoing, () => proceed(incoming, outgoing, exchange))
    else proceed(incoming, outgoing, exchange)
  }

  const proceed = (incoming: IncomingMessage, outgoing: ServerResponse, exchange: Exchange) => {
    // What the browser sees is what pages and redirects should see.
    if (trustProxy) incoming.url = `${exchange.isSecure ? 'https' : 'http'}://${exchange.host}${incoming.url}`
    if (incoming.method === 'GET' || incoming.method === 'HEAD') return void pages(incoming, outgoing)
    const limit = largestStream?.(exchange.path) ?? null
    if (limit !== null) {
      if (Number(incoming.headers['content-length'] ?? 0) > limit)
        return refuse(incoming, outgoing, 413, exchange.requestId)
      // Whoever is refused before the body was read must not have its rest taken for the next request.
      outgoing.setHeader('Connection', 'close')
      return void pages(incoming, outgoing)
    }
    readForm(incoming, largestForm?.(exchange.path)).then(
      (read) => {
        if (read.ok) return pages(Object.assign(incoming, { rawBody: read.body }), outgoing)
        if (read.status) refuse(incoming, outgoing, read.status, exchange.requestId)
      },
      (error: unknown) => {
        logger.error({ requestId: exchange.requestId, err: error }, 'reading a body failed')
        refuse(incoming, outgoing, 500, exchange.requestId)
      },
    )
  }

  return enter
}

function makeApp({ logger, respond, isReady, isStopping }: SiteOptions) {
  const app = new Hono<{ Bindings: Bindings }>()
  const plain = { 'Cache-Control': 'no-store' }
  app.get('/health', (c) => c.json({ status: 'alive' }, 200, plain))
  app.get('/ready', async (c) => {
    const { database, migrations } = await isReady()
    const ok = database && migrations && !isStopping()
    return c.json({ status: ok ? 'ready' : 'not ready', database, migrations }, ok ? 200 : 503, plain)
  })
  app.all('*', async (c) => {
    const { exchange } = c.env
    const { nonce, requestId, isSecure, clientAddress } = exchange
    const reportError = (error: unknown) => logger.error({ requestId, err: error }, 'a request failed')
    const response = await respond(c.req.raw, {
      ...{ nonce, requestId, isSecure, clientAddress, reportError, sendWhole },
      isDocument: !exchange.path.endsWith('.data'),
      isShared: false,
      finished: new Map(),
      own: [],
    })
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-cache')
    if (isKnown(response, c.req.header('If-None-Match'), [nonce, requestId])) {
      c.env.outgoing.removeHeader('Content-Security-Policy')
      return new Response(null, { status: 304, headers: response.headers })
    }
    return compress(response, c.req.header('Accept-Encoding') ?? null)
  })
  app.onError((error, c) => {
    const { incoming, outgoing, exchange } = c.env
    if (incoming.destroyed && !incoming.complete) return new Response(null, { status: 499 })
    logger.error({ requestId: exchange.requestId, err: error }, 'a request failed')
    refuse(incoming, outgoing, isUnreachable(error) ? 503 : 500, exchange.requestId, { 'Retry-After': '5' })
    return RESPONSE_ALREADY_SENT
  })
  return app
}

/** The database is away: not a bug, and it may be back in a moment. */
function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (
      /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|CONNECT_TIMEOUT|CONNECTION_\w+|57P0[123]|53300)$/.test(
        code,
      )
    )
      return true
  }
  return false
}

/** Asked every few seconds by machines. */
const PROBES = ['/health', '/ready']

/** One line per request: the path without its query (which may hold what people searched for), long numbers blotted out. */
function logWhenDone(logger: Logger, incoming: IncomingMessage, outgoing: ServerResponse, exchange: Exchange): void {
  const level = PROBES.includes(exchange.path) ? 'debug' : 'info'
  if (!logger.isLevelEnabled(level)) return
  const began = performance.now()
  outgoing.once('close', () => {
    const { requestId } = exchange
    const path = exchange.path.replace(/\d{9,}/g, blot).slice(0, 200)
    const status = outgoing.writableFinished ? outgoing.statusCode : 'aborted'
    const ms = Math.round(performance.now() - began)
    logger[level]({ requestId, method: incoming.method, path, status, ms }, 'request')
  })
}
