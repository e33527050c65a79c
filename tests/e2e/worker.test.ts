import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { words as accountWords } from '#app/features/accounts/words.ts'
import { codeWords } from '#app/features/attendance/code-words.ts'
import { screenCode } from '#app/features/attendance/codes.server.ts'
import { locationWords } from '#app/features/attendance/location-words.ts'
import { lessonWords } from '#app/features/courses/lesson-words.ts'
import { ownWords } from '#app/features/courses/own-words.ts'
import { words as courseWords } from '#app/features/courses/words.ts'
import { materialWords } from '#app/features/materials/words.ts'
import { requirementWords } from '#app/features/training/requirement-words.ts'
import { bookSeat } from '#app/features/training/seats.server.ts'
import { words as trainingWords } from '#app/features/training/words.ts'
import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { words as uiWords } from '#app/ui/words.ts'
import { classRequirement, classSession } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { openPage, type PageOptions, signIn } from '#tests/support/chromium.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { photograph } from '#tests/support/documents.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { giveTime } from '#tests/support/study.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { answer, countPosts, expectText, PASSWORD, quizOf, signInByForm } from './support.ts'

const COURSE = 'electrical-safety'
const LESSON = `/courses/${COURSE}/how-shock-happens`
const quiz = quizOf(COURSE, 'how-shock-happens')
const { register, signIn: signingIn } = accountWords['zh-CN']
const learn = courseWords['zh-CN']
const training = trainingWords['zh-CN']
const own = { ...ownWords['zh-CN'], ...lessonWords['zh-CN'] }

/** How Remix brings a page up to date. */
type WithRouter = { __remixRouter: { revalidate(): void; state: { revalidation: string } } }

let database: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: { id: string; code: string; name: string }
let soon: { startsOn: string; endsOn: string; enrolOpensAt: null; enrolClosesAt: null }

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  world = trainingWorld(database)
  academy = await world.academy()
  const startsOn = addDays(shanghaiDate(new Date()), 10)
  soon = { startsOn, endsOn: addDays(startsOn, 1), enrolOpensAt: null, enrolClosesAt: null }
  site = await startSite(database)
})

let serial = 910_000
const PHONE_START = 13_900_000_000

/** Fills in the registration of somebody new and sends it. @returns the phone number, which is the login. */
async function registerAs(page: Page, given: { passwordAgain?: string } = {}): Promise<string> {
  serial += 1
  const phone = String(PHONE_START + serial)
  await page.getByLabel(register.name, { exact: true }).fill('张合成')
  await page.getByLabel(register.document, { exact: true }).fill(syntheticDocument(serial))
  await page.getByLabel(register.phone, { exact: true }).fill(phone)
  await page.getByLabel(register.password, { exact: true }).fill(PASSWORD)
  await page.getByLabel(register.passwordAgain, { exact: true }).fill(given.passwordAgain ?? PASSWORD)
  await page.getByLabel(register.consent).check()
  await page.getByRole('button', { name: register.submit }).click()
  return phone
}

test('a worker registers, is told at the field what is wrong with nothing typed lost, and signs in', async () => {
  const page = await openPage({ allow: [/400/] })
  await page.goto(`${site.url}/sign-in`)
  await page.getByRole('link', { name: signingIn.register }).click()
  await page.waitForURL('**/register')
  await registerAs(page, { passwordAgain: 'another-password-2' })
  const again = page.getByLabel(register.passwordAgain, { exact: true })
  await expect.poll(() => again.getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel(register.name, { exact: true }).inputValue()).toBe('张合成')
  // Its link leads there, and the error stays to be read.
  await page.locator('.error-summary').getByRole('link').click()
  await expect.poll(() => again.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await page.locator('.error-summary').count()).toBe(1)
  const phone = await registerAs(page)
  await page.waitForURL('**/sign-in?registered')
  await expectText(page, signingIn.registeredTitle)
  await page.getByLabel(signingIn.name).fill(phone)
  await page.getByLabel(signingIn.password, { exact: true }).fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: signingIn.submit }).click()
  await page.waitForURL('**/learn')
  await expectText(page, learn.hello('张合成'))
})

/** A page of a worker who is signed in: a new one, or the one given. */
async function workersPage(options: PageOptions = {}, worker?: Viewer): Promise<Page> {
  const page = await openPage(options)
  const { accountId } = worker ?? (await world.worker())
  await giveTime(database, accountId, COURSE)
  await signIn(page, { url: site.url, cookie: await signedIn({ id: accountId, role: 'worker' }) })
  return page
}

