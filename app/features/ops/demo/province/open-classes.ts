import { levelWords } from '#app/features/training/level-words.ts'
import { addDays, weekday } from '#app/lib/calendar.ts'
import { LEVELS } from '#db/values.ts'
import { type DemoClass, demoClasses, online, onWeekend } from '../classes.ts'
import { type Random, seeded, seedOf } from '../random.ts'
import { SURNAMES } from '../vocabulary.ts'
import { PROVINCE, type ProvinceAcademy } from './academies.ts'
import { SEED } from './seed.ts'
import { LEVEL_WORDS, PROVINCE_TRADES } from './trades.ts'

const AREA_CODES: Record<string, string> = {
  ...{ 广州: '020', 深圳: '0755', 珠海: '0756', 汕头: '0754', 佛山: '0757', 韶关: '0751', 河源: '0762' },
  ...{ 梅州: '0753', 惠州: '0752', 汕尾: '0660', 东莞: '0769', 中山: '0760', 江门: '0750', 阳江: '0662' },
  ...{ 湛江: '0759', 茂名: '0668', 肇庆: '0758', 清远: '0763', 潮州: '0768', 揭阳: '0663', 云浮: '0766' },
}
const TOPICS = [
  ['安全规程与工具', '基本操作', '典型工序', '综合练习、模拟考核'],
  ['工艺与准备', '示范与跟做', '独立操作', '质量检查、模拟考核'],
  ['设备认识与点检', '操作要领', '常见故障', '实操演练、模拟考核'],
] as const

/** Classes open for enrolment relative to today: those of the small demo, a weekend to come at most other academies, and what the online one pools. */
export function openProvinceClasses(today: string): DemoClass[] {
  const known = demoClasses(today)
  const busy = new Set(known.map(({ academy }) => academy))
  const saturday = addDays(today, ((6 - weekday(today) + 7) % 7) + 7)
  const others = PROVINCE.filter(({ code, cityCode }) => cityCode !== '' && !busy.has(code))
  return [...known, ...others.flatMap((academy) => weekendsOf(academy, saturday)), ...pooled(today)]
}

/** The online academy's: courses of others, for workers of every city. */
function pooled(today: string): DemoClass[] {
  const said = (at: number, name: string, plannedHours: number) => ({
    code: `WSXY-WS-0${at}`,
    name: `${name}（网上工匠学院线上班）`,
    plannedHours,
    classHead: '欧老师',
  })
  return [
    {
      ...said(1, '电工安全操作基础', 2),
      courseSlug: 'electrical-safety',
      occupationCode: '6-31-01-03',
      level: 'l5' as const,
    },
    {
      ...said(2, '焊接安全与操作基础', 3),
      courseSlug: 'welding-safety',
      occupationCode: '6-18-02-04',
      level: 'l5' as const,
    },
    { ...said(3, '职工权益实务', 2), courseSlug: 'workers-rights' },
  ].map((form) => online('WSXY', today, form))
}

/** None, one or two, in different weeks: they may share a workshop. */
function weekendsOf(academy: ProvinceAcademy, saturday: string): DemoClass[] {
  const random = seeded(seedOf(SEED, `${academy.code}/open`))
  const count = random.weighted([
    [0, 2],
    [1, 6],
    [2, 2],
  ] as const)
  return Array.from({ length: count }, (_, at) => weekendOf(academy, at, saturday, random))
}

function weekendOf({ code, city, trades }: ProvinceAcademy, at: number, saturday: string, random: Random): DemoClass {
  const trade = PROVINCE_TRADES[trades[at] ?? trades[0]!]
  const isLevelled = trade.certificate === '职业技能等级证书'
  const word = random.pick(LEVEL_WORDS.slice(0, 3))
  const level = word.slice(0, 2)
  const issue = random.int(9, 31)
  return onWeekend(code, addDays(saturday, 7 * (3 * at + random.int(0, 2))), {
    code: `${code}-ZM-${String(issue).padStart(2, '0')}`,
    name: `${trade.name}${isLevelled ? `（${level}）技能提升班` : '培训班'}（第${issue}期）`,
    ...(trade.code === '无' ? {} : { occupationCode: trade.code }),
    ...(isLevelled ? { level: LEVELS.find((one) => levelWords['zh-CN'][one] === word) } : {}),
    capacity: random.int(12, 20) * 2,
    siteName: random.pick(['实训楼一楼', '实训中心A区', '技能实训车间', '教学点三楼']),
    siteAddress: `${city}市示例路${random.int(2, 160)}号`,
    bring: '身份证原件；穿长袖工作服、防滑鞋。工具和防护用品由学院准备。',
    classHead: `${random.weighted(SURNAMES)}师傅`,
    classHeadPhone: `${AREA_CODES[city]}-0000 0000`,
    topics: [...random.pick(TOPICS)] as [string, string, string, string],
  })
}
