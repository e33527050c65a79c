import { beforeAll, describe, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount } from '#app/features/accounts/create.server.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { PREFERENCES_COOKIE } from '#app/lib/preferences.ts'
import type { Role } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { variedAcademy } from '#tests/support/varied.ts'

const [unionA, unionB] = [newId(), newId()]
const varied = variedAcademy({
  code: 'VARIED',
  name: '=HYPERLINK("x")<b>甲</b>学院',
  sponsorId: unionA,
  cityCode: '440300',
})
const b = build()
const other = b.academy({
  code: 'OTHER',
  name: '乙工匠学院',
  sponsorId: unionB,
  cityCode: '440100',
  kind: 'enterprise',
})
const stranger = b.person()
b.enrolment(b.class(other), stranger)
const person = varied.facts.persons[1]!

let db: TestDatabase
let site: Site
const cookies = {} as Record<'province' | 'sponsor' | 'own' | 'foreign' | 'worker', string>

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  await as(system('setup'), loadPolicy)
  await insertFacts(db.owner, varied.facts)
  await insertFacts(db.owner, b.facts)
  const passwordHash = await hashPassword('synthetic-password-1')
  const account = async (role: Role, given: { academyId?: string; unionId?: string } = {}) => {
    const login = `login-${newId()}`
    await as(system('setup'), (tx) =>
      createAccount(tx, { role, login, displayName: role, passwordHash, now: new Date(), ...given }),
    )
    const [row] = await db.owner`select id from account where login = ${login}`
    return signedIn({ id: row?.id, role })
  }
  cookies.province = await account('provincial_handler')
  cookies.sponsor = await account('sponsor_reviewer', { unionId: unionA })
  cookies.own = await account('academy_admin', { academyId: varied.academy.id })
  cookies.foreign = await account('academy_admin', { academyId: other.id })
  site = await startSite(db)
}, 60_000)

type Who = Exclude<keyof typeof cookies, 'worker'>

function ask(
  who: Who | null,
  path: string,
  { locale = 'zh-CN', form }: { locale?: Locale; form?: Record<string, string> } = {},
) {
  const preferences = `${PREFERENCES_COOKIE}=${encodeURIComponent(JSON.stringify({ locale }))}`
  const cookie = who ? `${cookies[who]}; ${preferences}` : preferences
  const ours = form ? { origin: site.url, 'sec-fetch-site': 'same-origin' } : undefined
  const body = form && new URLSearchParams(form)
  return fetch(site.url + path, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie, ...ours },
    body,
  })
}
const text = async (who: Who, path: string, options: Parameters<typeof ask>[2] = {}) =>
  (await ask(who, path, options)).text()
