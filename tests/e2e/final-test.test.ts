import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { fieldOf, type Question } from '#app/features/courses/question.ts'
import { words } from '#app/features/courses/test-words.ts'
import { words as courseWords } from '#app/features/courses/words.ts'
import { openPage, type PageOptions, signIn } from '#tests/support/chromium.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, finishLessons } from '#tests/support/final-test.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { expectText } from './support.ts'

const COURSE = 'electrical-safety'
const PATH = `/courses/${COURSE}/test`
const w = words['zh-CN']

let database: TestDatabase
let site: Site
let accountId: string

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  site = await startSite(database)
})

/** The page of a new worker who has done every lesson and has just begun the test. */
async function begunPage(options: PageOptions = {}) {
  const page = await openPage(options)
  accountId = (await trainingWorld(database).worker()).accountId
  await finishLessons(database, accountId, COURSE)
  await signIn(page, { url: site.url, cookie: await signedIn({ id: accountId, role: 'worker' }) })
  await page.goto(site.url + PATH)
  await page.getByRole('button', { name: w.start }).click()
  await expectText(page, w.answered(0, 24))
  const { paper, right } = await attemptOf(database, accountId, COURSE)
  const questions = paper.map(({ question }) => question)
  return { page, questions, right }
}

async function give(page: Page, { id, kind }: Question, given: readonly string[] = []) {
  const fields = page.locator(`[name="${fieldOf(id)}"]`)
  for (const [place, value] of given.entries()) {
    if (kind === 'numeric' || kind === 'fill_in') await fields.fill(value)
    else if (kind === 'ordering' || kind === 'matching') await fields.nth(place).selectOption(value)
    else await page.locator(`[name="${fieldOf(id)}"][value="${value}"]`).check()
  }
}

const savedAnswers = async () => {
  const [row] = await database.owner`
    select answers from final_test_attempt where account_id = ${accountId} order by number desc limit 1`
  return row?.answers as Record<string, string[]>
}
const status = (page: Page) => page.getByRole('status')
const OFFLINE = { allow: [/ERR_INTERNET_DISCONNECTED/, /422/] }

test('each answer is saved as it is given; out of reach it is kept, also by a page that is closed, and saved later', async () => {
  const { page, questions, right } = await begunPage(OFFLINE)
  const answerTo = (place: number, on = page) => give(on, questions[place]!, right[questions[place]!.id])
  const savedTo = async (place: number) => (await savedAnswers())[questions[place]!.id]
  for (const place of [0, 1]) await answerTo(place)
  await expectText(page, `${w.answered(2, 24)} · ${w.state.saved}`)
  expect([await savedTo(0), await savedTo(1)]).toEqual([right[questions[0]!.id], right[questions[1]!.id]])

  const context = page.context()
  await context.setOffline(true)
  await answerTo(2)
  await expect.poll(() => status(page).textContent()).toContain(w.trouble.offline)
  await context.setOffline(false)
  await expectText(page, `${w.answered(3, 24)} · ${w.state.saved}`)
  expect(await savedTo(2)).toEqual(right[questions[2]!.id])

  await context.setOffline(true)
  await answerTo(3)
  await page.close()
  await context.setOffline(false)
  expect(await savedTo(3)).toBeUndefined()
  const again = await context.newPage()
  await again.goto(site.url + PATH)
  await expectText(again, `${w.answered(4, 24)} · ${w.state.saved}`)
  expect(await savedTo(3)).toEqual(right[questions[3]!.id])

  await again.getByRole('button', { name: w.handIn, exact: true }).click()
  await expectText(again, w.openTitle(20))
  for (const place of questions.keys()) if (place > 3) await answerTo(place, again)
  await expectText(again, `${w.answered(24, 24)} · ${w.state.saved}`)
  await again.getByRole('button', { name: w.handInOpen }).click()
  await expectText(again, w.isPassed(24, 24))
  await again.getByRole('main').getByRole('link', { name: w.toCourse }).click()
  await expectText(again, courseWords['zh-CN'].allDone)
})

test('what was answered before the script came is saved too; when time runs out in front of its worker the page hands in', async () => {
  const { page, questions, right } = await begunPage({ allow: [/409/] })
  const choice = questions.find(({ kind }) => kind === 'single')!
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/*.js', async (route) => {
    await isReleased
    await route.continue()
  })
  await page.clock.install()
  await page.goto(site.url + PATH, { waitUntil: 'commit' })
  await give(page, choice, right[choice.id])
  release()
  await expectText(page, `${w.answered(1, 24)} · ${w.state.saved}`)
  expect(await savedAnswers()).toEqual({ [choice.id]: right[choice.id] })

  await page.clock.fastForward('25:30')
  await expect.poll(() => page.getByRole('timer').textContent()).toContain(w.remaining('4:'))
  await database.owner`update final_test_attempt set deadline_at = now() where account_id = ${accountId}`
  await page.clock.fastForward('04:30')
  await expectText(page, w.isFailed(1, 24))
  await expectText(page, w.timeOver)
  await expect.poll(() => page.getByRole('button', { name: w.again }).isVisible()).toBe(true)
})
