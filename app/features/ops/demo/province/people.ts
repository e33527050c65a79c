import { type Random, seeded, seedOf } from '../random.ts'
import { GIVEN_FIRST, GIVEN_SECOND, SURNAMES } from '../vocabulary.ts'
import { PROVINCE, type ProvinceAcademy } from './academies.ts'
import { SEED } from './seed.ts'

/** A made-up worker, with what one academy's ledger remembers of them. */
export type ProvincePerson = {
  name: string
  document: string
  phone: string
  employer: string
  category: string
  /** At several academies of a city: their licences are told by one of them alone. */
  isShared: boolean
  /** Occupation code → the highest rank reached here. */
  levels: Map<string, number>
  /** 作业项目 of licences held: nobody gets the same one twice. */
  licences: Set<string>
}

/** Counted workers, or those who do not count: students and retired ones. */
export type PersonKind = 'counted' | 'excluded'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'
const FIRST = [...GIVEN_FIRST]
const SECOND = [...GIVEN_SECOND]
const CARRIERS = ['135', '136', '137', '138', '139', '150', '158', '159', '166', '177', '186', '188', '199']

/** Where workers come from: prefectures of other provinces, by how many of them work in Guangdong. */
const PROVINCES: readonly (readonly [{ prefix: string; prefectures: number }, number])[] = [
  [{ prefix: '43', prefectures: 13 }, 22],
  [{ prefix: '45', prefectures: 14 }, 22],
  [{ prefix: '36', prefectures: 11 }, 12],
  [{ prefix: '42', prefectures: 12 }, 11],
  [{ prefix: '51', prefectures: 20 }, 9],
  [{ prefix: '41', prefectures: 17 }, 8],
  [{ prefix: '52', prefectures: 6 }, 7],
  [{ prefix: '50', prefectures: 2 }, 3],
  [{ prefix: '35', prefectures: 9 }, 2],
  [{ prefix: '53', prefectures: 9 }, 2],
  [{ prefix: '34', prefectures: 17 }, 2],
]
const COUNTIES = ['02', '03', '21', '22', '23', '24', '25', '81']
const GUANGDONG = [...new Set(PROVINCE.map(({ cityCode }) => cityCode))].filter(Boolean)
/** Two cities without counties: their numbers begin with the city itself. */
const WITHOUT_COUNTIES = new Set(['441900', '442000'])

const SECTORS = [
  '精密机械',
  '电子科技',
  '五金制品',
  '机电安装',
  '塑胶制品',
  '食品',
  '物业服务',
  '建筑工程',
  '包装材料',
].concat(['智能装备', '纺织服装', '汽车零部件', '新材料', '商贸物流', '餐饮管理', '康养服务'])
const OPENINGS = ['示例甲', '示例乙', '示例丙', '示例丁']
const CATEGORIES = [
  ['在职职工', 80],
  ['灵活就业', 9],
  ['新就业形态', 7],
  ['下岗待岗', 2],
  ['', 2],
] as const

/** Serials are dealt out by academy (and by city for shared workers), so that no two documents are ever the same. */
const SLOTS = 97
const days = (from: number, to: number) => [Date.UTC(from, 0, 1), Date.UTC(to, 11, 28)] as const
const BORN = { counted: days(1967, 2005), student: days(2005, 2008), retired: days(1958, 1966) }

/** Makes the workers of one academy: those nobody else has, and, by index, those its city's academies share. */
export function peopleOf(academy: ProvinceAcademy, random: Random) {
  const used = new Set<string>()
  const slot = PROVINCE.indexOf(academy)
  const citySlot = PROVINCE.length + GUANGDONG.indexOf(academy.cityCode)
  const shared = new Map<number, ProvincePerson>()
  return {
    make: (kind: PersonKind): ProvincePerson => makePerson(academy, kind, random, slot, used),
    /** The city's worker of this number, the same for every academy that asks. */
    shared: (index: number): ProvincePerson => {
      const known = shared.get(index)
      if (known) return known
      const own = seeded(seedOf(SEED, `${academy.cityCode}/${index}`))
      const person = { ...makePerson(academy, 'counted', own, citySlot, new Set()), isShared: true }
      shared.set(index, person)
      return person
    },
  }
}

function makePerson(
  { city }: ProvinceAcademy,
  kind: PersonKind,
  random: Random,
  slot: number,
  used: Set<string>,
): ProvincePerson {
  const isStudent = kind === 'excluded' && random.chance(0.7)
  const born = kind === 'counted' ? BORN.counted : isStudent ? BORN.student : BORN.retired
  let document = documentOf(random, born, slot)
  while (used.has(document)) document = documentOf(random, born, slot)
  used.add(document)
  const category = kind === 'counted' ? random.weighted(CATEGORIES) : isStudent ? '在校学生' : '退休'
  const hasEmployer = category === '在职职工' || (category === '' && random.chance(0.8))
  return {
    name: random.weighted(SURNAMES) + random.pick(FIRST) + (random.chance(0.87) ? random.pick(SECOND) : ''),
    document,
    phone: random.chance(0.97) ? `${random.pick(CARRIERS)}${String(random.int(0, 99_999_999)).padStart(8, '0')}` : '',
    employer: hasEmployer ? `${city}${random.pick(OPENINGS)}${random.pick(SECTORS)}有限公司` : '',
    category,
    isShared: false,
    levels: new Map(),
    licences: new Set(),
  }
}

/** An 18-digit number with a right check digit; half of them from other provinces. */
function documentOf(random: Random, [from, to]: readonly [number, number], slot: number): string {
  const birth = new Date(random.int(from / 86_400_000, to / 86_400_000) * 86_400_000)
  const serial = slot + SLOTS * random.int(0, Math.floor((999 - slot) / SLOTS))
  const body = regionOf(random) + birth.toISOString().slice(0, 10).replaceAll('-', '') + String(serial).padStart(3, '0')
  let sum = 0
  for (let at = 0; at < 17; at++) sum += WEIGHTS[at]! * (body.charCodeAt(at) - 48)
  return body + CHECK_DIGITS[sum % 11]
}

function regionOf(random: Random): string {
  if (random.chance(0.5)) {
    const city = random.pick(GUANGDONG)
    return WITHOUT_COUNTIES.has(city) ? city : city.slice(0, 4) + random.pick(COUNTIES)
  }
  const { prefix, prefectures } = random.weighted(PROVINCES)
  return prefix + String(random.int(1, prefectures)).padStart(2, '0') + random.pick(COUNTIES)
}
