import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { loadFiles } from '#app/lib/server/files.server.ts'
import { requestLine, startServer, statusOf } from './support.ts'

const PAGE = `<!doctype html>${'<p>工匠学院</p>'.repeat(500)}`
const html = (body: BodyInit | null = PAGE) =>
  new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })

describe('every answer', () => {
  test('carries the security headers, and a nonce of its own that the page knows', async () => {
    const site = await startServer({ respond: (_, { nonce }) => html(nonce) })
    const nonces = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const response = await fetch(site.url)
      const nonce = await response.text()
      nonces.add(nonce)
      expect(response.headers.get('Content-Security-Policy')).toBe(
        `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      )
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
      expect(response.headers.get('X-Powered-By')).toBeNull()
    }
    expect(nonces.size).toBe(3)
  })

  test('also a refusal, a file and a bug', async () => {
    const site = await startServer({
      respond: () => {
        throw new Error('a bug')
      },
    })
    for (const path of ['/%ff', '/', '/health']) {
      const response = await fetch(site.url + path)
      expect(response.headers.get('Content-Security-Policy')).toMatch("default-src 'self'")
      expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9A-Z]{10}$/)
    }
  })

  test('a script or a style carries what is about itself, and nothing that is about documents', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-files-'))
    await mkdir(join(folder, 'assets'))
    for (const name of ['a.js', 'a.css', 'a.svg']) await writeFile(join(folder, 'assets', name), 'x')
    const site = await startServer({ files: loadFiles(folder) })
    for (const [name, isTold] of [
      ['a.js', false],
      ['a.css', false],
      ['a.svg', true],
    ] as const) {
      const { headers } = await fetch(`${site.url}/assets/${name}`)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
      expect(headers.has('Content-Security-Policy'), name).toBe(isTold)
      expect(headers.has('Permissions-Policy'), name).toBe(isTold)
    }
    await rm(folder, { recursive: true })
  })

  test('a page may set a stricter policy of its own', async () => {
    const own = { 'Content-Security-Policy': "default-src 'none'", 'Cache-Control': 'public, max-age=60' }
    const site = await startServer({ respond: () => new Response('x', { headers: own }) })
    const response = await fetch(site.url)
    expect(response.headers.get('Content-Security-Policy')).toBe("default-src 'none'")
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60')
  })

  test('a page that says nothing about it is kept by no cache', async () => {
    const site = await startServer()
    expect((await fetch(site.url)).headers.get('Cache-Control')).toBe('private, no-cache')
  })
})

describe('a request number', () => {
  test('is the same for the page, the header and the log, and different for each request', async () => {
    const site = await startServer({ respond: (_, { requestId }) => html(requestId) })
    const response = await fetch(`${site.url}/courses?phone=13800138000`)
    const id = await response.text()
    expect(response.headers.get('X-Request-Id')).toBe(id)
    await sleep(20)
    expect(site.log().at(-1)).toMatchObject({ requestId: id, method: 'GET', path: '/courses', status: 200 })
    expect((await fetch(site.url)).headers.get('X-Request-Id')).not.toBe(id)
  })

  test('comes with a bug: in the log without personal data, on the page without a stack', async () => {
    const site = await startServer({
      respond: () => {
        throw new Error('document 440308199901011234 of 13800138000 failed', {
          cause: Object.assign(new Error('secret'), { query: 'q' }),
        })
      },
    })
    const response = await fetch(`${site.url}/a/440308199901011234`, { headers: { Accept: 'text/html' } })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toMatch(response.headers.get('X-Request-Id')!)
    expect(text).not.toMatch(/Error|at /)
    await sleep(20)
    const log = JSON.stringify(site.log())
    expect(log).toMatch(response.headers.get('X-Request-Id')!)
    expect(log).not.toMatch(/4403081999|13800138000|secret/)
  })

  test('an unreachable database is 503, to try again', async () => {
    const site = await startServer({
      respond: () => {
        throw new Error('Failed query', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
      },
    })
    const response = await fetch(site.url)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
  })
})

describe('compression', () => {
  for (const [accept, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['', null],
  ] as const)
    test(`Accept-Encoding: ${accept || 'nothing'}`, async () => {
      const site = await startServer({ respond: () => html() })
      const answer = await site.raw(requestLine('GET', '/', site.host, accept ? [`Accept-Encoding: ${accept}`] : []))
      const [head = '', ...rest] = answer.split('\r\n\r\n')
      const body = Buffer.from(rest.join('\r\n\r\n'), 'latin1')
      expect(/content-encoding: (\w+)/i.exec(head)?.[1] ?? null).toBe(encoding)
      expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(body.length)
      const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
      expect(plain.toString()).toBe(PAGE)
      expect(head).toMatch(/vary: accept-encoding/i)
      if (encoding) expect(body.length).toBeLessThan(500)
    })

  test('a page that takes its time is sent as it comes, and whole', async () => {
    const site = await startServer({
      respond: () =>
        html(
          new ReadableStream({
            async start(controller) {
              for (let i = 0; i < 4; i++) {
                controller.enqueue(new TextEncoder().encode(`<p>part ${i}</p>`))
                await sleep(60)
              }
              controller.close()
            },
          }),
        ),
    })
    for (const headers of [
      { 'Accept-Encoding': 'br' },
      { 'Accept-Encoding': 'gzip' },
      { 'Accept-Encoding': 'identity' },
    ]) {
      const response = await fetch(site.url, { headers })
      const reader = response.body!.getReader()
      const began = performance.now()
      const first = await reader.read()
      expect(performance.now() - began).toBeLessThan(150)
      let text = new TextDecoder().decode(first.value)
      expect(text).toMatch('part 0')
      for (let next = await reader.read(); !next.done; next = await reader.read())
        text += new TextDecoder().decode(next.value)
      expect(text).toBe('<p>part 0</p><p>part 1</p><p>part 2</p><p>part 3</p>')
    }
  })

  test('what is no text, and what is small, goes as it is', async () => {
    const site = await startServer({
      respond: ({ url }) =>
        url.endsWith('/png') ? new Response(PAGE, { headers: { 'Content-Type': 'image/png' } }) : new Response('small'),
    })
    for (const path of ['/png', '/small'])
      expect((await fetch(site.url + path)).headers.get('Content-Encoding')).toBeNull()
  })
})

describe('files of the build', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  const script = 'console.log("工匠");\n'.repeat(100)
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets/app-Ab12Cd34.js'), script)
  await writeFile(join(folder, 'assets/app-Ab12Cd34.js.br'), brotliCompressSync(script))
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'secret.key'), 'secret')
  const site = await startServer({ files: loadFiles(folder), respond: () => new Response('no file', { status: 404 }) })
  afterAll(() => rm(folder, { recursive: true }))

  test('with a digest in their name are kept for ever, packed, with their type', async () => {
    const response = await fetch(`${site.url}/assets/app-Ab12Cd34.js`, { headers: { 'Accept-Encoding': 'br' } })
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('Content-Encoding')).toBe('br')
    expect(await response.text()).toBe(script)
    expect(site.seen.length).toBe(0)
  })

  test('answer HEAD without a body and a known ETag with 304', async () => {
    const url = `${site.url}/favicon.svg`
    const head = await fetch(url, { method: 'HEAD' })
    expect(head.headers.get('Content-Length')).toBe('41')
    expect(head.headers.get('Cache-Control')).toBe('public, max-age=3600')
    expect(await head.text()).toBe('')
    const known = await fetch(url, { headers: { 'If-None-Match': head.headers.get('ETag')! } })
    expect(known.status).toBe(304)
  })

  test('nothing else of the disk is one', async () => {
    for (const path of ['/secret.key', '/assets/app-Ab12Cd34.js.br', '/assets/', '/assets/../../etc/passwd'])
      expect(statusOf(await site.raw(requestLine('GET', path, site.host)))).toBe(404)
    expect(statusOf(await site.raw(requestLine('GET', '/assets/..%2f..%2fetc%2fpasswd', site.host)))).toBe(404)
    expect((await fetch(`${site.url}/favicon.svg`, { method: 'POST' })).status).toBe(404)
  })
})

describe('state', () => {
  test('/health says that the process lives, /ready whether it may be asked', async () => {
    const answers = { database: true, migrations: true }
    const site = await startServer({ isReady: async () => answers })
    expect((await fetch(`${site.url}/health`)).status).toBe(200)
    const ready = await fetch(`${site.url}/ready`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toEqual({ status: 'ready', database: true, migrations: true })
    answers.migrations = false
    expect((await fetch(`${site.url}/ready`)).status).toBe(503)
    answers.database = false
    expect((await fetch(`${site.url}/ready`)).status).toBe(503)
    expect((await fetch(`${site.url}/health`)).status).toBe(200)
  })

  test('while it stops it is not ready and keeps no connection', async () => {
    const site = await startServer()
    site.stop()
    const response = await fetch(`${site.url}/ready`)
    expect(response.status).toBe(503)
    expect(response.headers.get('Connection')).toBe('close')
  })
})
