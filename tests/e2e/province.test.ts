import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { behindWords } from '#app/features/figures/behind-words.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { DEMO_PASSWORD } from '#app/features/ops/demo/accounts.ts'
import { PREFERENCES_COOKIE } from '#app/lib/preferences.ts'
import { DESK, openPage } from '#tests/support/chromium.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import type { Site } from '#tests/support/site.ts'
import { demoSite, expectText, signInByForm } from './support.ts'

const overview = overviewWords['zh-CN']
const { behind, figures } = behindWords['zh-CN']
const MASKED_DOCUMENT = /^\d{3}\*{11}\d{3}[\dX]$/
const MASKED_NAME = /^\p{Script=Han}{1,2}\*+\p{Script=Han}?$/u

let db: TestDatabase
let site: Site

beforeAll(async () => {
  ;({ db, site } = await demoSite())
})

async function at(login: string, options: Parameters<typeof openPage>[0] = {}): Promise<Page> {
  const page = await openPage({ viewport: DESK, ...options })
  await signInByForm(page, site, login, DEMO_PASSWORD)
  return page
}

const academiesShown = (page: Page) => page.locator('tbody th[scope="row"] a').allTextContents()
const search = (page: Page) => new URL(page.url()).searchParams

/** Numbers of a column of the overview, top to bottom. */
const column = async (page: Page, figure: string) =>
  (await page.locator(`td a[href*="/figures/${figure}?"]`).allTextContents()).map((text) =>
    Number(text.replace(/[,%]/g, '').replace('−', '-')),
  )

test('the province sees every academy; year, order and filters are in the address, and survive being sent on', async () => {
  const page = await at('province')
  expect(new URL(page.url()).pathname).toBe('/province')
  expect(await academiesShown(page)).toHaveLength(6)

  await page.getByRole('link', { name: '2025', exact: true }).click()
  await page.waitForURL('**/province?*year=2025*')
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('2025')

  await page.locator('thead a[href*="sort=trained"]').click()
  await page.waitForURL('**/province?*sort=trained*')
  await page.locator('th[aria-sort="descending"] a[href*="sort=trained"]').waitFor()
  const sorted = await column(page, 'trained')
  expect(sorted).toEqual([...sorted].sort((a, b) => b - a))
  expect(new Set(sorted).size).toBeGreaterThan(1)

  await page.getByLabel(overview.city).selectOption({ label: '深圳市' })
  await page.getByRole('button', { name: overview.filter }).click()
  await page.waitForURL((address) => address.searchParams.get('city') === '440300')
  await expect.poll(() => academiesShown(page)).toHaveLength(1)
  expect([search(page).get('year'), search(page).get('sort')]).toEqual(['2025', 'trained'])

  const colleague = await at('reviewer')
  await colleague.goto(page.url())
  expect(await academiesShown(colleague)).toEqual(await academiesShown(page))

  await page.getByLabel(overview.q).fill('没有这样的学院')
  await page.getByRole('button', { name: overview.filter }).click()
  await expectText(page, overview.empty)
  await page.getByRole('link', { name: overview.reset }).click()
  await expect.poll(() => academiesShown(page)).toHaveLength(6)
})

/** The rows of every page of a list, by its own links from page to page: name and document of each. */
async function walkList(page: Page): Promise<[string, string][]> {
  const rows: [string, string][] = []
  for (;;) {
    const list = page
      .locator('section, .section')
      .filter({ has: page.locator('.pager') })
      .first()
    const texts = await list.locator('tbody tr').evaluateAll((found) =>
      found.map((row) => {
        const [name, document] = [...row.children].map((cell) => cell.textContent?.trim() ?? '')
        return [name ?? '', document ?? ''] as [string, string]
      }),
    )
    rows.push(...texts)
    const next = list.locator('a[rel="next"]')
    if ((await next.count()) === 0) return rows
    await page.goto(new URL((await next.getAttribute('href')) ?? '', page.url()).href)
  }
}

test('a number opens as many persons as it says, each masked, over all pages of the list', async () => {
  const page = await at('province')
  await page.goto(`${site.url}/province?year=2025&sort=trained&dir=asc`)
  // The overview's own number, and one beside it on the page that it opens.
  for (const figure of ['trained', 'improved'] as const) {
    const link = page.locator(`td a[href$="/figures/${figure}?year=2025"]`).first()
    const number = Number((await link.textContent())?.replace(/,/g, ''))
    await link.click()
    await page.waitForURL(`**/figures/${figure}?year=2025`)
    await page.getByRole('heading', { level: 1, name: figures[figure] }).waitFor()
    const rows = await walkList(page)
    expect(number).toBeGreaterThan(0)
    expect(rows).toHaveLength(number)
    expect(new Set(rows.map(([, document]) => document)).size).toBeGreaterThan(number * 0.9)
    for (const [name, document] of rows) {
      expect(name).toMatch(MASKED_NAME)
      expect(document).toMatch(MASKED_DOCUMENT)
    }
  }
  await expectText(page, behind.allFigures)
})

test('a sponsor sees the academies it recommends and no other', async () => {
  const page = await at('city', { allow: [/404/] })
  const own = await db.owner`
    select a.code, a.name, u.name = '广州市总工会' as is_own from academy a join trade_union u on u.id = a.sponsor_id`
  expect(await academiesShown(page)).toEqual(own.filter(({ is_own }) => is_own).map(({ name }) => name))
  const other = own.find(({ is_own }) => !is_own)
  const answer = await page.goto(`${site.url}/academies/${other?.code}/figures/trained?year=2025`)
  expect(answer?.status()).toBe(404)
  expect(await page.getByRole('main').textContent()).not.toContain(other?.name)
})

test('an instructor sees the own classes and no other', async () => {
  const page = await at('teacher', { allow: [/404/] })
  await page.goto(`${site.url}/academies/GZQC/manage/classes`)
  const classes = await db.owner`
    select c.id, c.name, a.code, exists (select from class_staff s where s.class_id = c.id) as is_own
    from class c join academy a on a.id = c.academy_id
    where a.code = 'GZQC'`
  const shown = await page.locator('tbody th[scope="row"] a').allTextContents()
  expect(shown.sort()).toEqual(
    classes
      .filter(({ is_own }) => is_own)
      .map(({ name }) => name)
      .sort(),
  )
  const other = classes.find(({ is_own }) => !is_own)
  const answer = await page.goto(`${site.url}/academies/GZQC/manage/classes/${other?.id}`)
  expect(answer?.status()).toBe(404)
  expect((await page.goto(`${site.url}/province`))?.status()).toBe(404)
})

test('on paper an academy takes two sheets at most, and a narrowed overview says by what it was narrowed', async () => {
  const page = await at('province')
  const sheets = async () => {
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    return paper.match(/\/Type\s*\/Page\b/g)?.length
  }
  for (const locale of ['zh-CN', 'en']) {
    await page.context().addCookies([{ name: PREFERENCES_COOKIE, value: JSON.stringify({ locale }), url: site.url }])
    await page.goto(`${site.url}/academies/GZQC/figures?year=2025`)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await sheets()).toBe(2)
  }
  await page.goto(`${site.url}/province?city=440300`)
  const said = page.getByText(overviewWords.en.narrowed(overviewWords.en.narrowedBy('City', 'Shenzhen')))
  expect(await said.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await said.isVisible()).toBe(true)
})
