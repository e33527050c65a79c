import type { Random } from '../random.ts'
import type { ProvinceAcademy } from './academies.ts'
import { dayOfWeek, isClosed, later, openDay, spansFestival, workingDaysAfter } from './calendar.ts'
import type { YearPlan } from './plan.ts'
import { GENERAL, LEVEL_WORDS, type LevelWord, PROVINCE_TRADES, type ProvinceTrade } from './trades.ts'

export type ModeWord = '线上' | '面授' | '实操' | '混合'

/** One class of an academy's year. */
export type ProvinceClass = {
  code: string
  name: string
  mode: ModeWord
  size: number
  trade: ProvinceTrade
  level: LevelWord
  startsOn: string
  endsOn: string
  hours: number
  practicalHours: number
  /** When it examines, when who failed sits again, and when certificates come of it; null: not, or not yet. */
  exam: Sitting | null
  resit: Sitting | null
}

export type Sitting = { on: string; issuesOn: string }

type Draft = Pick<ProvinceClass, 'mode' | 'size' | 'trade' | 'level'>
type Dates = Pick<ProvinceClass, 'startsOn' | 'endsOn' | 'hours'> & { isEvening: boolean }

/** How many classes begin in a month, January first: peaks in May–June and September–November. */
const MONTHS = [3, 2, 7, 9, 13, 13, 8, 6, 11, 9, 13, 6].map((weight, index) => [index + 1, weight] as const)
const LEVELS = [
  [LEVEL_WORDS[0], 30],
  [LEVEL_WORDS[1], 45],
  [LEVEL_WORDS[2], 21],
  [LEVEL_WORDS[3], 4],
] as const

/** The classes of a year with so many seats in all, 25 to 45 each, in the order of their dates. */
export function classesOf(academy: ProvinceAcademy, plan: YearPlan, seats: number, random: Random): ProvinceClass[] {
  const drafts = withModes(
    sizes(seats, random).map((size) => draft(academy, size, random)),
    plan,
    random,
  )
  const issues = new Map<string, number>()
  return drafts
    .map((one) => ({ ...one, ...datesOf(one, plan, random) }))
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
    .map((one) => {
      const number = (issues.get(one.trade.name) ?? 0) + 1
      issues.set(one.trade.name, number)
      return finished(one, plan, number, random)
    })
}

/** 25 to 45 each; a remainder is spread over the others. */
function sizes(seats: number, random: Random): number[] {
  const found: number[] = []
  let left = seats
  while (left >= 25) {
    const size = Math.min(random.int(25, 45), left)
    found.push(size)
    left -= size
  }
  for (let at = 0; left > 0; at = (at + 1) % found.length) {
    if (found[at]! >= 45) continue
    found[at]! += 1
    left -= 1
  }
  return found
}

function draft({ trades, kind }: ProvinceAcademy, size: number, random: Random): Draft {
  const weights = trades.map((key, at) => [key, kind === '综合性' ? 1 : ([5, 3.4, 2, 1.4][at] ?? 1)] as const)
  const trade: ProvinceTrade = PROVINCE_TRADES[random.chance(0.09) ? random.pick(GENERAL) : random.weighted(weights)]
  return { size, trade, mode: '面授', level: random.weighted(LEVELS) }
}

/** Practical and mixed until there are seats enough; the others in a classroom or online. */
function withModes(drafts: Draft[], { practicalSeats, online }: YearPlan, random: Random): Draft[] {
  let left = practicalSeats
  return random.shuffled(drafts).map((one) => {
    const isHands = one.trade.code !== '无' && left > one.size / 2
    if (!isHands) return { ...one, mode: random.chance(online) ? '线上' : '面授' }
    left -= one.size
    return { ...one, mode: random.chance(0.62) ? '实操' : '混合' }
  })
}

