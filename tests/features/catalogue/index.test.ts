import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { anonymous, system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { readCatalogueQuery } from '#app/features/catalogue/filters.ts'
import { findCataloguePage } from '#app/features/catalogue/page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { NOW, search, shelf, withReference } from './support.ts'

let db: TestDatabase
let world: ReturnType<typeof shelf>

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = shelf(db)
  await withReference()
})

const total = async (q: string) => (await search(`q=${q}`)).total
const typed = (name: string) =>
  openClassForm(referenceCalendar).parse({
    ...{
      code: name,
      name,
      mode: 'practical',
      occupationCode: '6-18-02-04',
      startsOn: '2026-12-05',
      endsOn: '2026-12-05',
    },
    ...{ plannedHours: 4, capacity: 10, siteName: '飞鸟楼', siteAddress: '示例路9号' },
    sessions: [{ date: '2026-12-05', from: '09:00', to: '12:00', hours: 4 }],
  })

test('a class is found from the transaction that publishes it, by its name, occupation and site; a draft is not', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  const input = { academyId: academy.id, form: typed('鹦鹉班'), isPublished: false, by: admin, now: NOW }
  const made = await as(admin, (tx) => openClass(tx, input))
  expect(await total('鹦鹉班')).toBe(0)
  if (!made.ok) throw new Error(made.reason)
  await as(admin, (tx) => publishClass(tx, { academyId: academy.id, classId: made.classId, by: admin, now: NOW }))
  for (const q of ['鹦鹉班', '飞鸟楼', '焊工 鹦鹉', '示例路9号']) expect(await total(q)).toBe(1)
})

test('a change is found at once and undone with its transaction; a cancelled class is gone', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { name: '孔雀班' })
  await db.owner
    .begin(async (tx) => {
      await tx`update class set name = '仙鹤班' where id = ${id}`
      throw new Error('undo')
    })
    .catch(() => undefined)
  expect([await total('孔雀'), await total('仙鹤')]).toEqual([1, 0])
  await db.owner`update class set name = '仙鹤班', level = 'l2' where id = ${id}`
  expect([await total('孔雀'), await total('仙鹤'), await total('仙鹤技师')]).toEqual([0, 1, 1])
  await db.owner`update class set status = 'cancelled' where id = ${id}`
  expect(await total('仙鹤')).toBe(0)
})

test('a taken seat and a ledger’s class leave the index alone', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { name: '白鹭班' })
  const rows = () => db.owner`select xmin::text from catalogue_text where id = ${id} order by part`
  const before = await rows()
  await db.owner`update class set taken = taken + 1 where id = ${id}`
  expect(await rows()).toEqual(before)
  const ledger = await world.classOf(academy, { name: '白鹭台账', origin: 'ledger', capacity: null })
  expect(await db.owner`select from catalogue_text where id = ${ledger.id}`).toHaveLength(0)
})

test('names that an item carries from elsewhere follow: academy, site, city, occupation', async () => {
  const siteId = '0192f000-0000-7000-8000-00000000000b'
  const academy = await world.academy({ name: '喜鹊工匠学院', cityCode: '445300' })
  await db.owner`insert into site (academy_id, id, name, address) values (${academy.id}, ${siteId}, '鸿雁楼', '一号')`
  await world.classOf(academy, { name: '改名班', siteId, occupationCode: '6-15-05-02', occupationEdition: 2022 })
  await world.course({
    slug: 'magpie',
    title: '改名课程',
    academyCode: academy.code,
    occupationCode: '6-15-05-02',
    lessons: [{ slug: 'a', title: '一', text: '<p>文</p>' }],
  })
  await db.owner`update academy set name = '画眉工匠学院' where id = ${academy.id}`
  await db.owner`update site set name = '燕子楼' where id = ${siteId}`
  await db.owner`update city set name = '百灵市' where code = '445300'`
  await db.owner`update occupation set name = '青花画师' where code = '6-15-05-02'`
  expect(await total('画眉')).toBe(2)
  expect(await total('燕子楼')).toBe(1)
  expect(await total('百灵市')).toBe(1)
  expect(await total('青花画师')).toBe(2)
  expect([await total('喜鹊'), await total('鸿雁楼')]).toEqual([0, 0])
})

test('a course is found by what it says as it was published last; a withdrawn lesson is not', async () => {
  const lessons = [
    { slug: 'a', title: '杜鹃', text: '<h2>布谷</h2><p>A &amp; B<math><mi>夜莺</mi></math></p>' },
    { slug: 'b', title: '黄鹂', text: '<p>翠<strong>柳</strong>鸣</p>' },
  ]
  await world.course({ slug: 'birds', title: '飞禽', lessons })
  for (const q of ['杜鹃', '布谷', '黄鹂', '翠柳鸣']) expect(await total(q)).toBe(1)
  expect(await total('夜莺')).toBe(0) // parts of formulas are no words
  await db.owner.begin(async (tx) => {
    await tx`update lesson set withdrawn_at = now() where course_slug = 'birds' and slug = 'b'`
    await tx`update course set published_at = now() where slug = 'birds'`
  })
  expect([await total('布谷'), await total('黄鹂'), await total('翠柳')]).toEqual([1, 0, 0])
})

test('a text of one endless word, or of more words than a vector holds, is indexed all the same', async () => {
  const random = Array.from({ length: 60_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('')
  const lessons = [
    { slug: 'long', title: '长', text: `<p>${'x'.repeat(50_000)} 猫头鹰猫头鹰</p>` },
    { slug: 'many', title: '多', text: `<p>${random}</p>` },
  ]
  await world.course({ slug: 'owl', title: '长文', lessons })
  expect(await total('猫头鹰')).toBe(1)
})

test('what is published is sorted into the words at once: of an index in which something waits no search would make use', async () => {
  await world.classOf(await world.academy(), { name: '丹顶鹤班' })
  await world.course({
    slug: 'crane',
    title: '丹顶鹤',
    lessons: [{ slug: 'a', title: '一', text: '<p>沼泽里的丹顶鹤</p>' }],
  })
  const waiting = await db.owner`
    select i.relname as name, gin_clean_pending_list(i.oid)::int as pages
    from pg_class i join pg_am m on m.oid = i.relam where m.amname = 'gin' order by i.relname`
  expect(waiting).toEqual(waiting.map(({ name }) => ({ name, pages: 0 })))
  expect(waiting.map(({ name }) => name)).toContain('catalogue_text_tokens')
})

test('a search unpacks no text to find out what has a word, however few there are', async () => {
  await db.owner`analyze catalogue_text`
  await as(anonymous, async (tx) => {
    const query = readCatalogueQuery(new URLSearchParams('q=丹顶鹤 沼泽'))
    const { items } = await findCataloguePage(tx, { query, after: null, limit: 20, accountId: null, now: NOW })
    expect(items).toHaveLength(2)
    const read = await tx.execute(sql`select seq_scan from pg_stat_xact_user_tables where relname = 'catalogue_text'`)
    expect(read).toEqual([{ seq_scan: '0' }])
  })
})

test('nobody writes the index by hand, whoever they are', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  for (const actor of [anonymous, admin, system('content'), system('setup'), system('ledger')])
    await expect(
      as(actor, (tx) =>
        tx.execute(sql`insert into catalogue_lesson (course_slug, lesson_slug, text) values ('x', 'x', 'x')`),
      ),
    ).rejects.toMatchObject({ status: 404 })
})
