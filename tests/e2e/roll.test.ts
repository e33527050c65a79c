import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { workerCode, workerDigits } from '#app/features/attendance/codes.server.ts'
import { inFours } from '#app/features/attendance/digits.ts'
import { rollPage } from '#app/features/attendance/roll.ts'
import { rollWords } from '#app/features/attendance/roll-words.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { DEFAULT_PREFERENCES, PREFERENCES_COOKIE } from '#app/lib/preferences.ts'
import { staffWords } from '#app/routes/shell/staff-words.ts'
import { classSession, classStaff } from '#db/schema/index.ts'
import { axeFaults, bringAxe } from '#tests/support/axe.ts'
import { openPage, PHONE, signIn } from '#tests/support/chromium.ts'
import { launchChromium } from '#tests/support/chromium-launch.ts'
import { cutLine } from '#tests/support/cut-line.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { expectText, PASSWORD, staffAccount } from './support.ts'

const w = rollWords['zh-CN']
const { marks } = attendanceWords['zh-CN']
/** What Chromium says of every request while there is no network. */
const OFFLINE = [/Failed to load resource|net::ERR_/]

let db: TestDatabase
let site: Awaited<ReturnType<typeof cutLine>>
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  site = await cutLine(await startSite(db))
})

const hour = 3_600_000

/** Down into the basement, and up again. */
const goOut = (context: BrowserContext) => {
  site.cut()
  return context.setOffline(true)
}
const comeBack = (context: BrowserContext) => {
  site.mend()
  return context.setOffline(false)
}
afterEach(() => site.mend())

/** A session of today, whatever the time: in a while, or just begun. Its instructor, and two workers. */
async function session(given: { instructor?: Viewer } = {}) {
  const instructor = given.instructor ?? (await world.staff('instructor', academy))
  const of = await world.classOf(academy, { name: '地下车间实操班' })
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: instructor.accountId })
  const sessionId = newId()
  const startsAt = Date.now() + (shanghaiTime(new Date()) < '23:00' ? 0.5 : -0.5) * hour
  await world.db.insert(classSession).values({
    ...{ academyId: academy.id, classId: of.id, id: sessionId, hours: 4, kind: 'practical' },
    ...{ startsAt: new Date(startsAt), endsAt: new Date(startsAt + 3 * hour) },
  })
  const [first, second] = [await world.enrolment(of, { name: '王一合' }), await world.enrolment(of, { name: '李二合' })]
  return { instructor, sessionId, classId: of.id, first: first.id, second: second.id }
}
type Of = Awaited<ReturnType<typeof session>>

async function openAs(instructor: Viewer) {
  const page = await openPage({ allow: OFFLINE })
  page.context().setDefaultTimeout(5000)
  await signIn(page, { url: site.url, cookie: await signedIn({ id: instructor.accountId, role: 'instructor' }) })
  return page
}
const urlOf = (of: Of) => site.url + rollPage(academy.code, of.sessionId)
const mark = (page: Page, name: string, to: keyof typeof marks) =>
  page
    .getByRole('group', { name: attendanceWords['zh-CN'].sheet.markOf(name) })
    .getByLabel(marks[to], { exact: true })
    .check()
type Stored = { id: string; act: string; mark: string | null; way: string; at: Date; recordedAt: Date }
const stored = async (of: Of): Promise<Stored[]> => {
  const rows =
    await db.owner`select enrolment_id as id, act, mark, way, at, recorded_at as "recordedAt" from attendance_entry
    where session_id = ${of.sessionId} order by at`
  return rows.map((row) => ({ ...row, at: new Date(row.at), recordedAt: new Date(row.recordedAt) })) as Stored[]
}
const todayUrl = () => `${site.url}/academies/${academy.code}/manage/today`
const isKept = (page: Page) =>
  page.evaluate(async (path) => {
    const registrations = await navigator.serviceWorker.getRegistrations()
    return (await caches.match(path)) !== undefined && registrations.filter(({ active }) => active).length === 3
  }, rollPage(academy.code))
/** The roll, once it will open without a network. */
async function takeAlong(of: Of): Promise<Page> {
  const page = await openAs(of.instructor)
  await page.goto(urlOf(of))
  await expectText(page, '王一合')
  await expect.poll(() => isKept(page), { timeout: 5000 }).toBe(true)
  return page
}
/** What lies on the device, as anybody with the device in hand could read it. */
const lying = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = []
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        texts.push((await (await caches.match(request))?.text()) ?? '')
    const db = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('jxt-roll')
      request.onsuccess = () => done(request.result)
    })
    const all = (store: string) =>
      new Promise<Record<string, unknown>[]>((done) => {
        const request = db.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => done(request.result)
      })
    const [rolls, marks] = [await all('rolls'), await all('marks')]
    db.close()
    for (const { sealed } of rolls as { sealed: { bytes: ArrayBuffer } }[])
      texts.push(new TextDecoder().decode(sealed.bytes))
    return { rolls: rolls.length, marks: marks.length, text: texts.join('\n') + JSON.stringify([rolls, marks]) }
  })

