import { addDays } from '#app/lib/calendar.ts'
import { startDate, workingDaysAfter } from './calendar.ts'
import type { DemoPerson } from './people.ts'
import type { Random } from './random.ts'
import { type DemoAcademy, TRADES, type Trade } from './vocabulary.ts'

/** The ledgers of the demo end here, as an office's would that has filed up to the end of October. */
export const LAST_DAY = '2026-10-31'
const DEMO_YEARS = [2024, 2025, 2026] as const

/** The header of the ledger (台账), in the order of its template. */
export const HEADER = [
  '学院代码',
  '班次编号',
  '班次名称',
  '培训方式',
  '职业编码',
  '开始日期',
  '结束日期',
  '计划学时',
  '实操计划学时',
  '姓名',
  '证件类型',
  '证件号码',
  '手机号',
  '人员类别',
  '工作单位',
  '原技能等级',
  '实到学时',
  '实操实到学时',
  '完成日期',
  '考核日期',
  '考核结果',
  '证书类型',
  '证书编号',
  '技能等级',
  '作业项目',
  '发证机构',
  '发证日期',
  '证书状态',
] as const

export type LedgerRow = Partial<Record<(typeof HEADER)[number], string>>

const LOWER: Record<string, string> = { '四级/中级工': '五级/初级工', '三级/高级工': '四级/中级工' }
const LEVEL_DIGIT: Record<string, string> = { '五级/初级工': '5', '四级/中级工': '4', '三级/高级工': '3' }

type DemoClass = {
  code: string
  name: string
  mode: '线上' | '面授' | '实操' | '混合'
  size: number
  cityCode: string
  trade: Trade
  level: '五级/初级工' | '四级/中级工' | '三级/高级工'
  startsOn: string
  endsOn: string
  hours: number
  practicalHours: number
}

/** All rows of one academy's ledger, class by class, in the order of the years. */
export function* ledgerRows(academy: DemoAcademy, random: Random, newPerson: () => DemoPerson): Generator<LedgerRow> {
  const known: DemoPerson[] = []
  let serial = 0
  for (const [index, year] of DEMO_YEARS.entries()) {
    for (const group of classesOf(academy, random, year, academy.rows[index]!)) {
      const seated = new Set<DemoPerson>()
      while (seated.size < group.size) {
        const person = known.length > 50 && random.chance(academy.returning) ? random.pick(known) : newPerson()
        if (!seated.has(person)) known.push(person)
        seated.add(person)
      }
      for (const person of seated) yield rowOf(academy, group, person, random, () => ++serial)
    }
  }
}

/** The classes of a year in the order of their dates, numbered per trade (第1期, 第2期 …), with `rows` seats in all. */
function classesOf(academy: DemoAcademy, random: Random, year: number, rows: number): DemoClass[] {
  const drafts: { startsOn: string; size: number }[] = []
  for (let left = rows; left > 0; left -= drafts.at(-1)!.size)
    drafts.push({ startsOn: startDate(random, year, addDays(LAST_DAY, -40)), size: Math.min(left, random.int(25, 45)) })
  const issues = new Map<string, number>()
  return drafts
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
    .map((draft) => makeClass(academy, random, year, draft, issues))
}

function makeClass(
  academy: DemoAcademy,
  random: Random,
  year: number,
  { startsOn, size }: { startsOn: string; size: number },
  issues: Map<string, number>,
): DemoClass {
  const trade: Trade = TRADES[random.weighted(academy.trades)]
  const level = random.weighted(trade.levels)
  const mode = random.chance(academy.online)
    ? '线上'
    : random.weighted([
        ['实操', 6],
        ['混合', 3],
        ['面授', 1],
      ] as const)
  const hours = random.pick([16, 24, 32, 40, 56])
  const number = (issues.get(trade.name) ?? 0) + 1
  issues.set(trade.name, number)
  const purpose = trade.certificate === '职业技能等级证书' ? `（${level.slice(0, 2)}）技能提升班` : '培训班'
  const licence = trade.certificate === '特种作业操作证' ? 'T' : ''
  return {
    code: `${year}-${trade.code.replaceAll('-', '')}-${licence}${String(number).padStart(3, '0')}`,
    name: `${year}年第${number}期${trade.name}${purpose}`,
    mode,
    size,
    cityCode: academy.cityCode,
    trade,
    level,
    startsOn,
    endsOn: addDays(startsOn, random.int(2, 6) * 5),
    hours,
    practicalHours: mode === '混合' ? hours * 0.5 : 0,
  }
}

