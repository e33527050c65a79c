import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount, type NewAccount } from '#app/features/accounts/create.server.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { words as accountWords } from '#app/features/accounts/words.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, startSite } from '#tests/support/site.ts'

export const PASSWORD = 'synthetic-password-1'
const account = accountWords['zh-CN']

/** The product with its demo, as a first start leaves it. For `beforeAll`. */
export async function demoSite(): Promise<{ db: TestDatabase; site: Site }> {
  const db = await freshDatabase({ holds: 'demo' })
  return { db, site: await startSite(db) }
}

/** An account of staff with the password {@link PASSWORD}. */
export async function staffAccount(given: Pick<NewAccount, 'role' | 'login' | 'academyId' | 'unionId'>): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await as(system('setup'), (tx) =>
    createAccount(tx, { displayName: '何合成', passwordHash, now: new Date(), ...given }),
  )
}

/** Signs in by the form, as a person does. */
export async function signInByForm(page: Page, { url }: Site, login: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel(account.signIn.name).fill(login)
  await page.getByLabel(account.signIn.password, { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: account.signIn.submit }).click()
  await page.waitForURL((address) => address.pathname !== '/sign-in')
}

type Question = { id: string; prompt: string; answer: string[]; why: string; options: { id: string }[] }

/** The quiz of a lesson as its author wrote it, answers and all. */
export function quizOf(course: string, lesson: string): Question[] {
  const folder = `content/courses/${course}`
  const file = readdirSync(folder).find((name) => name.endsWith(`-${lesson}.quiz.yaml`))
  return (parse(readFileSync(`${folder}/${file}`, 'utf8')) as { questions: Question[] }).questions
}

/** Ticks the right answers, or in every question one that is wrong. */
export async function answer(page: Page, questions: readonly Question[], how: 'right' | 'wrong'): Promise<void> {
  for (const { id, answer, options } of questions) {
    const wrong = options.filter((option) => !answer.includes(option.id)).slice(0, 1)
    const ids = how === 'right' ? answer : wrong.map((option) => option.id)
    for (const option of ids) await page.locator(`input[name="q-${id}"][value="${option}"]`).check()
  }
}

/** How many forms the page posts while the test runs. */
export function countPosts(page: Page): () => number {
  let posts = 0
  const count = (request: { method: () => string }) => {
    if (request.method() === 'POST') posts += 1
  }
  page.on('request', count)
  onTestFinished(() => {
    page.off('request', count)
  })
  return () => posts
}

/** What the page says, as a person reads it. */
export const expectText = (page: Page, text: string) =>
  expect.poll(() => page.getByRole('main').textContent(), { timeout: 5000 }).toContain(text)