test('who looked at the day’s page calls the roll without a network: in new tabs, with its own times, by a clock that is wrong, sent when it is back', async () => {
  const of = await session()
  const first = await openAs(of.instructor)
  const context = first.context()
  // Ten minutes slow, as a phone is that was never set.
  await context.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() - 600_000
  })
  await first.goto(todayUrl())
  await expectText(first, w.today.kept)
  await expect.poll(() => isKept(first), { timeout: 5000 }).toBe(true)
  await goOut(context)
  await first.close()

  const second = await context.newPage()
  await second.goto(urlOf(of))
  await expectText(second, w.link.offline)
  const from = Date.now()
  await mark(second, '王一合', 'present')
  const code = workerCode({ sessionId: of.sessionId, enrolmentId: of.second })
  const take = async (text: string) => {
    await second.getByLabel(w.scan.code).fill(text)
    await second.getByRole('button', { name: w.scan.take }).click()
  }
  await take(`${site.url}/academies/${academy.code}/manage/sessions/${newId()}/scan?w=${code}`)
  await expectText(second, w.scan.other_session)
  await take('https://example.com/buy')
  await expectText(second, w.scan.notOurs)
  await take(`${site.url}/academies/${academy.code}/manage/sessions/${of.sessionId}/scan?w=${code}`)
  await expectText(second, w.scan.took.in('李二合'))
  await expectText(second, w.link.waiting(2))
  const until = Date.now()
  await second.close()
  expect(await stored(of)).toEqual([])

  const third = await context.newPage()
  await third.goto(todayUrl())
  await third.getByRole('link', { name: '地下车间实操班' }).click()
  await expectText(third, w.link.waiting(2))
  await third.close()
  await comeBack(context)
  // The day's page counts none of them, says so, and leads to where they are sent.
  const fourth = await context.newPage()
  await fourth.goto(todayUrl())
  await expectText(fourth, w.today.waiting(2))
  await fourth.getByRole('status').getByRole('link', { name: w.open }).click()
  await expect.poll(() => stored(of), { timeout: 5000 }).toHaveLength(2)
  await expect.poll(async () => (await lying(fourth)).marks).toBe(0)
  const sent = await stored(of)
  expect(sent.map(({ id, act, mark, way }) => [id, act, mark, way])).toEqual([
    [of.first, 'mark', 'present', 'hand'],
    [of.second, 'in', null, 'scanned'],
  ])
  for (const { at, recordedAt } of sent) {
    expect(at.getTime()).toBeGreaterThan(from - 3000)
    expect(at.getTime()).toBeLessThan(until + 3000)
    expect(recordedAt.getTime()).toBeGreaterThan(at.getTime())
  }
})

test('a mark whose answer was lost on the way is sent again, and is one mark', async () => {
  const of = await session()
  const page = await takeAlong(of)
  const lost: string[] = []
  await page.context().route(/\/manage\/sessions\/[^/]+\/roll$/, async (route) => {
    if (route.request().method() !== 'POST' || lost.length > 0) return route.continue()
    lost.push('an answer')
    await route.fetch()
    await route.abort()
  })
  await mark(page, '王一合', 'absent')
  await expectText(page, w.link.waiting(1))
  await expect.poll(() => stored(of), { timeout: 5000 }).toHaveLength(1)
  await expectText(page, w.link.offline)
  await page.reload()
  await expect.poll(async () => (await lying(page)).marks, { timeout: 5000 }).toBe(0)
  expect(await stored(of)).toHaveLength(1)
})

