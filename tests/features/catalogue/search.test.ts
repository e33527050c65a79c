import { beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '#tests/support/database.ts'
import { pageOf, search, shelf, withReference } from './support.ts'

const WELDER = { occupationCode: '6-18-02-04', occupationEdition: 2022, level: 'l4' }
const ELECTRICIAN = { occupationCode: '6-31-01-03', occupationEdition: 2022 }
const ROBOT = { occupationCode: '6-31-07-03', occupationEdition: 2022 }
const classes: Record<string, string> = {}

beforeAll(async () => {
  const database = await freshDatabase()
  await withReference()
  const { academy, classOf, ownCourses } = shelf(database)
  const guangzhou = await academy({ code: 'GZQC', name: '广州市汽车产业工匠学院', cityCode: '440100' })
  const foshan = await academy({ code: 'FSTC', name: '佛山市智能制造与陶瓷工匠学院', cityCode: '440600' })
  const shenzhen = await academy({ code: 'SZDZ', name: '深圳市集成电路工匠学院', cityCode: '440300' })
  const siteId = '0192f000-0000-7000-8000-00000000000a'
  await database.owner`insert into site (academy_id, id, name, address)
    values (${guangzhou.id}, ${siteId}, '实训楼2楼203', '广州市天河区示例路18号')`
  const at = { enrolOpensAt: null, enrolClosesAt: null }
  const open = async (name: string, of: { id: string }, given: object) => {
    classes[name] = (await classOf(of, { name, ...at, ...given })).id
  }
  await open('低压电工实操班（第6期）', guangzhou, { ...ELECTRICIAN, siteId })
  await open('工业机器人操作与运维（第3期）', guangzhou, {
    ...ROBOT,
    siteId,
    startsOn: '2026-11-28',
    endsOn: '2026-11-29',
  })
  await open('焊工（四级）技能提升班（第11期）', foshan, { ...WELDER, startsOn: '2026-11-14', endsOn: '2026-11-15' })
  await classOf(shenzhen, { mode: 'online', capacity: null, courseSlug: 'generative-ai-at-work', ...at })
  await ownCourses()
})

const first = async (q: string) => {
  const item = (await search(`q=${encodeURIComponent(q)}`)).items[0]
  if (!item) return null
  return item.kind === 'class' ? Object.keys(classes).find((name) => classes[name] === item.id) : item.id
}

/** What people type, and what has to stand first. */
const EVALUATION: [string, string][] = [
  ['电工', 'electrical-safety'],
  ['触电', 'electrical-safety'],
  ['触电了怎么办', 'electrical-safety'],
  ['焊工', '焊工（四级）技能提升班（第11期）'],
  ['焊', 'welding-safety'],
  ['电焊', 'welding-safety'],
  ['动火作业票', 'welding-safety'],
  ['乙炔瓶', 'welding-safety'],
  ['受限空间', 'welding-safety'],
  ['加班费怎么算', 'workers-rights'],
  ['工伤', 'workers-rights'],
  ['工伤认定要多少天', 'workers-rights'],
  ['仲裁时效', 'workers-rights'],
  ['外卖骑手', 'workers-rights'],
  ['社保', 'workers-rights'],
  ['「劳动合同」', 'workers-rights'],
  ['压疮', 'elderly-care'],
  ['噎食', 'elderly-care'],
  ['老人走失', 'elderly-care'],
  ['养老护理', 'elderly-care'],
  ['示教器', 'industrial-robot-operation'],
  ['奇异点', 'industrial-robot-operation'],
  ['机器人撞了怎么恢复', 'industrial-robot-operation'],
  ['提示词', 'generative-ai-at-work'],
  ['大模型', 'generative-ai-at-work'],
  ['AI', 'generative-ai-at-work'],
  ['ＡＩ', 'generative-ai-at-work'],
  ['佛山 焊工', '焊工（四级）技能提升班（第11期）'],
  ['佛山焊工', '焊工（四级）技能提升班（第11期）'],
  ['四级焊工', '焊工（四级）技能提升班（第11期）'],
  ['中级工', '焊工（四级）技能提升班（第11期）'],
  ['广州电工实操班', '低压电工实操班（第6期）'],
  ['低压电工证怎么考', '低压电工实操班（第6期）'],
  ['天河区', '低压电工实操班（第6期）'],
  ['实训楼2楼', '低压电工实操班（第6期）'],
  ['深圳', 'generative-ai-at-work'],
  ['6-18-02-04', 'welding-safety'],
  ['６－３１－０１－０３', 'electrical-safety'],
  ['GB 26860', 'electrical-safety'],
  ['gb26860', 'electrical-safety'],
  ['welding', 'welding-safety'],
  ['how to weld', 'welding-safety'],
  ['electric shock', 'electrical-safety'],
  ['robot', 'industrial-robot-operation'],
]

test.each(EVALUATION)('who types %s finds %s first', async (q, expected) => {
  expect(await first(q)).toBe(expected)
})

test('what has every word stands before what has some, and a page that has none of them all says so', async () => {
  const both = await search('q=佛山 焊工')
  expect(both.isWhole).toBe(true)
  expect(both.items[0]?.isWhole).toBe(true)
  expect(both.items.slice(1).every((item) => !item.isWhole)).toBe(true)
  const none = await search('q=叉车司机')
  expect([none.total > 0, none.isWhole]).toEqual([true, false])
})

test('two words written together ask for no third one between them', async () => {
  expect((await search('q=佛山焊工')).isWhole).toBe(true)
  expect((await search('q=焊工叉车')).isWhole).toBe(false)
})

test('a hit in the title weighs more than one in a lesson', async () => {
  const { items } = await search('q=触电')
  expect(items.map(({ id }) => id)).toEqual(['electrical-safety', 'welding-safety'])
})

test('a course is shown with the lesson that answers, and its words around the first hit', async () => {
  const { items } = await pageOf('q=触电')
  const [course] = items
  expect(course).toMatchObject({
    slug: 'electrical-safety',
    lesson: { slug: 'how-shock-happens', position: 1, excerpt: expect.stringContaining('触电') },
  })
  if (course?.kind === 'course') expect(course.lesson?.excerpt?.length).toBeLessThan(110)
})

test('a course says who made it and for which academies it can count', async () => {
  const { items } = await pageOf('q=提示词')
  expect(items[0]).toMatchObject({ madeBy: '匠学堂课程组', offeredBy: ['深圳市集成电路工匠学院'] })
})

const HOSTILE = [
  ...[
    '!!!',
    '，。、；：“”',
    '((((',
    "'; drop table course; --",
    'a & b | !c <-> d:*',
    "''':*",
    '\\',
    '%',
    '_',
    '<script>',
  ],
  ...['焊'.repeat(5000), 'x'.repeat(5000), '🦊🦊', '\u0000\u0001', '\u202e', '&amp;', '*:*', 'NaN', '的了吗', '怎么办'],
]

test.each(HOSTILE.map((q, index) => [index, q] as const))(
  'a query that is no question (%i) is answered calmly',
  async (_, q) => {
    const found = await search(`q=${encodeURIComponent(q)}&occupation=${encodeURIComponent(q)}&level=x&mode=%27`)
    expect(found.total).toBeGreaterThanOrEqual(0)
    expect(found.terms.length).toBeLessThanOrEqual(12)
  },
)

test('only punctuation finds nothing; nothing typed shows everything', async () => {
  expect((await search('q=！？，')).total).toBe(0)
  expect((await search('q=+')).total).toBe(9)
})
