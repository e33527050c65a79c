import { beforeAll, describe, expect, test } from 'vitest'
import { requestLine, type Started, startServer, statusOf } from './support.ts'

let site: Started
beforeAll(async () => {
  site = await startServer()
})

/** Every form in which Remix can be asked to run an action. */
const FORMS = [
  '/sign-in',
  '/sign-in.data',
  '/sign-in?_data=routes%2Fauth%2Fsign-in',
  '/_root.data?_routes=root',
  '/?index',
]

async function statusFor(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const before = site.seen.length
  const response = await fetch(site.url + path, { method, headers, body: new URLSearchParams({ a: '1' }) })
  const isThrough = site.seen.length > before
  expect(isThrough).toBe(response.status === 200)
  return response.status
}

describe('an unsafe request that another site made is refused in front of the pages', () => {
  const foreign: [string, Record<string, string>][] = [
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that begins like ours', { Origin: 'http://localhost.evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
    ['our name on another port', { Origin: 'http://localhost:1' }],
    ['an origin that is no address', { Origin: 'ours' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
    ['a browser that says cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['only a foreign referrer', { Referer: 'https://evil.example/page' }],
  ]
  for (const [what, headers] of foreign)
    test(`${what}`, async () => {
      for (const form of FORMS) expect(await statusFor('POST', form, headers)).toBe(403)
    })

  test('a foreign fetch-metadata header is not outweighed by our own origin', async () => {
    expect(await statusFor('POST', '/', { Origin: site.url, 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
  })

  test('our own pages pass, and so does a client that is no browser', async () => {
    for (const form of FORMS.filter((form) => !form.includes('_data='))) {
      expect(await statusFor('POST', form, { Origin: site.url, 'Sec-Fetch-Site': 'same-origin' })).toBe(200)
      expect(await statusFor('POST', form, { Origin: site.url })).toBe(200)
      expect(await statusFor('POST', form, { Referer: `${site.url}/sign-in` })).toBe(200)
      expect(await statusFor('POST', form, {})).toBe(200)
    }
  })

  test('the form in which Remix once asked for a single loader is refused: nothing of ours asks so', async () => {
    expect(await statusFor('POST', '/sign-in?_data=routes%2Fauth%2Fsign-in', { Origin: site.url })).toBe(400)
    expect((await fetch(`${site.url}/?_data=root`)).status).toBe(400)
  })

  test('reading is open to links from anywhere', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(site.url, { method, headers: { Origin: 'https://evil.example' } })
      expect(response.status).toBe(200)
    }
  })

  test('the refusal is a page in the language of the reader for browsers, and text for programs', async () => {
    const headers = { Origin: 'https://evil.example', Accept: 'text/html' }
    const page = await fetch(site.url, { method: 'POST', headers })
    expect(page.headers.get('Content-Type')).toMatch('text/html')
    const text = await page.text()
    expect(text).toMatch('请求来自别的网站')
    expect(text).toMatch(page.headers.get('X-Request-Id')!)
    const preferences = encodeURIComponent(JSON.stringify({ locale: 'en' }))
    const english = await fetch(site.url, { method: 'POST', headers: { ...headers, Cookie: `prefs=${preferences}` } })
    expect(await english.text()).toMatch('This came from another site')
    const plain = await fetch(site.url, { method: 'POST', headers: { Origin: 'https://evil.example' } })
    expect(plain.headers.get('Content-Type')).toMatch('text/plain')
  })
})

describe('a malformed address is refused, never a bug', () => {
  for (const target of [
    '/%ff',
    '/%',
    '/%e0%a4%a',
    '/a%00b',
    '/?q=%00',
    '/a%0ab',
    '//evil.example',
    '/\\evil',
    '*',
    'x',
  ])
    test(`GET ${target}`, async () => {
      expect(statusOf(await site.raw(requestLine('GET', target, site.host)))).toBe(400)
    })

  test('an absolute target, as to a proxy', async () => {
    expect(statusOf(await site.raw(requestLine('GET', 'http://evil.example/', site.host)))).toBe(400)
  })

  test('a host that is none, or none at all', async () => {
    expect(statusOf(await site.raw(requestLine('GET', '/', 'a b')))).toBe(400)
    expect(statusOf(await site.raw(requestLine('GET', '/', 'ours/../evil')))).toBe(400)
    expect(statusOf(await site.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400)
    expect(statusOf(await site.raw('GET / HTTP/1.0\r\n\r\n'))).toBe(400)
  })

  test('bytes that are no request, and a header without end', async () => {
    expect(statusOf(await site.raw('hello\r\n\r\n'))).toBe(400)
    expect(statusOf(await site.raw(requestLine('GET', '/', site.host, [`X-Long: ${'x'.repeat(20_000)}`])))).toBe(431)
  })

  test('an over-long address', async () => {
    expect((await fetch(`${site.url}/${'a'.repeat(9000)}`)).status).toBe(414)
  })

  test('Chinese in an address is fine, encoded or not quite', async () => {
    expect((await fetch(`${site.url}/工匠?q=焊工`)).status).toBe(200)
    expect((await fetch(`${site.url}/a?q=%ff`)).status).toBe(200)
  })

  test('methods that no page has', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'QUERY'])
      expect(statusOf(await site.raw(requestLine(method, '/', site.host)))).toBe(405)
    for (const form of FORMS)
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect(await statusFor(method, form, { Origin: site.url, 'Sec-Fetch-Site': 'same-origin' })).toBe(405)
    const options = await fetch(site.url, { method: 'OPTIONS', headers: { Origin: 'https://evil.example' } })
    expect(options.status).toBe(405)
    expect(options.headers.get('Allow')).toBe('GET, HEAD, POST')
    expect(options.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

describe('what only a proxy says', () => {
  const forwarded = {
    'X-Forwarded-For': '1.2.3.4, 203.0.113.9',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'learn.example',
    'X-Real-IP': '1.2.3.4',
    Forwarded: 'for=1.2.3.4',
  }

  test('is thrown away without one', async () => {
    const response = await fetch(site.url, { headers: forwarded })
    const { headers, context, url } = site.seen.at(-1)!
    for (const name of Object.keys(forwarded)) expect(headers.get(name)).toBeNull()
    expect(context).toMatchObject({ isSecure: false, clientAddress: '127.0.0.1' })
    expect(url).toBe(`${site.url}/`)
    expect(response.headers.get('Strict-Transport-Security')).toBeNull()
  })

  test('is taken from the one that is trusted: the last hop’s word alone', async () => {
    const behind = await startServer({ trustProxy: true })
    const response = await fetch(`${behind.url}/a?b=1`, { headers: forwarded })
    const { context, url } = behind.seen.at(-1)!
    expect(context).toMatchObject({ isSecure: true, clientAddress: '203.0.113.9' })
    expect(url).toBe('https://learn.example/a?b=1')
    expect(response.headers.get('Strict-Transport-Security')).toMatch('max-age=31536000')
    const post = (origin: string) => fetch(behind.url, { method: 'POST', headers: { ...forwarded, Origin: origin } })
    expect((await post('https://learn.example')).status).toBe(200)
    expect((await post(behind.url)).status).toBe(403)
  })
})
