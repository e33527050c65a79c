import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll } from 'vitest'
import type { LoadContext } from '#app/lib/load-context.ts'
import { type Logger, makeLogger } from '#app/lib/logger.server.ts'
import type { StaticFiles } from '#app/lib/server/files.server.ts'
import { drain, listen, makeServer } from '#app/lib/server/listen.server.ts'
import { makeSite, type Readiness } from '#app/lib/server/site.server.ts'

type Respond = (request: Request, context: LoadContext) => Response | Promise<Response>

export type Started = {
  url: string
  host: string
  /** The requests that got through to the pages. */
  seen: { method: string; url: string; body: string; headers: Headers; context: LoadContext }[]
  /** The lines of the log so far, parsed. */
  log: () => Record<string, unknown>[]
  /** Sends bytes as they are and returns everything that comes back. */
  raw: (text: string) => Promise<string>
  stop: () => void
}

export type Options = {
  respond?: Respond
  files?: StaticFiles
  trustProxy?: boolean
  isReady?: () => Promise<Readiness>
  logger?: Logger
}

/** The HTTP server with made-up pages behind it: what they answer is up to the test, what got through is recorded. */
export async function startServer(options: Options = {}): Promise<Started> {
  const seen: Started['seen'] = []
  const output = new PassThrough()
  let logged = ''
  output.on('data', (chunk: Buffer) => {
    logged += chunk.toString()
  })
  let isStopping = false
  const respond: Respond =
    options.respond ?? (() => new Response('page', { headers: { 'Content-Type': 'text/plain' } }))
  const server = makeServer(
    makeSite({
      logger: options.logger ?? makeLogger('info', output),
      trustProxy: options.trustProxy ?? false,
      files: options.files ?? new Map(),
      isReady: options.isReady ?? (async () => ({ database: true, migrations: true })),
      isStopping: () => isStopping,
      respond: async (request, context) => {
        const { method, url, headers } = request
        const entry = { method, url, headers: new Headers(headers), context, body: '' }
        seen.push(entry)
        if (request.body) entry.body = await request.clone().text()
        return respond(request, context)
      },
    }),
  )
  const url = await listen(server, { host: '127.0.0.1', port: 0 })
  afterAll(() => drain(server, 100))
  const { host, port } = new URL(url)
  return {
    url,
    host,
    seen,
    log: () =>
      logged
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    raw: (text) => exchange(Number(port), text),
    stop: () => {
      isStopping = true
    },
  }
}

function exchange(port: number, text: string): Promise<string> {
  return new Promise((done, fail) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end of the answer: ${answer}`)))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => done(answer)).on('error', fail)
  })
}

/** A request as bytes; the connection is closed after it. */
export const requestLine = (method: string, target: string, host: string, headers: string[] = []): string =>
  [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n')

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