test('a worker reads a lesson, fails its quiz, sees why, tries again and goes on to the next lesson', async () => {
  const page = await workersPage()
  await page.goto(`${site.url}/learn`)
  await page.getByRole('link', { name: learn.seeCourses }).click()
  await page.locator(`a[href="/courses/${COURSE}"]`).click()
  await page.getByRole('link', { name: learn.start }).click()
  await expect.poll(() => page.locator('.prose figure img').first().isVisible()).toBe(true)
  expect(await page.getByRole('main').textContent()).not.toContain(quiz[0]?.why)

  await answer(page, quiz, 'wrong')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, learn.failed(0, quiz.length))
  for (const question of quiz) await expectText(page, question.why)
  await page.getByRole('link', { name: learn.again }).click()
  await page.getByRole('button', { name: learn.submit }).waitFor()

  await answer(page, quiz, 'right')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, learn.passed(quiz.length, quiz.length))
  await page
    .getByRole('main')
    .getByRole('link', { name: learn.continueWith(2) })
    .click()
  await page.waitForURL('**/licence-permit-gear')
  await page.goto(`${site.url}/learn`)
  await expectText(page, learn.fraction(1, 5))
})

test('what was ticked stays ticked when the page brings itself up to date', async () => {
  const page = await workersPage()
  await page.goto(site.url + LESSON)
  const box = page.locator('.quiz input[type=radio]').first()
  await box.check()
  const data = page.waitForResponse((response) => response.url().includes(`${LESSON}.data`))
  await page.evaluate(() => (window as unknown as WithRouter).__remixRouter.revalidate())
  await data
  await page.waitForFunction(() => (window as unknown as WithRouter).__remixRouter.state.revalidation === 'idle')
  expect(await box.isChecked()).toBe(true)
})

test('a worker books a practical class with a double click that posts once, finds it under 培训班, and withdraws', async () => {
  const held = await world.classOf(academy, { ...soon, name: '低压电工实操班（一）' })
  const page = await workersPage()
  await page.goto(`${site.url}/classes`)
  await page.getByRole('link', { name: held.name }).click()
  await expectText(page, training.state.open(30))
  const posts = countPosts(page)
  await page.getByRole('button', { name: training.own.enrol, exact: true }).dblclick()
  await expectText(page, training.own.enrolled)
  expect(posts()).toBe(1)

  await page.goto(`${site.url}/learn`)
  await page.locator('nav.tabs').getByRole('link', { name: training.classes }).click()
  await page.waitForURL('**/learn/classes')
  await page.getByRole('link', { name: held.name }).click()
  await page.getByRole('link', { name: training.own.leave }).click()
  await expectText(page, training.own.leaveText)
  await page.getByRole('button', { name: training.own.leaveYes }).click()
  await expectText(page, training.own.withdrawn)
  await expectText(page, training.state.open(30))
})

test('a worker sees on the phone what the class needs, is told of a file that is no picture, and hands in', async () => {
  const held = await world.classOf(academy, { ...soon, name: '低压电工实操班（四）' })
  const of = { academyId: academy.id, classId: held.id }
  await world.db.insert(classRequirement).values([
    { ...of, id: newId(), kind: 'photo' },
    { ...of, id: newId(), kind: 'work_years' },
  ])
  const worker = await world.worker()
  await bookSeat(worker, { academyCode: academy.code, classId: held.id, now: new Date() })
  const { own, standings, faults } = materialWords['zh-CN']
  const { kinds } = requirementWords['zh-CN']
  const page = await workersPage({ allow: [/400/] }, worker)
  await page.goto(`${site.url}/academies/${academy.code}/classes/${held.id}`)
  await expectText(page, own.lacking(2))
  await page.getByRole('link', { name: own.open }).click()
  const photo = page.locator('section', { hasText: kinds.photo })
  const send = async (name: string, buffer: Buffer) => {
    await photo.getByLabel(own.choose.photo).setInputFiles({ name, mimeType: 'image/jpeg', buffer })
    await photo.getByRole('button', { name: own.send(kinds.photo) }).click()
  }
  await send('IMG_1.jpg', Buffer.from('<svg onload="alert(1)"/>'))
  await expectText(page, faults.unknown_kind)
  await send('IMG_2.jpg', photograph())
  await expectText(page, own.saved(kinds.photo))
  await expectText(page, standings.handed_in)
  await page.getByRole('link', { name: own.back }).click()
  await expectText(page, own.lacking(1))
})