function rowOf(
  academy: DemoAcademy,
  group: DemoClass,
  person: DemoPerson,
  random: Random,
  next: () => number,
): LedgerRow {
  const attended = random.chance(0.93)
    ? random.int(Math.ceil(group.hours * 0.85) * 2, group.hours * 2) / 2
    : Math.floor(group.hours * 0.6)
  const online = group.mode === '线上'
  const hours = online && random.chance(0.9) ? group.hours : attended
  const isCredited = online ? hours >= group.hours : hours * 100 >= group.hours * 80
  const held = person.levels.get(group.trade.code)
  const row: LedgerRow = {
    学院代码: academy.code,
    班次编号: group.code,
    班次名称: group.name,
    培训方式: group.mode,
    职业编码: group.trade.code,
    开始日期: group.startsOn,
    结束日期: group.endsOn,
    计划学时: String(group.hours),
    姓名: person.name,
    证件类型: '居民身份证',
    证件号码: person.document,
    手机号: person.phone,
    人员类别: person.category,
    工作单位: person.employer,
    原技能等级: held ?? (random.chance(0.35) ? (LOWER[group.level] ?? '无') : random.chance(0.5) ? '无' : ''),
    实到学时: String(hours),
  }
  if (group.mode === '混合') {
    row.实操计划学时 = String(group.practicalHours)
    row.实操实到学时 = String(
      Math.min(hours, Math.floor(group.practicalHours * (random.chance(0.04) ? 0 : 0.9) * 2) / 2),
    )
  }
  if (online && isCredited) row.完成日期 = addDays(group.startsOn, random.int(1, 10))
  if (isCredited && random.chance(online ? 0.55 : 0.95)) assess(row, group, person, random, next)
  return row
}

/** Assessment 3 to 15 days after the class, the certificate 20 to 45 working days after that, as far as time has come. */
function assess(row: LedgerRow, group: DemoClass, person: DemoPerson, random: Random, next: () => number): void {
  const assessedOn = addDays(group.endsOn, random.int(3, 15))
  if (assessedOn > LAST_DAY) return
  row.考核日期 = assessedOn
  if (random.chance(0.03)) {
    row.考核结果 = '缺考'
    return
  }
  const isPassed = random.chance(group.trade.pass[group.level] / 100)
  row.考核结果 = isPassed ? '合格' : '不合格'
  const issuedOn = workingDaysAfter(assessedOn, random.int(20, 45))
  if (!isPassed || issuedOn > LAST_DAY || person.licences.has(group.trade.name)) return
  row.证书类型 = group.trade.certificate
  row.证书编号 = certificateNumber(group.cityCode, group, person, next())
  row.发证日期 = issuedOn
  row.发证机构 = '示例技能评价机构'
  if (group.trade.workItem) row.作业项目 = group.trade.workItem
  if (group.trade.certificate === '职业技能等级证书') {
    row.技能等级 = group.level
    person.levels.set(group.trade.code, group.level)
  }
  if (random.chance(0.004)) row.证书状态 = '撤销'
}

/** Format-true numbers with 0000 where a real one names its evaluating body. */
function certificateNumber(cityCode: string, group: DemoClass, person: DemoPerson, serial: number): string {
  if (group.trade.certificate === '特种作业操作证') {
    person.licences.add(group.trade.name)
    return `T${person.document}`
  }
  const sequence = String(serial).padStart(6, '0')
  if (group.trade.certificate !== '职业技能等级证书') return `ZX${cityCode}${group.startsOn.slice(0, 4)}${sequence}`
  return `S0000${cityCode}${group.startsOn.slice(2, 4)}${group.startsOn.slice(5, 7)}${LEVEL_DIGIT[group.level]}${sequence}`
}
