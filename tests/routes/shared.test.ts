import { beforeAll, expect, test } from 'vitest'
import { bookSeat } from '#app/features/training/seats.server.ts'
import { pages } from '#app/routes.ts'
import { openPage, signIn } from '#tests/support/chromium.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

let site: Site
let worker: string
let workerId: string
let database: TestDatabase
let shared: string[]
let world: ReturnType<typeof trainingWorld>
/** An address of a class that takes workers. */
let open: string

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  site = await startSite(database)
  world = trainingWorld(database)
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { startsOn: '2099-01-01', endsOn: '2099-01-02' })
  const takes = { enrolClosesAt: new Date('2098-12-01'), startsOn: '2099-02-01', endsOn: '2099-02-02' }
  open = `/academies/${academy.code}/classes/${(await world.classOf(academy, takes)).id}`
  const viewer = await world.worker()
  workerId = viewer.accountId
  worker = await signedIn({ id: workerId, role: 'worker' })
  shared = [
    ...[
      '/',
      '/courses',
      '/courses?q=触电',
      '/courses/electrical-safety',
      '/courses/electrical-safety/how-shock-happens',
      '/help',
      '/help/components',
      '/paths',
      '/paths/6-31-01-03',
    ],
    ...['/classes', '/academies', `/academies/${academy.code}`, `/academies/${academy.code}/classes/${id}`],
  ]
})

