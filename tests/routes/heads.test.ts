import { beforeAll, expect, test } from 'vitest'
import type { Locale } from '#app/lib/i18n.ts'
import { DEFAULT_PREFERENCES, PREFERENCES_COOKIE } from '#app/lib/preferences.ts'
import { pages } from '#app/routes.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Open to everyone, but nothing to find: they only act, or are a part of a page. */
const NO_PAGES = [
  '/academies/:academy/roll',
  '/sign-out',
  '/preferences',
  '/assets/courses/:digest',
  '/assets/media/:digest',
  '/calendar.ics',
]

let site: Site
let worker: string
/** What stands in the addresses for `:academy` and the like. */
let values: Record<string, string>

beforeAll(async () => {
  const database = await freshDatabase({ holds: 'content' })
  const world = trainingWorld(database)
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { startsOn: '2099-01-01', endsOn: '2099-01-02' })
  const viewer = await world.worker()
  worker = await signedIn({ id: viewer.accountId, role: 'worker' })
  const learning = { course: 'electrical-safety', lesson: 'how-shock-happens', occupation: '6-31-01-03' }
  values = { academy: academy.code, class: id, page: 'components', ...learning }
  site = await startSite(database)
})

const addressOf = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'none')
const isFound = ({ path, audience }: (typeof pages)[number]) => audience === 'public' && !NO_PAGES.includes(path)

/** What the head of a page says to a search engine. */
async function headOf(path: string, locale: Locale = 'zh-CN', cookie = '') {
  const preferences = encodeURIComponent(JSON.stringify({ ...DEFAULT_PREFERENCES, locale }))
  const headers = { cookie: `${PREFERENCES_COOKIE}=${preferences}; ${cookie}` }
  const response = await fetch(site.url + addressOf(path), { headers, redirect: 'manual' })
  const text = await response.text()
  return {
    status: response.status,
    lang: /<html lang="([^"]+)"/.exec(text)?.[1],
    descriptions: [...text.matchAll(/<meta name="description" content="([^"]*)"/g)].map((found) => found[1]!),
  }
}

test.each(['zh-CN', 'en'] as const)(
  '%s: every page that is open to everyone says what it is about, as no other does',
  async (locale) => {
    const seen = new Map<string, string>()
    for (const { path } of pages.filter(isFound)) {
      const { status, lang, descriptions } = await headOf(path, locale)
      expect([path, status, lang, descriptions.length]).toEqual([path, 200, locale, 1])
      const [about = ''] = descriptions
      expect(about.length, about).toBeGreaterThan(locale === 'en' ? 40 : 15)
      expect(about.length, about).toBeLessThan(400)
      expect(/[a-z]{3}/i.test(about.replace(/AI|GB/g, '')), about).toBe(locale === 'en')
      expect(seen.get(about), `${path}: ${about}`).toBeUndefined()
      seen.set(about, path)
    }
  },
)

test('a page that is not there, and one for those who are signed in, say nothing to search engines', async () => {
  for (const path of ['/nowhere', '/courses/none', '/academies/none', '/help/none'])
    expect([path, (await headOf(path)).descriptions]).toEqual([path, []])
  expect(await headOf('/learn', 'zh-CN', worker)).toMatchObject({ status: 200, descriptions: [] })
})

test('search engines are kept from every page that asks who one is, and from no page that is open to everyone', async () => {
  const response = await fetch(`${site.url}/robots.txt`)
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/plain; charset=utf-8'])
  const rules = [...(await response.text()).matchAll(/^Disallow: (\S+)$/gm)].map(
    ([, rule]) => new RegExp(`^${rule!.replaceAll('*', '.*')}`),
  )
  const isKept = (path: string) => rules.some((rule) => rule.test(addressOf(path)))
  const shown = pages.filter(({ audience }) => audience === 'public')
  expect(pages.filter((page) => page.audience !== 'public' && !isKept(page.path))).toEqual([])
  expect(shown.filter((page) => isFound(page) && isKept(page.path))).toEqual([])
})
