import { beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figurePageFor } from '#app/features/figures/figure-page.server.ts'
import { FIGURES } from '#app/features/figures/figures.ts'
import { overviewFor } from '#app/features/figures/overview.server.ts'
import { PAGE_SIZE, pageOf, readView, sortBy, writeView, yearChoices } from '#app/features/figures/overview-view.ts'
import { academiesInScope } from '#app/features/figures/scope.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Role } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase } from '#tests/support/database.ts'

const [unionA, unionB] = [newId(), newId()]
const now = new Date('2026-11-23T04:00:00Z')
const b = build()
const good = b.academy({ code: 'AAA', name: '甲工匠学院', sponsorId: unionA, cityCode: '440300', kind: 'industry' })
const poor = b.academy({ code: 'BBB', name: '乙工匠学院', sponsorId: unionA, cityCode: '440100' })
b.academy({ code: 'CCC', name: '丙工匠学院', sponsorId: unionB, designated: null })

beforeAll(async () => {
  const db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  for (let i = 0; i < 3; i++) b.brand(good)
  b.brand(poor)
  for (let i = 0; i < 17; i++) b.certificate(b.assessment(b.enrolment(b.class(good))))
  for (let i = 0; i < 3; i++) b.assessment(b.enrolment(b.class(good)), { result: 'failed' })
  for (let i = 0; i < 16; i++) b.certificate(b.assessment(b.enrolment(b.class(poor))))
  b.assessment(b.enrolment(b.class(poor)))
  for (let i = 0; i < 3; i++) b.assessment(b.enrolment(b.class(poor)), { result: 'absent' })
  b.assessment(b.enrolment(b.class(poor)), { result: 'failed' })
  b.assessment(b.enrolment(b.class(poor)), { result: 'failed' })
  await insertFacts(db.owner, b.facts)
})

const viewer = (role: Role, given: Partial<Viewer> = {}): Viewer => ({
  ...{ kind: 'user', accountId: newId(), role, name: '', academyId: null, academyCode: null, academyName: null },
  ...{ unionId: null, unionName: null, personId: null },
  ...given,
})
const province = viewer('provincial_handler')
const sponsor = viewer('sponsor_reviewer', { unionId: unionA, unionName: '工会甲' })
const own = viewer('academy_admin', { academyId: good.id, academyCode: good.code })
const overview = (who: Viewer, search = '') => overviewFor(who, new URLSearchParams(search), now)
const codes = async (who: Viewer, search = '') => (await overview(who, search)).rows.map((row) => row.code)

describe('whose figures one may see', () => {
  test('the province sees all academies, a sponsor those its union recommends, an administrator the own', async () => {
    const seen = async (who: Viewer) => (await as(who, academiesInScope)).map(({ code }) => code).sort()
    expect(await seen(province)).toEqual(['AAA', 'BBB', 'CCC'])
    expect(await seen(viewer('provincial_reviewer'))).toEqual(['AAA', 'BBB', 'CCC'])
    expect(await seen(sponsor)).toEqual(['AAA', 'BBB'])
    expect(await seen(own)).toEqual(['AAA'])
  })

  test('nobody else sees any: workers, instructors, operators, or a role that lacks its union or academy', async () => {
    for (const who of [
      viewer('worker'),
      viewer('operator'),
      viewer('instructor', { academyId: good.id, academyCode: good.code }),
      viewer('sponsor_reviewer'),
      viewer('academy_admin'),
    ]) {
      expect(await as(who, academiesInScope)).toEqual([])
      expect((await overview(who)).headline).toMatchObject({ academies: 0, trained: 0 })
    }
  })

  test('the page of a figure does not exist for another’s academy, nor for an unknown academy or figure', async () => {
    const page = (who: Viewer, academyCode: string, figure = 'trained', search = '') =>
      figurePageFor(who, { academyCode, figure, search: new URLSearchParams(search), now })
    expect(await page(sponsor, 'BBB')).toMatchObject({ year: 2026, list: { count: 22 } })
    expect(await page(own, 'AAA', 'brands')).toMatchObject({ list: null, brands: { length: 3 } })
    for (const [who, code] of [
      [sponsor, 'CCC'],
      [own, 'BBB'],
      [viewer('worker'), 'AAA'],
      [province, 'NOPE'],
    ] as const)
      expect(await page(who, code)).toBeNull()
    for (const figure of ['', 'toString', 'improvedPrevious', "trained'--"])
      expect(await page(province, 'AAA', figure)).toBeNull()
  })

  test('every figure has a page, whose count is the figure; a cursor that is none begins at the start', async () => {
    for (const figure of FIGURES) {
      const search = new URLSearchParams('after=nonsense&year=abc')
      const page = await figurePageFor(province, { academyCode: 'AAA', figure, search, now })
      expect([figure, page?.list?.count ?? page?.brands.length]).toEqual([figure, page?.counts[figure]])
    }
  })

  test('an administrator, who works with the people, sees more digits than the union', async () => {
    const document = async (who: Viewer) => {
      const asked = { academyCode: 'AAA', figure: 'trained', search: new URLSearchParams(), now }
      return (await figurePageFor(who, asked))?.list?.rows[0]?.document
    }
    expect(await document(own)).toMatch(/^\d{6}\*{8}[\dX]{4}$/)
    expect(await document(sponsor)).toMatch(/^\d{3}\*{11}[\dX]{4}$/)
  })
})