/** Weekends, evenings or whole days of one week; online a month or two. Again until nothing stands in the way. */
function datesOf({ mode }: Draft, { year, lastDay }: YearPlan, random: Random): Dates {
  const latest = lastDay < `${year}-12-24` ? lastDay : `${year}-12-24`
  for (;;) {
    const month = String(random.weighted(MONTHS)).padStart(2, '0')
    const any = `${year}-${month}-${String(random.int(1, 28)).padStart(2, '0')}`
    const dates = mode === '线上' ? online(any, random) : inPerson(any, random)
    const { startsOn, endsOn } = dates
    if (endsOn > latest || startsOn.slice(0, 4) !== String(year)) continue
    if (isClosed(startsOn) || isClosed(endsOn) || spansFestival(startsOn, endsOn)) continue
    return dates
  }
}

const online = (any: string, random: Random): Dates => {
  const startsOn = onWeekday(any, 1)
  return {
    startsOn,
    endsOn: later(startsOn, 27 + 7 * random.int(0, 4)),
    hours: random.pick([8, 12, 16]),
    isEvening: false,
  }
}

function inPerson(any: string, random: Random): Dates {
  const form = random.weighted([
    ['weekend', 50],
    ['evening', 32],
    ['week', 18],
  ] as const)
  if (form === 'week') {
    const startsOn = onWeekday(any, 1)
    return { startsOn, endsOn: later(startsOn, 4), hours: 40, isEvening: false }
  }
  if (form === 'weekend') {
    const weeks = random.int(1, 4)
    const startsOn = onWeekday(any, 6)
    return { startsOn, endsOn: later(startsOn, 7 * weeks - 6), hours: 16 * weeks, isEvening: false }
  }
  // Three evenings a week of two and a half hours.
  const weeks = random.int(3, 6)
  const startsOn = onWeekday(any, random.int(1, 2))
  const endsOn = later(startsOn, 7 * (weeks - 1) + (5 - dayOfWeek(startsOn)))
  return { startsOn, endsOn, hours: weeks * 7.5, isEvening: true }
}

const onWeekday = (date: string, day: number): string => later(date, (day - dayOfWeek(date) + 7) % 7)

function finished(one: Draft & Dates, plan: YearPlan, number: number, random: Random): ProvinceClass {
  const { trade, level, mode, hours, isEvening, ...dates } = one
  const { year } = plan
  const isLevelled = trade.certificate === '职业技能等级证书'
  const kind = isLevelled ? `（${level.slice(0, 2)}）技能提升班` : trade.workItem ? '取证培训班' : '培训班'
  const exam = examOf(one, plan, random)
  const key =
    trade.code === '无' ? `TY${GENERAL.findIndex((general) => PROVINCE_TRADES[general] === trade) + 1}` : trade.code
  const special = isLevelled || trade.code === '无' ? '' : 'T'
  return {
    ...dates,
    code: `${year}-${key.replaceAll('-', '')}${special}-${String(number).padStart(2, '0')}`,
    name: `${year}年第${number}期${trade.name}${kind}${mode === '线上' ? '（线上）' : isEvening ? '（晚班）' : ''}`,
    ...{ mode, trade, level, hours, exam },
    practicalHours: mode === '混合' ? Math.round(hours * 1.2) / 2 : 0,
    resit: exam && resitOf(exam, plan, random),
  }
}

/** 5 to 24 days after the class, mostly on a weekend. Late in the running year most classes wait for November. */
function examOf({ endsOn }: Dates, plan: YearPlan, random: Random): Sitting | null {
  const isLate = plan.lastDay < `${plan.year}-12-31` && endsOn > `${plan.year}-08-20`
  if (!random.chance(isLate ? plan.autumn : plan.assessed)) return null
  const any = later(endsOn, random.int(5, 18))
  return sitting(random.chance(0.8) ? onWeekday(any, 6) : any, plan, random)
}

const resitOf = ({ on }: Sitting, plan: YearPlan, random: Random): Sitting | null =>
  sitting(onWeekday(later(on, random.int(26, 42)), 6), plan, random)

/** Null where the year, or the ledger, ends before it. */
function sitting(any: string, { year, lastDay, slowest }: YearPlan, random: Random): Sitting | null {
  const on = openDay(any)
  if (on > lastDay || on > `${year}-12-30`) return null
  return { on, issuesOn: workingDaysAfter(on, random.int(20, slowest)) }
}