/** Codes of the academies in the table's links. */
const listed = (html: string) =>
  [...html.matchAll(/<th scope="row"[^>]*><a class="quiet" href="\/academies\/(\w+)\//g)].map(([, code]) => code)

const YEAR = 'year=2026'

describe('the overview', () => {
  test('shows the province every academy, a sponsor its own, anybody else nothing', async () => {
    expect(listed(await text('province', `/province?${YEAR}`))).toEqual(['OTHER', 'VARIED'])
    expect(listed(await text('sponsor', `/province?${YEAR}`))).toEqual(['VARIED'])
    expect((await ask('own', '/province')).status).toBe(404)
    expect((await ask(null, '/province')).headers.get('location')).toContain('/sign-in')
  })

  test('filters by the address: city, sponsor, kind, verdict, how many are met, name', async () => {
    for (const [filter, codes] of [
      ['city=440300', ['VARIED']],
      ['city=440100', ['OTHER']],
      [`sponsor=${unionB}`, ['OTHER']],
      ['kind=enterprise', ['OTHER']],
      ['verdict=met0', ['OTHER', 'VARIED']],
      ['verdict=met5', []],
      ['q=乙', ['OTHER']],
      ['city=nowhere', ['OTHER', 'VARIED']],
    ] as const)
      expect([filter, listed(await text('province', `/province?${YEAR}&${filter}`))]).toEqual([filter, codes])
  })

  test('writes a name as text, whatever it holds', async () => {
    const html = await text('province', `/province?${YEAR}`)
    expect(html).toContain('=HYPERLINK(&quot;x&quot;)&lt;b&gt;甲&lt;/b&gt;学院')
    expect(html).not.toContain('<b>甲</b>')
  })

  test('shows three years side by side, in both languages', async () => {
    for (const [locale, said] of [
      ['zh-CN', '三年对照'],
      ['en', 'Three years'],
    ] as const) {
      const html = await text('province', `/province?${YEAR}&span=years`, { locale })
      expect(html).toContain(said)
      expect(html).toContain('figures/trained?year=2025')
      expect(html).toContain(`<html lang="${locale}"`)
    }
  })

  test('a city on the map opens its academies, and closes them again', async () => {
    const html = await text('province', `/province?${YEAR}&city=440300`)
    const tile = (city: string) =>
      html.match(new RegExp(`<a class="tint-1[^"]*" href="([^"]*)"[^>]*>(?:(?!</a>).)*${city}`))?.[1]
    expect(html).toMatch(/href="\?year=2026#academies"[^>]*aria-current="true"/)
    expect(tile('广州') ?? '').toContain('city=440100')
  })
})

describe('the export', () => {
  test('holds what is shown: the same rows under the same filters, as a workbook nobody caches', async () => {
    const response = await ask('province', `/province/export?${YEAR}&city=440300`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ])
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    for (const path of ['/province/export', '/academies/OTHER/figures/trained/export'])
      expect((await ask('own', path)).status).toBe(404)
    expect((await ask('sponsor', '/academies/OTHER/figures/trained/export')).status).toBe(404)
  })

  test('of a list is masked, and has a row for each that the page counts', async () => {
    const file = await ask('own', `/academies/VARIED/figures/trained/export?${YEAR}&format=csv`)
    const bytes = Buffer.from(await file.arrayBuffer())
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    const csv = bytes.toString()
    expect(csv).not.toContain(person.document)
    const page = await text('own', `/academies/VARIED/figures/trained?${YEAR}`)
    const count = Number(page.match(/共(\d+)条/)?.[1])
    expect(count).toBeGreaterThan(0)
    expect(csv.match(/张\*成/g)).toHaveLength(count)
  })
})

describe('an academy and its people', () => {
  test('open to those who oversee it, and do not exist for others', async () => {
    const paths = [
      `/academies/VARIED/figures?${YEAR}`,
      `/academies/VARIED/figures/trained?${YEAR}`,
      `/academies/VARIED/persons/${person.id}?${YEAR}`,
    ]
    for (const path of paths) {
      for (const who of ['province', 'sponsor', 'own'] as const)
        expect([path, who, (await ask(who, path)).status]).toEqual([path, who, 200])
      expect((await ask('foreign', path)).status).toBe(404)
      expect((await ask(null, path)).status).toBe(303)
      for (const locale of ['zh-CN', 'en'] as const)
        expect(await text('own', path, { locale })).not.toMatch(/undefined|NaN|\[object/)
    }
    expect((await ask('sponsor', `/academies/OTHER/persons/${stranger.id}`)).status).toBe(404)
  })

  test('the full number comes once, in the answer to a form that says why', async () => {
    const path = `/academies/VARIED/persons/${person.id}`
    const form = { purpose: 'identity', reason: '本人到场核对' }
    const shown = await ask('own', path, { form })
    expect(await shown.text()).toContain(person.document)
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect(await text('own', path)).not.toContain(person.document)
    expect((await ask('own', path, { form: { ...form, reason: '' } })).status).toBe(400)
    expect((await ask('sponsor', path, { form })).status).toBe(404)
    expect((await ask('foreign', path, { form })).status).toBe(404)
    const [event] = await db.owner`select detail from audit_event where kind = 'document.revealed'`
    expect(event?.detail).toEqual({ purpose: 'identity', reason: '本人到场核对' })
  })

  test('a person is found by a posted form within what one oversees', async () => {
    const search = (who: Who, query: string) => text(who, '/persons', { form: { query } })
    expect(await search('province', stranger.document)).toContain('/academies/OTHER/persons/')
    for (const who of ['sponsor', 'own'] as const)
      expect(await search(who, stranger.document)).not.toContain('/academies/OTHER/persons/')
    expect((await ask('own', '/persons', { form: { query: '??' } })).status).toBe(400)
    // In an address it is not even read.
    expect(await text('province', `/persons?query=${encodeURIComponent('张合成')}`)).not.toContain('/persons/0')
  })
})