describe('the overview', () => {
  test('academies stand in the official order of their cities, those without a city last', async () => {
    expect(await codes(province)).toEqual(['BBB', 'AAA', 'CCC'])
  })

  test('every column sorts both ways; what cannot be measured stands last', async () => {
    expect(await codes(province, 'sort=brands')).toEqual(['AAA', 'BBB', 'CCC'])
    expect(await codes(province, 'sort=brands&dir=asc')).toEqual(['CCC', 'BBB', 'AAA'])
    expect(await codes(province, 'sort=rate&dir=asc')).toEqual(['BBB', 'AAA', 'CCC'])
    expect(await codes(province, 'sort=rate&dir=desc')).toEqual(['AAA', 'BBB', 'CCC'])
  })

  test('filters by city, sponsor, kind, verdict, name and code', async () => {
    expect(await codes(province, 'city=440300')).toEqual(['AAA'])
    expect(await codes(province, `sponsor=${unionB}`)).toEqual(['CCC'])
    expect(await codes(province, 'kind=industry')).toEqual(['AAA'])
    expect(await codes(province, 'verdict=rate')).toEqual(['BBB', 'CCC'])
    expect(await codes(province, 'verdict=brands')).toEqual(['BBB', 'CCC'])
    expect(await codes(province, 'verdict=compliant')).toEqual([])
    expect(await codes(province, 'q=乙')).toEqual(['BBB'])
    expect(await codes(province, 'q=ccc')).toEqual(['CCC'])
  })

  test('an unknown value in the address falls back, with no error', async () => {
    const strange = 'year=x&sort=%00&dir=up&city=1&sponsor=2&kind=3&verdict=4&page=-1&q='
    expect((await overview(province, strange)).view).toEqual((await overview(province)).view)
    expect((await overview(province, 'page=99')).view.page).toBe(1)
    expect((await overview(province, 'year=2031')).view.year).toBe(2026)
  })

  test('a missed rate is amber where 合格待发证 will reach it, red otherwise', async () => {
    const { rows } = await overview(province)
    const rate = rows.find((row) => row.code === 'BBB')!.cells.rate
    // 16 of 19 certified is 84.2 %; one more, who has passed already, makes 17 of 19.
    expect(rate).toMatchObject({ verdict: 'not_met', tone: 'warn', missing: 1, onceIssued: { awaiting: 1 } })
    expect(rows.find((row) => row.code === 'CCC')!.cells.rate).toMatchObject({ verdict: 'no_data', tone: 'miss' })
  })

  test('academies without a designation are for reference: summed, and not judged', async () => {
    const { headline, rows } = await overview(province)
    expect(rows.map((row) => [row.code, row.isDesignated])).toEqual([
      ['BBB', true],
      ['AAA', true],
      ['CCC', false],
    ])
    expect(headline).toMatchObject({ academies: 3, designated: 2, brands: 4, trained: 42, met: { brands: 1, rate: 1 } })
    expect(headline).toMatchObject({ entitled: 42, assessed: 39, absent: 3, certified: 33, awaiting: 1 })
    expect(headline.rate).toEqual({ numerator: 33, denominator: 39 })
  })

  test('a sponsor’s sums are of its own academies', async () => {
    expect((await overview(sponsor)).headline.academies).toBe(2)
    expect(await codes(sponsor, `sponsor=${unionB}`)).toEqual(['BBB', 'AAA'])
  })
})

describe('a view is an address', () => {
  const known = { years: [2025, 2026], thisYear: 2026, cities: ['440300'], sponsors: [unionA] }
  const read = (search: string) => readView(new URLSearchParams(search), known)

  test('what is written is read back, and the default is short', () => {
    expect(writeView(read(''))).toBe('?year=2026')
    const view = {
      ...read(''),
      year: 2025,
      sort: 'rate',
      dir: 'asc',
      city: '440300',
      q: '焊工 & 电工',
      page: 3,
    } as const
    expect(read(writeView(view, { page: 3 }))).toEqual(view)
  })

  test('a changed filter or order begins at the first page; a second click turns the order', () => {
    const view = read('page=4&sort=rate')
    expect(read(writeView(view, { kind: 'local' })).page).toBe(1)
    expect(sortBy(view, 'rate')).toEqual({ sort: 'rate', dir: 'asc' })
    expect(sortBy(view, 'brands')).toEqual({ sort: 'brands', dir: 'desc' })
  })

  test('the years are those of the plan that have begun, and this year', () => {
    expect(yearChoices([2024, 2025, 2026], 2025)).toEqual([2024, 2025])
    expect(yearChoices([2024, 2025, 2026], 2027)).toEqual([2024, 2025, 2026, 2027])
  })

  test('a page beyond the last is the last', () => {
    const rows = Array.from({ length: PAGE_SIZE + 1 }, (_, index) => index)
    expect(pageOf(rows, 9)).toEqual({ rows: [PAGE_SIZE], page: 2, pages: 2 })
    expect(pageOf([], 1)).toEqual({ rows: [], page: 1, pages: 1 })
  })
})
