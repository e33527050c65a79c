import { HEADER } from '../ledger-rows.ts'
import { seeded, seedOf } from '../random.ts'
import { PROVINCE, type ProvinceAcademy } from './academies.ts'
import { classesOf } from './classes.ts'
import { examine, improvedIn, keepLevels, mend } from './outcomes.ts'
import { type ProvincePerson, peopleOf } from './people.ts'
import { planYear, type YearBefore } from './plan.ts'
import { type Outcome, type Seat, seatsIn, seatsOf } from './seats.ts'
import { SEED, YEARS } from './seed.ts'

const LEVEL_DIGIT: Record<string, string> = {
  '五级/初级工': '5',
  '四级/中级工': '4',
  '三级/高级工': '3',
  '二级/技师': '2',
}

/** The rows of one academy's ledger over the three years, class by class: cells in the order of HEADER. The same everywhere. */
export function* provinceRows(academy: ProvinceAcademy): Generator<string[]> {
  const random = seeded(seedOf(SEED, academy.code))
  const people = peopleOf(academy, random)
  const known: ProvincePerson[] = []
  const number = numbering(academy)
  let before: YearBefore | null = null
  for (const year of YEARS) {
    const plan = planYear(academy, year, before, random)
    const classes = classesOf(academy, plan, seatsIn(plan), random)
    const seats = seatsOf(academy, plan, classes, people, known, random)
    examine(seats, plan, random)
    mend(seats, plan, random)
    before = { persons: plan.persons, improved: improvedIn(seats).size }
    keepLevels(seats)
    for (const seat of seats) {
      if (seat.sat.length === 0) yield [...enrolment(academy, seat), ...NOT_SAT]
      // A row for every time a worker sat.
      else
        for (const outcome of seat.sat) yield [...enrolment(academy, seat), ...sitting(academy, seat, outcome, number)]
    }
  }
}

/** 学院代码 to 完成日期. */
function enrolment({ code }: ProvinceAcademy, { class: group, person, hours, ...seat }: Seat): string[] {
  const isMixed = group.mode === '混合'
  return [
    code,
    group.code,
    group.name,
    group.mode,
    group.trade.code,
    group.startsOn,
    group.endsOn,
    String(group.hours),
    isMixed ? String(group.practicalHours) : '',
    person.name,
    '居民身份证',
    person.document,
    person.phone,
    person.category,
    person.employer,
    seat.declared,
    String(hours),
    isMixed ? String(seat.practicalHours) : '',
    seat.completedOn,
  ]
}

const NOT_SAT: readonly string[] = Array.from({ length: HEADER.length - HEADER.indexOf('考核日期') }, () => '')
const NO_CERTIFICATE = NOT_SAT.slice(2)

/** 考核日期 to 证书状态. */
function sitting({ city }: ProvinceAcademy, seat: Seat, outcome: Outcome, number: Numbering): string[] {
  const { on, result, issuedOn, isRevoked } = outcome
  if (issuedOn === null) return [on, result, ...NO_CERTIFICATE]
  const { trade, level } = seat.class
  return [
    on,
    result,
    trade.certificate,
    number(seat),
    trade.certificate === '职业技能等级证书' ? level : '',
    trade.workItem ?? '',
    trade.workItem ? '示例发证机关' : `示例${city}技能评价机构`,
    issuedOn,
    isRevoked ? '撤销' : '',
  ]
}

type Numbering = (seat: Seat) => string

/** Numbers true to their format, with 00 and the academy's place where a real one names its evaluating body. */
function numbering(academy: ProvinceAcademy): Numbering {
  let serial = 0
  const place = String(PROVINCE.indexOf(academy)).padStart(2, '0')
  const city = academy.cityCode || '440000'
  return ({ class: { trade, level, startsOn }, person }) => {
    serial += 1
    const sequence = String(serial).padStart(6, '0')
    const [year, month] = [startsOn.slice(0, 4), startsOn.slice(5, 7)]
    switch (trade.certificate) {
      case '职业技能等级证书':
        return `S00${place}${city}${year.slice(2)}${month}${LEVEL_DIGIT[level]}${sequence}`
      case '特种作业操作证':
        return `T${person.document}`
      case '培训合格证书':
        return `${academy.code}-PX${year}-${sequence}`
      default:
        return `ZX${city}${year}${place}${sequence}`
    }
  }
}