test('what is refused stays on the phone, with a name and a sentence, until it was read', async () => {
  const of = await session()
  const page = await takeAlong(of)
  await goOut(page.context())
  await mark(page, '王一合', 'absent')
  await expectText(page, w.link.waiting(1))
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${of.first}`
  await comeBack(page.context())
  await expectText(page, w.refused.reasons.gone)
  await page.reload()
  await expectText(page, w.refused.reasons.gone)
  await page.getByRole('button', { name: w.refused.forget }).click()
  await expect.poll(async () => (await lying(page)).marks).toBe(0)
  await expect.poll(() => page.getByRole('main').textContent()).not.toContain(w.refused.reasons.gone)
})

test('a sheet that is closed is only looked at: nothing is scanned or marked, what waits on the phone is sent, or refused with a sentence', async () => {
  const of = await session()
  const page = await takeAlong(of)
  await goOut(page.context())
  await mark(page, '王一合', 'present')
  await expectText(page, w.link.waiting(1))
  await db.owner`insert into attendance_sheet (academy_id, session_id, class_id, closed_at)
    values (${academy.id}, ${of.sessionId}, ${of.classId}, now())`
  await mark(page, '李二合', 'absent')
  await expectText(page, w.link.waiting(2))
  await comeBack(page.context())
  await expectText(page, w.done.closed)
  await expectText(page, w.refused.reasons.closed)
  await expect.poll(() => stored(of), { timeout: 5000 }).toMatchObject([{ id: of.first, mark: 'present' }])
  const isOnlyLookedAt = async () => {
    expect(await page.getByLabel(w.scan.code).count()).toBe(0)
    expect(await page.getByRole('button', { name: w.camera.open }).count()).toBe(0)
    expect(await page.getByLabel(w.hand.reason).count()).toBe(0)
    expect(await page.getByRole('group', { name: attendanceWords['zh-CN'].sheet.markOf('王一合') }).count()).toBe(0)
    await expectText(page, '王一合')
    await expectText(page, w.came(1, 2))
  }
  await isOnlyLookedAt()
  // Without a network, too: the roll lies here as it was last read.
  await goOut(page.context())
  await page.reload()
  await expectText(page, w.done.closed)
  await isOnlyLookedAt()
  await comeBack(page.context())
  await db.owner`update class set starts_on = '2020-01-01', ends_on = '2020-01-02' where id = ${of.classId}`
  await page.reload()
  await expectText(page, w.done.locked)
  await isOnlyLookedAt()
  await page.getByRole('link', { name: w.howToCorrect }).click()
  await page.waitForURL(`${site.url}/academies/${academy.code}/manage/sessions/${of.sessionId}`)
})

test('names lie sealed on the phone; signed out nobody reads them, and a mark that waits is sent by its maker alone', async () => {
  const of = await session()
  const page = await takeAlong(of)
  const context = page.context()
  const before = await lying(page)
  expect([before.rolls, /王一合|李二合|地下车间/.test(before.text)]).toEqual([1, false])
  await context.route(/\/manage\/sessions\/[^/]+\/roll$/, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await mark(page, '王一合', 'present')
  await expectText(page, w.link.waiting(1))
  await page.goto(todayUrl())
  await page.getByRole('button', { name: staffWords['zh-CN'].signOut }).click()
  await page.waitForURL(`${site.url}/`)
  await context.unroute(/\/manage\/sessions\/[^/]+\/roll$/)

  await goOut(context)
  await page.goto(urlOf(of))
  await expectText(page, w.none)
  expect(await page.getByRole('main').textContent()).not.toMatch(/王一合|地下车间/)
  expect(await lying(page)).toMatchObject({ rolls: 0, marks: 1 })
  await comeBack(context)

  const other = await session()
  await signIn(page, { url: site.url, cookie: await signedIn({ id: other.instructor.accountId, role: 'instructor' }) })
  await page.goto(urlOf(other))
  await expectText(page, w.link.nothing)
  expect([(await lying(page)).marks, await stored(of)]).toEqual([1, []])

  await signIn(page, { url: site.url, cookie: await signedIn({ id: of.instructor.accountId, role: 'instructor' }) })
  await page.goto(urlOf(of))
  await expect.poll(() => stored(of), { timeout: 5000 }).toHaveLength(1)
})

test('with a network every page is the server’s: the day’s page and the sheet are never a copy; without one, other pages are none', async () => {
  const of = await session()
  const page = await takeAlong(of)
  await page.goto(todayUrl())
  await expectText(page, '地下车间实操班')
  await db.owner`update class set name = '换了名字的班' where id = ${of.classId}`
  await page.reload()
  await expectText(page, '换了名字的班')
  await page.goto(`${site.url}/academies/${academy.code}/manage/sessions/${of.sessionId}`)
  await expectText(page, '换了名字的班')
  await goOut(page.context())
  await page.reload()
  expect(page.url()).toBe(urlOf(of))
  await expect(page.goto(`${site.url}/academies/${academy.code}/manage/classes`)).rejects.toThrow('net::ERR')
  await expect(page.goto(`${site.url}/courses`)).rejects.toThrow('net::ERR')
})

test('the roll is open to everyone: on a phone, in large type, in the dark, in English', async () => {
  const of = await session()
  for (const preferences of [{}, { theme: 'dark', mode: 'elder', locale: 'en' }]) {
    const page = await openAs(of.instructor)
    await bringAxe(page)
    const value = encodeURIComponent(JSON.stringify({ ...DEFAULT_PREFERENCES, ...preferences }))
    await page.context().addCookies([{ name: PREFERENCES_COOKIE, value, url: site.url }])
    await page.goto(urlOf(of))
    await expectText(page, '王一合')
    expect(await axeFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    // What the phone keeps is in the language and look of its owner, and names nobody.
    await expect.poll(() => isKept(page), { timeout: 5000 }).toBe(true)
    const kept = await page.evaluate(async (path) => (await caches.match(path))?.text(), rollPage(academy.code))
    expect(kept).toContain(`<html lang="${'locale' in preferences ? 'en' : 'zh-CN'}"`)
    expect(kept).not.toContain('何合成')
  }
})

test('the camera in the page reads a worker’s code, without a network too; where there is none, it says so and the digits under the code are typed', async () => {
  const of = await session()
  const code = workerCode({ sessionId: of.sessionId, enrolmentId: of.second })
  const film = qrFilm(`${site.url}/academies/${academy.code}/manage/sessions/${of.sessionId}/scan?w=${code}`)
  const browser = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' })
  const [name = '', value = ''] = (await signedIn({ id: of.instructor.accountId, role: 'instructor' })).split('=', 2)
  await context.addCookies([{ name, value, url: site.url }])
  const page = await context.newPage()
  await page.goto(urlOf(of))
  await expectText(page, '李二合')
  await expect.poll(() => isKept(page), { timeout: 5000 }).toBe(true)
  await goOut(context)
  await page.reload()
  await page.getByRole('button', { name: w.camera.open }).click()
  await expectText(page, w.scan.took.in('李二合'))
  await comeBack(context)
  await expect.poll(() => stored(of), { timeout: 5000 }).toMatchObject([{ id: of.second, act: 'in', way: 'scanned' }])
  // Closed, it lets the camera go.
  await page.getByRole('button', { name: w.camera.close }).click()
  await expect.poll(() => page.locator('video').count()).toBe(0)

  const blind = await openAs(of.instructor)
  await blind.goto(urlOf(of))
  await blind.getByRole('button', { name: w.camera.open }).click()
  await expectText(blind, w.camera.missing.slice(0, 5))
  await blind.getByLabel(w.scan.code).fill(inFours(workerDigits({ sessionId: of.sessionId, enrolmentId: of.first })))
  await blind.getByRole('button', { name: w.scan.take }).click()
  await expect
    .poll(async () => (await stored(of)).map(({ id }) => id), { timeout: 5000 })
    .toEqual([of.second, of.first])
  await expectText(blind, w.scan.took.in('王一合'))
})

/** A film of a code, still and grey, as Chromium takes it for a camera (YUV4MPEG2). */
function qrFilm(text: string): string {
  const [width, height, module] = [640, 480, 6]
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const luma = Buffer.alloc(width * height, 200)
  const [left, top] = [Math.floor((width - size * module) / 2), Math.floor((height - size * module) / 2)]
  for (let y = 0; y < size * module; y++)
    for (let x = 0; x < size * module; x++)
      luma[(top + y) * width + left + x] = data[Math.floor(y / module)]![Math.floor(x / module)] ? 30 : 230
  const frame = [Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]
  const path = join(temporaryFolder('film'), 'code.y4m')
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), ...frame, ...frame]),
  )
  return path
}

test('whoever signs in on a phone opens nothing that somebody kept on it before', async () => {
  await staffAccount({ role: 'instructor', login: 'next-instructor', academyId: academy.id })
  const body = new URLSearchParams({ name: 'next-instructor', password: PASSWORD })
  const headers = { origin: site.url, cookie: `jxt_device=AAAAAAAA.${'A'.repeat(43)}` }
  const response = await fetch(`${site.url}/sign-in`, { method: 'POST', redirect: 'manual', body, headers })
  expect(response.headers.getSetCookie().find((one) => one.startsWith('jxt_device='))).toMatch(
    /^jxt_device=; .*Max-Age=0;/,
  )
})

test('the camera is this page’s alone', async () => {
  const cameraOf = async (path: string) =>
    /camera=\(.*?\)/.exec((await fetch(site.url + path)).headers.get('Permissions-Policy') ?? '')?.[0]
  expect(await cameraOf(rollPage(academy.code))).toBe('camera=(self)')
  for (const path of ['/', `/academies/${academy.code}`, '/learn/check-in'])
    expect(await cameraOf(path)).toBe('camera=()')
})

test('a lesson loads nothing of the roll', async () => {
  const folder = 'build/pages/client/assets'
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const own = files.filter((name) => readFileSync(`${folder}/${name}`, 'utf8').includes('jxt-roll'))
  expect(own.length).toBeGreaterThan(0)
  const html = await (await fetch(`${site.url}/courses/electrical-safety/how-shock-happens`)).text()
  expect(own.filter((name) => html.includes(name))).toEqual([])
})
