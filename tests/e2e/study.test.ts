import { once } from 'node:events'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Page, Response } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { studyWords } from '#app/features/courses/study-words.ts'
import { words as courseWords } from '#app/features/courses/words.ts'
import { openPage, type PageOptions, signIn } from '#tests/support/chromium.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { giveTime } from '#tests/support/study.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { answer, expectText, quizOf } from './support.ts'

const COURSE = 'electrical-safety'
const [FIRST, SECOND] = ['how-shock-happens', 'licence-permit-gear']
const BUDGET = 4096
const { trouble, missing, missingTime, noScript } = studyWords['zh-CN']
const learn = courseWords['zh-CN']
const quiz = quizOf(COURSE, FIRST)

let database: TestDatabase
let site: Site
let accountId: string

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  site = await startSite(database)
})

const urlOf = (lesson: string) => `${site.url}/courses/${COURSE}/${lesson}`

/** A lesson's page of a new worker. `clock`: the browser's goes only as the test moves it. */
async function lessonPage(options: PageOptions & { clock?: boolean } = {}): Promise<Page> {
  const page = await openPage(options)
  accountId = (await trainingWorld(database).worker()).accountId
  await signIn(page, { url: site.url, cookie: await signedIn({ id: accountId, role: 'worker' }) })
  if (options.clock) await page.clock.install()
  await page.goto(urlOf(FIRST))
  return page
}

const timeOf = async (lesson = FIRST) => {
  const [row] = await database.owner`
    select active_ms, by_form_ms from lesson_time where account_id = ${accountId} and lesson_slug = ${lesson}`
  return { active: Number(row?.active_ms ?? 0), byForm: Number(row?.by_form_ms ?? 0) }
}
const beatOf = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/learn/heartbeats'))

/** Moves a page's own clock on until it has told a heartbeat; also until React has taken over the page. */
async function runToBeat(page: Page) {
  const told: Response[] = []
  void beatOf(page).then((response) => told.push(response))
  await expect
    .poll(async () => {
      await page.clock.runFor(1000)
      return told.length
    })
    .toBe(1)
  return told[0]!
}
const notice = (page: Page) => page.locator('.livenote')

test('what a browser loads for heartbeats weighs less than 4 KB', async () => {
  const bundled = await build({
    entryPoints: ['app/features/courses/study.ts'],
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'chrome87' },
  })
  expect(brotliCompressSync(bundled.outputFiles[0]!.contents).length).toBeLessThan(BUDGET)
})

test('a second page makes the first one say that it does not count, until it is used again', async () => {
  const page = await lessonPage({ clock: true })
  await runToBeat(page)
  const other = await page.context().newPage()
  await other.goto(urlOf(SECOND))
  await beatOf(other)
  await runToBeat(page)
  await expect.poll(() => notice(page).textContent()).toBe(trouble.elsewhere())
  expect(await notice(other).textContent()).toBe('')
  await page.mouse.wheel(0, 300)
  await expect.poll(() => notice(page).textContent()).toBe('')
})

test('without a signal of the reader time stands still and says so; a touch goes on', async () => {
  const page = await lessonPage({ clock: true })
  await runToBeat(page)
  await page.clock.runFor(181_000)
  await expect.poll(() => notice(page).textContent()).toBe(trouble.idle())
  await page.mouse.wheel(0, 300)
  await expect.poll(() => notice(page).textContent()).toBe('')
})

test('out of reach, heartbeats are kept and told when the connection is back, by the next page too', async () => {
  const page = await lessonPage({ clock: true, allow: [/ERR_INTERNET_DISCONNECTED/] })
  await runToBeat(page)
  await page.context().setOffline(true)
  await page.clock.runFor(11_000)
  await expect.poll(() => notice(page).textContent()).toBe(trouble.offline({ lateMinutes: 30, fullSpeed: 1.5 }))
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('jxt-study')).length)
  await expect.poll(kept).toBe(1)
  await page.context().setOffline(false)
  await page.goto(urlOf(SECOND))
  expect((await runToBeat(page)).status()).toBe(200)
  await expect.poll(kept).toBe(0)
})

test('a passed quiz says how much time is missing; what is read until the page is left and the server stops finishes the lesson', async () => {
  const page = await lessonPage()
  await answer(page, quiz, 'right')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, missing)
  await expectText(page, missingTime(7))
  await giveTime(database, accountId, COURSE)
  const before = (await timeOf()).active
  await page.waitForTimeout(1500)
  await page.goto(`${site.url}/courses`)
  site.process.kill('SIGTERM')
  await once(site.process, 'exit')
  site = await startSite(database)
  expect((await timeOf()).active).toBeGreaterThan(before + 1000)
  const [row] = await database.owner`select done_at from lesson_progress where account_id = ${accountId}`
  expect(row?.done_at).not.toBeNull()
})

test('without JavaScript the time from opening to sending counts, and the page says so', async () => {
  const page = await lessonPage({ javaScriptEnabled: false })
  await expectText(page, noScript(14))
  await answer(page, quiz, 'right')
  await page.getByRole('button', { name: learn.submit }).click()
  await expectText(page, missing)
  const { active, byForm } = await timeOf()
  expect(byForm).toBeGreaterThan(0)
  expect(active).toBe(byForm)
})
