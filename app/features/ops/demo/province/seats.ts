import type { Random } from '../random.ts'
import type { ProvinceAcademy } from './academies.ts'
import type { ProvinceClass } from './classes.ts'
import type { ProvincePerson, peopleOf } from './people.ts'
import type { YearPlan } from './plan.ts'
import { LEVEL_WORDS } from './trades.ts'

/** One worker in one class, with every time they sat for it. */
export type Seat = {
  class: ProvinceClass
  person: ProvincePerson
  isCredited: boolean
  /** Students and retired workers are in no figure. */
  isCounted: boolean
  hours: number
  practicalHours: number
  /** 完成日期, online. */
  completedOn: string
  /** 原技能等级. */
  declared: string
  sat: Outcome[]
}

export type Outcome = {
  on: string
  result: '合格' | '不合格' | '缺考'
  /** When the certificate comes; null: passed, not issued yet, or not passed. */
  issuedOn: string | null
  isRevoked: boolean
}

type Kind = 'first' | 'again' | 'dropout' | 'excluded'

/** Before so many seats are taken nobody comes a second time. */
const AGAIN_AFTER = 90
/** Of those who come for the first time in a year: trained here in an earlier year; trained in the city elsewhere too. */
const RETURNING = 0.24
const SHARED = 0.05

export const seatsIn = ({ times, dropouts, excluded }: YearPlan): number => times + dropouts + excluded

/**
 * Fills the classes of a year, so that exactly `plan.persons` workers are credited `plan.times` times.
 * @param known workers of the years before; those of this year are added.
 */
export function seatsOf(
  academy: ProvinceAcademy,
  plan: YearPlan,
  classes: readonly ProvinceClass[],
  people: ReturnType<typeof peopleOf>,
  known: ProvincePerson[],
  random: Random,
): Seat[] {
  const kinds = kindsOf(plan, random)
  const former = random.shuffled(known)
  const here = new Set<ProvincePerson>()
  const credited: ProvincePerson[] = []
  const poolSize = academy.cityCode === '' ? 0 : 900
  const seats: Seat[] = []
  const pick = (kind: Kind, inClass: Set<ProvincePerson>): ProvincePerson => {
    if (kind === 'excluded') return people.make('excluded')
    if (kind === 'again')
      for (let attempt = 0; attempt < 200; attempt++) {
        const one = random.pick(credited)
        if (!inClass.has(one)) return one
      }
    for (;;) {
      const isFormer = former.length > 0 && random.chance(RETURNING)
      const isShared = !isFormer && poolSize > 0 && random.chance(SHARED)
      const one = isFormer ? former.pop()! : isShared ? people.shared(random.int(1, poolSize)) : people.make('counted')
      if (here.has(one)) continue
      return one
    }
  }
  let at = 0
  for (const group of classes) {
    const inClass = new Set<ProvincePerson>()
    for (let seat = 0; seat < group.size; seat++) {
      const kind = kinds[at++]!
      const person = pick(kind, inClass)
      inClass.add(person)
      here.add(person)
      if (kind === 'first') credited.push(person)
      seats.push(seatOf(group, person, kind, plan, random))
    }
  }
  const before = new Set(known)
  known.push(...credited.filter((person) => !before.has(person)))
  return seats
}

function kindsOf({ persons, times, dropouts, excluded }: YearPlan, random: Random): Kind[] {
  const of = (kind: Kind, count: number): Kind[] => Array.from({ length: count }, () => kind)
  const early = of('first', AGAIN_AFTER)
  const rest = [
    ...of('first', persons - AGAIN_AFTER),
    ...of('again', times - persons),
    ...of('dropout', dropouts),
    ...of('excluded', excluded),
  ]
  return [...early, ...random.shuffled(rest)]
}

function seatOf(group: ProvinceClass, person: ProvincePerson, kind: Kind, plan: YearPlan, random: Random): Seat {
  const isCredited = kind !== 'dropout'
  const hours = isCredited ? attended(group, random) : random.int(0, Math.floor(group.hours * 1.5)) / 2
  return {
    class: group,
    person,
    isCredited,
    hours,
    isCounted: kind !== 'excluded',
    practicalHours: group.practicalHours === 0 ? 0 : practised(group, hours, random),
    completedOn: group.mode === '线上' && isCredited ? between(group, random) : '',
    declared: declaredLevel(group, person, plan, random),
    sat: [],
  }
}

/** Most are there all the time, nobody credited below 80 %; online only all of it counts. */
function attended({ mode, hours }: ProvinceClass, random: Random): number {
  if (mode === '线上' || random.chance(0.62)) return hours
  const least = Math.ceil(hours * 0.8 * 2)
  return random.int(least, hours * 2) / 2
}

const practised = ({ practicalHours }: ProvinceClass, hours: number, random: Random): number =>
  Math.min(hours, random.chance(0.8) ? practicalHours : Math.max(1, practicalHours - random.int(1, 4)))

function between({ startsOn, endsOn }: ProvinceClass, random: Random): string {
  const from = Date.parse(`${startsOn}T00:00:00Z`)
  const days = (Date.parse(`${endsOn}T00:00:00Z`) - from) / 86_400_000
  return new Date(from + random.int(3, days) * 86_400_000).toISOString().slice(0, 10)
}

/** What a worker says they hold: what the ledger knows, the level below, none, or nothing at all. */
function declaredLevel(
  { trade, level }: ProvinceClass,
  person: ProvincePerson,
  { held }: YearPlan,
  random: Random,
): string {
  if (trade.code === '无') return ''
  const known = person.levels.get(trade.code)
  if (known !== undefined) return LEVEL_WORDS[known] ?? ''
  const rank = LEVEL_WORDS.indexOf(level)
  if (random.chance(held)) return level
  if (rank > 0 && random.chance(0.55)) return LEVEL_WORDS[rank - 1]!
  return random.chance(0.55) ? '无' : ''
}
