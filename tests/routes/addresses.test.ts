import { beforeAll, expect, test } from 'vitest'
import { openPage } from '#tests/support/chromium.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, startSite } from '#tests/support/site.ts'

const LESSON = '/courses/electrical-safety/how-shock-happens'
let site: Site

beforeAll(async () => {
  site = await startSite(await freshDatabase({ holds: 'content' }))
})

const open = async (path: string) => {
  const response = await fetch(site.url + path)
  return { status: response.status, text: await response.text() }
}

test('an address with another case, a slash at its end or escaped letters opens the same page', async () => {
  for (const path of [
    LESSON,
    `${LESSON}/`,
    LESSON.replace('courses', 'Courses'),
    LESSON.replace('safety', 's%61fety'),
  ]) {
    const { status, text } = await open(path)
    expect(status, path).toBe(200)
    expect(text, path).toContain('<h1>')
  }
})

test('a page that does not exist is a 404 with the page that says so, and so is its data', async () => {
  for (const path of ['/nowhere', '/courses/none/at-all', '/nowhere.data', '/courses/none/at-all.data'])
    expect((await open(path)).status, path).toBe(404)
})

test('data comes for the page of its address, the first one’s too', async () => {
  for (const path of ['/_root.data', '/courses.data', `${LESSON}.data`])
    expect((await open(path)).status, path).toBe(200)
})

/** A piece of the lesson's own text. */
const sentence = (html: string): string => /<article.*?<p>([^<]{20,40})/s.exec(html)![1]!

test('the text of a lesson stands once in its document, and comes with the data of a navigation', async () => {
  const { text } = await open(LESSON)
  const found = sentence(text)
  expect(text.split(found)).toHaveLength(2)
  expect((await open(`${LESSON}.data`)).text).toContain(found)
})

test('a lesson keeps its text when JavaScript takes over, and when one comes back to it', async () => {
  const page = await openPage()
  await page.goto(site.url + LESSON)
  await page.waitForFunction(() => '__remixRouter' in window)
  const text = await page.locator('article').textContent()
  expect(text?.length).toBeGreaterThan(600)
  await page.locator('nav a[href^="/courses/electrical-safety/"]').last().click()
  await page.waitForURL((url) => url.pathname !== LESSON)
  await expect.poll(() => page.locator('article').textContent()).not.toBe(text)
  expect((await page.locator('article').textContent())?.length).toBeGreaterThan(600)
  await page.goBack()
  await page.waitForURL(`**${LESSON}`)
  await expect.poll(() => page.locator('article').textContent()).toBe(text)
})

test('a document by the short way is the one that Remix itself would make', async () => {
  const asSent = (text: string) => text.replace(/nonce="[^"]*"|data-request="[^"]*"|\?index\b/g, '')
  for (const path of ['/', '/courses', LESSON, '/sign-in', '/academies']) {
    const [short, own] = [await open(path), await open(`${path}?index`)]
    expect(short.status, path).toBe(200)
    expect(asSent(short.text), path).toBe(asSent(own.text))
  }
})
