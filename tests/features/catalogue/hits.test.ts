import { beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '#tests/support/database.ts'
import { pageOf, search, shelf, withReference } from './support.ts'

let world: ReturnType<typeof shelf>

beforeAll(async () => {
  world = shelf(await freshDatabase())
  await withReference()
})

const lessonOf = async (address: string, slug: string) => {
  const course = (await pageOf(address)).items.find((item) => item.kind === 'course' && item.slug === slug)
  return course?.kind === 'course' ? course.lesson : null
}

test('the lesson that is shown is one of its own course, whatever another course’s name begins with', async () => {
  const text = '<p>鸬鹚在岸边。</p>'
  await world.course({ slug: 'bird', title: '鸬鹚', lessons: [{ slug: 'other', title: '无', text: '<p>别的。</p>' }] })
  await world.course({ slug: 'bird-2', title: '岸边', lessons: [{ slug: 'own', title: '二', text }] })
  expect(await lessonOf('q=鸬鹚', 'bird')).toBeNull()
  expect(await lessonOf('q=鸬鹚', 'bird-2')).toMatchObject({ slug: 'own' })
  expect((await search('q=%3Dbird')).terms).toEqual(['bird'])
})

test('words around a hit are those around the rarest word that stands in the text; one in the title alone is passed over', async () => {
  const lessons = [
    { slug: 'a', title: '白鹤', text: '<p>先说芦苇。后说湿地。</p>' },
    { slug: 'b', title: '其他', text: '<p>芦苇。</p>' },
  ]
  await world.course({ slug: 'crane', title: '水鸟', lessons })
  await world.course({ slug: 'reed', title: '芦苇', lessons: [{ slug: 'c', title: '芦苇', text: '<p>芦苇。</p>' }] })
  const shown = await lessonOf('q=白鹤 湿地 芦苇', 'crane')
  expect(shown).toMatchObject({ slug: 'a', excerpt: '先说芦苇。后说湿地。' })
  expect((await search('q=白鹤 湿地 芦苇')).terms.at(-1)).toBe('芦苇')
  expect((await lessonOf('q=白鹤', 'crane'))?.excerpt).toBeNull()
})

test('words that are equally rare keep the order in which they were typed', async () => {
  await world.course({ slug: 'pair', title: '朱鹮雪鸮', lessons: [{ slug: 'a', title: '一', text: '<p>文</p>' }] })
  expect((await search('q=雪鸮 朱鹮')).terms).toEqual(['雪鸮', '朱鹮'])
  expect((await search('q=朱鹮 雪鸮')).terms).toEqual(['朱鹮', '雪鸮'])
})

test('a course that several academies offer has the words of the best of them, not of all', async () => {
  await world.course({ slug: 'offered', title: '渔鸥', lessons: [{ slug: 'a', title: '一', text: '<p>文</p>' }] })
  const offer = async (name: string) => {
    const academy = await world.academy({ name })
    await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'offered', name: '网课' })
  }
  const score = async () => (await search('q=金雕')).items[0]?.score
  await offer('金雕工匠学院')
  const once = await score()
  await offer('金雕第二工匠学院')
  expect(once).toBeGreaterThan(0)
  expect(await score()).toBe(once)
})
