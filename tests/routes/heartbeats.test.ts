import { beforeAll, expect, test } from 'vitest'
import { LARGEST_BEAT } from '#app/features/courses/time/beat.ts'
import { sealOpening } from '#app/features/courses/time/opening.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

const COURSE = { courseSlug: 'electrical-safety', lessonSlug: 'how-shock-happens' }
const ADDRESS = '/learn/heartbeats'
let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  site = await startSite(db)
  world = trainingWorld(db)
})

/** A worker who is signed in and opened a lesson ten seconds ago. */
async function reader() {
  const { accountId } = await world.worker()
  const cookie = await signedIn({ id: accountId, role: 'worker' })
  const opening = sealOpening({ accountId, ...COURSE }, new Date(Date.now() - 10_000))
  const body = `c=${COURSE.courseSlug}&l=${COURSE.lessonSlug}&o=${opening}&i=0&s=10000-0`
  return { accountId, cookie, body }
}

const post = (
  { cookie, body }: { cookie: string; body: string },
  path = ADDRESS,
  { method = 'POST', origin = site.url } = {},
) =>
  fetch(site.url + path, {
    method,
    body: method === 'GET' ? undefined : body,
    redirect: 'manual',
    headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
  })

test('a heartbeat is answered with what is counted, and kept by no cache', async () => {
  const response = await post(await reader())
  expect(response.status).toBe(200)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(response.headers.get('Content-Type')).toBe('application/json')
  const counted = (await response.json()) as { activeMs: number }
  expect(counted).toMatchObject({ isCounting: true, isDone: false, played: {} })
  expect(counted.activeMs).toBeGreaterThan(9_000)
})

test('a heartbeat over 8 KB is refused unread, however its address is written; one of just 8 KB is read', async () => {
  const { cookie, body } = await reader()
  const long = (bytes: number) => ({ cookie, body: `${body}&x=`.padEnd(bytes, 'x') })
  for (const path of [
    ...[ADDRESS, `${ADDRESS}/`, `${ADDRESS}//`, `${ADDRESS}?index`, `${ADDRESS}.data`, `${ADDRESS}/.data`],
    ...['/Learn/HEARTBEATS', '/learn/%68eartbeats/', '/learn/%48eartbeats.data', '/LEARN/heartbeats/?x=1'],
  ]) {
    expect((await post(long(LARGEST_BEAT + 1), path)).status, path).toBe(413)
    expect((await post(long(LARGEST_BEAT), path)).status, path).not.toBe(413)
  }
})

test('a rush of heartbeats is one of many accounts: each counts for its own, none with the page of another', async () => {
  const readers = await Promise.all(Array.from({ length: 40 }, reader))
  const own = await Promise.all(readers.map((one) => post(one)))
  expect(own.map(({ status }) => status)).toEqual(readers.map(() => 200))
  const foreign = await Promise.all(
    readers.map(({ cookie }, index) => post({ cookie, body: readers[(index + 1) % readers.length]!.body })),
  )
  expect(foreign.map(({ status }) => status)).toEqual(readers.map(() => 409))
  const strangers = await Promise.all(readers.map(({ body }) => post({ cookie: '', body })))
  expect(strangers.map(({ status }) => status)).toEqual(readers.map(() => 303))
})

test('who signed out, was disabled or is no worker any more counts nothing from the very next heartbeat on', async () => {
  const [leaving, disabled, promoted] = [await reader(), await reader(), await reader()]
  for (const one of [leaving, disabled, promoted]) expect((await post(one)).status).toBe(200)
  await post(leaving, '/sign-out')
  await db.owner`update account set disabled_at = now() where id = ${disabled.accountId}`
  await db.owner`
    update account set role = 'operator', person_id = null, person_confirmed_at = null where id = ${promoted.accountId}`
  expect((await post(leaving)).headers.get('Location')).toBe('/sign-in?to=%2F')
  expect((await post(disabled)).headers.get('Location')).toBe('/sign-in?to=%2F')
  expect((await post(promoted)).status).toBe(404)
})

test('the short way answers a heartbeat as Remix itself would: the same refusals of strangers, methods, forms and sites', async () => {
  const worker = await reader()
  const signedOut = { ...worker, cookie: '' }
  for (const [sender, given] of [
    [worker, { method: 'GET' }],
    [worker, { method: 'PUT' }],
    [worker, { method: 'DELETE' }],
    [worker, { origin: 'https://elsewhere.example' }],
    [{ ...worker, body: 'c=x' }, {}],
    [{ ...worker, body: worker.body.replace('&o=', '&o=x') }, {}],
    [signedOut, {}],
    [signedOut, { method: 'GET' }],
  ] as const) {
    const [short, own] = [await post(sender, ADDRESS, given), await post(sender, `${ADDRESS}?index`, given)]
    const told = ({ status, headers }: Response, body: string) => [
      ...[status, body],
      ...['Allow', 'Content-Type', 'Cache-Control'].map((name) => headers.get(name)),
      headers.get('Location')?.replace(/%3Findex.*/, ''),
    ]
    expect(told(short, await short.text()), JSON.stringify(given)).toEqual(told(own, await own.text()))
    expect(short.status).toBeGreaterThanOrEqual(300)
    expect(short.status).toBeLessThan(500)
  }
})