test('whoever comes a moment late to the last seat reads in a plain sentence that it is gone, however far down the page', async () => {
  const held = await world.classOf(academy, { ...soon, name: '低压电工实操班（二）', capacity: 1 })
  const page = await workersPage({ allow: [/409/] })
  await page.goto(`${site.url}/academies/${academy.code}/classes/${held.id}`)
  const other = await world.worker()
  const taken = await bookSeat(other, { academyCode: academy.code, classId: held.id, now: new Date() })
  expect(taken?.ok).toBe(true)
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await page.getByRole('button', { name: training.own.enrol, exact: true }).click()
  await expectText(page, training.refusals.full)
  const top = () => page.getByRole('alert').evaluate((alert) => alert.getBoundingClientRect().top)
  await expect.poll(top).toBeGreaterThanOrEqual(0)
  await expectText(page, training.state.full)
  expect(await page.getByRole('button', { name: training.own.enrol, exact: true }).count()).toBe(0)
})

test('without JavaScript: registers, fails and passes a quiz, books and withdraws', async () => {
  const held = await world.classOf(academy, { ...soon, name: '低压电工实操班（三）' })
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(`${site.url}/register`)
  await signInByForm(page, site, await registerAs(page))
  await page.goto(`${site.url}/courses/${COURSE}/how-shock-happens`)
  await answer(page, quiz, 'wrong')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, quiz[0]?.why ?? '')
  await page.getByRole('link', { name: learn.again }).click()
  await answer(page, quiz, 'right')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, learn.passed(quiz.length, quiz.length))

  await page.goto(`${site.url}/academies/${academy.code}/classes/${held.id}`)
  await page.getByRole('button', { name: training.own.enrol, exact: true }).click()
  await expectText(page, training.own.enrolled)
  await page.getByRole('link', { name: training.own.leave }).click()
  await page.getByRole('button', { name: training.own.leaveYes }).click()
  await expectText(page, training.own.withdrawn)
})

const readTo = (page: Page, piece: number) =>
  page.evaluate((at) => document.querySelectorAll('article > .prose > *')[at]?.scrollIntoView(), piece)

const topPiece = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('article > .prose > *')].findIndex((one) => one.getBoundingClientRect().bottom > 64),
  )

test('a lesson opens where the worker stopped, on another phone too, and one tap leads to its top', async () => {
  const worker = await world.worker()
  const page = await workersPage({}, worker)
  await page.goto(site.url + LESSON, { waitUntil: 'networkidle' })
  await readTo(page, 9)
  await page.goto(site.url)
  await expect.poll(() => database.owner`select place from lesson_mark`).toMatchObject([{ place: 9 }])

  const other = await workersPage({}, worker)
  await other.goto(site.url + LESSON)
  await other.getByText(own.resumed).waitFor()
  expect(await topPiece(other)).toBe(9)
  await other.getByRole('button', { name: own.fromTop }).click()
  await expect.poll(() => other.evaluate(() => window.scrollY)).toBe(0)
  await other.goto(site.url)
  await other.goto(`${site.url}${LESSON}#quiz`, { waitUntil: 'networkidle' })
  expect(await other.getByText(own.resumed).count()).toBe(0)
})

test('a visitor’s place is kept in the browser alone', async () => {
  const page = await openPage()
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  await page.goto(site.url + LESSON, { waitUntil: 'networkidle' })
  await readTo(page, 6)
  await page.goto(site.url)
  await page.goto(site.url + LESSON)
  await page.getByText(own.resumed).waitFor()
  expect(await topPiece(page)).toBe(6)
  expect(posts).toEqual([])
})

test('without JavaScript: a bookmark is put, a note written, and one that is too long comes back whole', async () => {
  const page = await workersPage({ javaScriptEnabled: false, allow: [/400/] })
  await page.goto(site.url + LESSON)
  await page.getByRole('button', { name: own.bookmark }).click()
  await page.getByRole('button', { name: own.unbookmark }).waitFor()
  await page.getByRole('link', { name: own.notes }).click()
  const field = page.getByLabel(own.newNote)
  await field.fill('长'.repeat(2001))
  await page.getByRole('button', { name: own.save, exact: true }).click()
  await expectText(page, own.refusals.long)
  expect(await field.inputValue()).toBe('长'.repeat(2001))
  await field.fill('<img src=x onerror=alert(1)>\n第二行')
  await page.getByRole('button', { name: own.save, exact: true }).click()
  await expectText(page, own.saved)
  expect(await page.locator('.written').textContent()).toBe('<img src=x onerror=alert(1)>\n第二行')
  await page.goto(`${site.url}/learn/notes`)
  await expectText(page, own.bookmarked)
  await expectText(page, '第二行')
})

