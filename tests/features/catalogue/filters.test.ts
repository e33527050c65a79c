import { beforeAll, expect, test } from 'vitest'
import {
  catalogueAddress,
  readCatalogueQuery,
  readRankedPlace,
  readTurnPlace,
} from '#app/features/catalogue/filters.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { asked, search, shelf, withReference } from './support.ts'

const WELDER = { occupationCode: '6-18-02-04', occupationEdition: 2022 }
const ELECTRICIAN = { occupationCode: '6-31-01-03', occupationEdition: 2022 }
const lessons = [{ slug: 'one', title: '第一课', text: '<p>焊接</p>' }]
let world: ReturnType<typeof shelf>

beforeAll(async () => {
  world = shelf(await freshDatabase())
  await withReference()
  const { academy, classOf, course } = world
  const foshan = await academy({ code: 'FS', cityCode: '440600' })
  const online = await academy({ code: 'WS', kind: 'online' })
  await course({ slug: 'welding', title: '焊接基础', occupationCode: WELDER.occupationCode, level: 'l5', lessons })
  await course({ slug: 'own', title: '自编课程', academyCode: 'FS', lessons })
  await course({ slug: 'empty', title: '空课程', lessons: [] })
  await classOf(online, { mode: 'online', capacity: null, courseSlug: 'welding' })
  await classOf(foshan, { ...WELDER, level: 'l4', name: '焊工班' })
  await classOf(foshan, { ...ELECTRICIAN, mode: 'classroom', name: '电工班' })
  await classOf(foshan, { ...WELDER, name: '已结束', startsOn: '2026-11-01', endsOn: '2026-11-09' })
  await classOf(foshan, { ...WELDER, name: '草稿', status: 'draft' })
  await classOf(foshan, { ...WELDER, name: '已取消', status: 'cancelled' })
  await classOf(foshan, { ...WELDER, name: '台账', origin: 'ledger', capacity: null })
})

const counts = async (address: string, facet: 'mode' | 'occupation' | 'level' | 'city' | 'academy') =>
  Object.fromEntries((await search(address)).facets[facet].map(({ value, count }) => [value, count]))

test('the list has courses with lessons, and classes that are published, not over and not online', async () => {
  expect((await search('')).total).toBe(4)
})

test('a course belongs to the academies that offer it now and to the one that made it', async () => {
  expect(await counts('', 'academy')).toEqual({ FS: 3, WS: 1 })
  expect((await search('academy=WS')).items.map(({ id }) => id)).toEqual(['welding'])
  expect(await counts('', 'city')).toEqual({ '440600': 3 })
})

test('behind every value stands what it would leave, all other filters applied', async () => {
  expect(await counts('occupation=6-18-02-04', 'mode')).toEqual({ online: 1, practical: 1 })
  expect(await counts('occupation=6-18-02-04', 'occupation')).toEqual({ '6-18-02-04': 2, '6-31-01-03': 1 })
  expect(await counts('occupation=6-18-02-04', 'level')).toEqual({ l5: 1, l4: 1 })
  for (const [value, count] of Object.entries(await counts('level=l4', 'mode')))
    expect((await search(`level=l4&mode=${value}`)).total).toBe(count)
})

test('words and filters narrow together; a chosen value that leaves nothing is still named', async () => {
  expect((await search('q=焊工&city=440600')).total).toBe(1)
  const none = await search('q=焊工&city=440300')
  expect(none.total).toBe(0)
  expect(none.facets.city).toContainEqual({ value: '440300', name: '深圳市', nameEn: 'Shenzhen', count: 0 })
})

test('a view’s address reads back as the same view; what is unknown narrows nothing', () => {
  const query = asked('q=焊工 四级&mode=practical&occupation=6-18-02-04&level=l4&city=440600&academy=FSTC')
  expect(readCatalogueQuery(new URL(catalogueAddress(query), 'http://x').searchParams)).toEqual(query)
  expect(asked('mode=x&level=9&city=%27--&academy=%00&occupation=')).toEqual(asked(''))
  expect(asked(`q=${'字'.repeat(100)}`).text).toHaveLength(60)
})

test('page after page shows every item once, typed for or not', async () => {
  const { course, classOf, academy } = world
  const of = await academy({ code: 'PG' })
  for (let n = 0; n < 5; n++) {
    await course({
      slug: `page-${n}`,
      title: `翻页课程${n}`,
      updatedOn: `2026-10-0${1 + (n % 2)}`,
      academyCode: 'PG',
      lessons,
    })
    await classOf(of, { name: `翻页班${n}`, startsOn: `2026-12-0${1 + (n % 2)}`, endsOn: '2026-12-31' })
  }
  for (const address of ['academy=PG', 'q=翻页&academy=PG', 'q=翻页班课程&academy=PG']) {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await search(address, { after, limit: 3 })
      seen.push(...page.items.map(({ id }) => id))
      after = page.next
    } while (after !== null && seen.length < 20)
    expect([seen.length, new Set(seen).size]).toEqual([10, 10])
  }
})

test('without words courses and classes take turns, the latest revised and the soonest first', async () => {
  const { items } = await search('academy=PG', { limit: 4 })
  expect(items.map(({ kind, on }) => `${kind} ${on}`)).toEqual([
    'course 2026-10-02',
    'class 2026-12-01',
    'course 2026-10-02',
    'class 2026-12-01',
  ])
})

test('a place in an address that nobody wrote begins at the start', async () => {
  for (const written of ['x', '1~2~3', '9999999999999~course~a', '~', '2026-13-01.a~', "'~;"]) {
    expect(readRankedPlace(written)).toBeNull()
    expect(readTurnPlace(written)).toEqual({ course: null, class: null })
    expect((await search('academy=PG', { after: written })).items).toHaveLength(10)
  }
})