async function get(path: string, cookie = '', headers: Record<string, string> = {}) {
  const response = await fetch(site.url + path, { headers: { cookie, ...headers }, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const cacheOf = async (path: string, cookie = '') => (await get(path, cookie)).headers.get('Cache-Control')

test('what every visitor gets alike may be kept for a minute, by requests with the same cookies alone', async () => {
  for (const path of shared) {
    const { headers, text } = await get(path)
    expect([path, headers.get('Cache-Control')]).toEqual([path, 'public, max-age=60'])
    expect(headers.get('Vary')).toMatch(/cookie/i)
    expect(text).toContain('<h1>')
  }
  expect(await cacheOf('/courses.data')).toBe('public, max-age=60')
})

test('where somebody is signed in, nothing is kept anywhere; nor where a session has ended', async () => {
  for (const path of shared) expect(await cacheOf(path, worker)).toBe('private, no-store')
  expect(await cacheOf('/courses.data', worker)).toBe('private, no-store')
  const ended = worker.replace(/=.*/, '=ended')
  for (const path of shared) expect(await cacheOf(path, ended)).not.toContain('public')
})

test('a picture that everyone may keep comes to one alone where it brings a renewed session', async () => {
  const [own] = await database.owner`select encode(digest, 'hex') as digest from course_asset limit 1`
  const cookie = await signedIn({ id: workerId, role: 'worker' })
  const path = `/assets/courses/${own!.digest}`
  expect((await get(path, cookie)).headers.get('Cache-Control')).toContain('public')
  await database.owner`update session set expires_at = now() + interval '1 hour' where account_id = ${workerId}`
  const { headers } = await get(path, cookie)
  expect(headers.get('Set-Cookie')).toContain('session=')
  expect(headers.get('Cache-Control')).toBe('private, no-store')
})

test('what is not there, forms and what leads elsewhere are not kept', async () => {
  for (const path of ['/courses/none', '/sign-in', '/register', '/me', '/learn', '/nowhere'])
    expect([path, await cacheOf(path)]).not.toEqual([path, expect.stringContaining('public')])
  const kept = new Set(shared.map((path) => path.split('?')[0]))
  const open = pages.filter(({ audience, path }) => audience === 'public' && !path.includes(':') && !kept.has(path))
  for (const { path } of open)
    expect([path, await cacheOf(path)]).not.toEqual([path, expect.stringContaining('public')])
})

test('the same page has the same tag, whatever its nonce; who has it gets 304, without a policy of another nonce', async () => {
  const [one, other] = [await get('/courses'), await get('/courses')]
  const tag = one.headers.get('ETag')!
  expect(one.text).not.toBe(other.text)
  expect(other.headers.get('ETag')).toBe(tag)
  const known = await get('/courses', '', { 'If-None-Match': `"x", ${tag}` })
  expect([known.status, known.text, known.headers.get('Content-Security-Policy')]).toEqual([304, '', null])
  expect(known.headers.get('Cache-Control')).toBe('public, max-age=60')
  expect((await get('/courses', '', { 'If-None-Match': 'W/"x"' })).status).toBe(200)
  expect((await get('/courses', worker, { 'If-None-Match': tag })).status).toBe(200)
})

test('what looks the same is rendered once: with a nonce, a number and a form key of its own in every answer', async () => {
  const answers: Awaited<ReturnType<typeof get>>[] = []
  for (let time = 0; time < 4; time++) answers.push(await get(open, worker))
  const keys = answers.map(({ text }) => /name="form" value="([0-9a-f-]{36})"/.exec(text)?.[1])
  expect(new Set(keys).size).toBe(4)
  const documents = new Set<string>()
  for (const [index, { headers, text }] of answers.entries()) {
    const nonces = new Set(Array.from(text.matchAll(/nonce="([^"]+)"/g), ([, nonce]) => nonce))
    const [, nonce] = /'nonce-([^']+)'/.exec(headers.get('Content-Security-Policy')!)!
    expect([...nonces]).toEqual([nonce])
    const number = headers.get('X-Request-Id')!
    expect(text).toContain(`data-request="${number}"`)
    documents.add(text.replaceAll(nonce!, 'N').replaceAll(number, 'R').replaceAll(keys[index]!, 'K'))
  }
  expect(documents.size).toBe(1)
})

test('two workers who look at one class see what is theirs, however often they look', async () => {
  const booking = await world.worker()
  const mine = await signedIn({ id: booking.accountId, role: 'worker' })
  const isMine = async (cookie: string) => (await get(open, cookie)).text.includes('href="?leave=1"')
  for (let time = 0; time < 3; time++) expect([await isMine(mine), await isMine(worker)]).toEqual([false, false])
  const [, , academyCode = '', , classId = ''] = open.split('/')
  expect(await bookSeat(booking, { academyCode, classId, now: new Date() })).toMatchObject({ ok: true })
  for (let time = 0; time < 3; time++) expect([await isMine(mine), await isMine(worker)]).toEqual([true, false])
})

test('another language, larger type or another search is another page with another tag', async () => {
  const tagOf = async (path: string, preferences: object) =>
    (await get(path, `prefs=${encodeURIComponent(JSON.stringify(preferences))}`)).headers.get('ETag')
  const tags = [
    await tagOf('/courses', {}),
    await tagOf('/courses', { locale: 'en' }),
    await tagOf('/courses', { mode: 'elder' }),
    await tagOf('/courses?q=触电', {}),
  ]
  expect(new Set(tags).size).toBe(4)
})

test('in a browser: large type, signing in and out show at once, and a page that was kept runs its scripts', async () => {
  const page = await openPage()
  const isLarge = () => page.evaluate(() => document.documentElement.dataset.mode ?? 'standard')
  await page.goto(`${site.url}/courses`)
  await page.getByRole('button', { name: '长辈版' }).first().click()
  await expect.poll(isLarge).toBe('elder')
  await page.goto(`${site.url}/academies`)
  await page.goto(`${site.url}/courses`)
  expect(await isLarge()).toBe('elder')
  // Each answer carries a number of its own: the same number is the page that was kept.
  const number = () => page.evaluate(() => document.documentElement.dataset.request)
  const kept = await number()
  await page.reload()
  expect(await number()).toBe(kept)
  await page.waitForFunction(() => '__remixRouter' in window)
  const signInLink = () => page.locator('a[href="/sign-in"]').count()
  expect(await signInLink()).toBe(1)
  await signIn(page, { url: site.url, cookie: worker })
  await page.goto(`${site.url}/courses`)
  expect(await signInLink()).toBe(0)
  await page.context().clearCookies({ name: worker.split('=')[0] })
  await page.goBack()
  await page.goto(`${site.url}/courses`)
  expect(await signInLink()).toBe(1)
})

test('a first lesson comes with less than 100 KB of script, and a list of routes that says of none what it imports', async () => {
  const { text } = await get('/courses/electrical-safety/how-shock-happens')
  const scripts = [...text.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href!)
  expect(scripts.length).toBeGreaterThan(5)
  const sizes = await Promise.all(
    scripts.map(async (script) =>
      Number((await get(script, '', { 'accept-encoding': 'br' })).headers.get('Content-Length')),
    ),
  )
  expect(Math.min(...sizes)).toBeGreaterThan(0)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(98 * 1024) // and some 200 bytes of headers for each
  const list = (await get(scripts.find((script) => script.includes('manifest'))!)).text
  expect(list.match(/"imports"/g)).toHaveLength(1) // of the entry
})