test('a note that could not be sent is still there when the page opens again, and gone from the form once it is saved', async () => {
  const page = await workersPage({ allow: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/] })
  await page.goto(`${site.url}${LESSON}/notes`, { waitUntil: 'networkidle' })
  await page.getByLabel(own.newNote).fill('信号不好时写的')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: own.save, exact: true }).click()
  await page.getByText(uiWords['zh-CN'].error.offline.title).waitFor()
  await page.context().setOffline(false)
  await page.reload()
  await expect.poll(() => page.getByLabel(own.newNote).inputValue()).toBe('信号不好时写的')
  await page.getByRole('button', { name: own.save, exact: true }).click()
  await expectText(page, own.saved)
  expect(await page.getByLabel(own.newNote).inputValue()).toBe('')
  await page.reload({ waitUntil: 'networkidle' })
  expect(await page.getByLabel(own.newNote).inputValue()).toBe('')
})

test('a class that asks gets a worker’s rough position on the worker’s own tap alone; a phone that gives none checks in as well', async () => {
  const head = await world.staff('academy_admin', academy)
  const { position, check } = { position: locationWords['zh-CN'], check: codeWords['zh-CN'].own }
  const today = shanghaiDate(new Date())
  const held = await world.classOf(academy, { name: '附位置的班', startsOn: today, endsOn: today })
  const sessionId = newId()
  const startsAt = new Date(Date.now() - 60_000)
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), hours: 2, kind: 'practical' }
  await world.db.insert(classSession).values({ academyId: academy.id, classId: held.id, id: sessionId, ...times })
  const code = () => screenCode({ sessionId, act: 'in' }, new Date()).code
  const scan = async (options: PageOptions, name: string) => {
    const worker = await world.worker()
    await world.enrolment(held, { accountId: worker.accountId, name })
    const page = await openPage(options)
    await signIn(page, { url: site.url, cookie: await signedIn({ id: worker.accountId, role: 'worker' }) })
    const answer = await page.goto(`${site.url}/learn/check-in?c=${code()}`)
    return { page, policy: answer?.headers()['permissions-policy'] ?? '' }
  }
  const before = await scan({}, '甲合成')
  expect(before.policy).toContain('geolocation=()')
  await expectText(before.page, check.scanned)
  expect(await before.page.getByRole('button', { name: position.ask.button }).count()).toBe(0)

  const desk = await openPage({ viewport: { width: 1280, height: 800 } })
  await signIn(desk, { url: site.url, cookie: await signedIn({ id: head.accountId, role: 'academy_admin' }) })
  const manage = `${site.url}/academies/${academy.code}/manage`
  await desk.goto(`${manage}/classes/${held.id}/attendance`)
  await desk.getByText(position.setting.title).click()
  await desk.getByRole('button', { name: position.setting.turnOn }).click()
  await expectText(desk, position.setting.on)

  const given = { geolocation: { latitude: 23.128861, longitude: 113.264434 }, permissions: ['geolocation'] }
  const giving = await scan(given, '乙合成')
  expect(giving.policy).toContain('geolocation=(self)')
  await giving.page.getByRole('button', { name: position.ask.button }).click()
  await expectText(giving.page, position.ask.taken)
  const refusing = await scan({ permissions: [] }, '丙合成')
  await refusing.page.getByRole('button', { name: position.ask.button }).click()
  await expectText(refusing.page, position.ask.failed)
  for (const { page } of [giving, refusing]) {
    await page.getByRole('button', { name: check.checkIn, exact: true }).click()
    await expectText(page, check.done.in)
  }
  await desk.goto(`${manage}/sessions/${sessionId}`)
  const line = position.at('in', 23.129, 113.264, 100)
  await expect.poll(() => desk.getByRole('row', { name: '乙合成' }).textContent()).toContain(line)
  expect(await desk.getByText(line).count()).toBe(1)
})
