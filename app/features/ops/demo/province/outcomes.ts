import type { Random } from '../random.ts'
import type { Sitting } from './classes.ts'
import type { ProvincePerson } from './people.ts'
import type { YearPlan } from './plan.ts'
import type { Outcome, Seat } from './seats.ts'
import { LEVEL_WORDS, passOf } from './trades.ts'

/** Of those who sit for it, and of those who failed or stayed away, per thousand and per hundred. */
const ABSENT = 0.03
const REVOKED = 0.002
const AGAIN = { 不合格: 0.45, 缺考: 0.55 } as const
const PASS_AGAIN = 0.72

/** Who of the trained sits, and with what result, as trades and levels have it. */
export function examine(seats: readonly Seat[], plan: YearPlan, random: Random): void {
  for (const seat of seats) {
    const { exam, resit, trade, level } = seat.class
    if (!exam || !seat.isCredited || !maySit(seat)) continue
    seat.sat.push(outcome(exam, passOf(trade, level), plan, random))
    const { result } = seat.sat[0]!
    if (resit && result !== '合格' && random.chance(AGAIN[result]))
      seat.sat.push(outcome(resit, PASS_AGAIN, plan, random))
    if (trade.workItem) seat.person.licences.add(trade.workItem)
  }
}

/** A licence is got once; of shared workers another academy's ledger may tell it. */
const maySit = ({ class: { trade }, person }: Seat): boolean =>
  !trade.workItem || !(person.isShared || person.licences.has(trade.workItem))

function outcome(sitting: Sitting, pass: number, plan: YearPlan, random: Random): Outcome {
  if (random.chance(ABSENT)) return { on: sitting.on, result: '缺考', issuedOn: null, isRevoked: false }
  const isPassed = random.chance(pass)
  const issuedOn = isPassed ? issued(sitting, plan) : null
  return {
    on: sitting.on,
    result: isPassed ? '合格' : '不合格',
    issuedOn,
    isRevoked: !!issuedOn && random.chance(REVOKED),
  }
}

/** Certificates go on coming after the year's end, but not after the end of the ledgers. */
const issued = ({ issuesOn }: Sitting, { year, lastDay }: YearPlan): string | null =>
  issuesOn <= (lastDay < `${year}-12-31` ? lastDay : `${year + 1}-12-31`) ? issuesOn : null

/** What a year's ledger says of the workers who count. */
export type Standing = { assessed: Set<ProvincePerson>; certified: Set<ProvincePerson>; awaiting: Set<ProvincePerson> }

export function standing(seats: readonly Seat[]): Standing {
  const assessed = new Set<ProvincePerson>()
  const certified = new Set<ProvincePerson>()
  const passed = new Set<ProvincePerson>()
  for (const { isCredited, isCounted, person, sat } of seats) {
    if (!isCredited || !isCounted) continue
    for (const { result, issuedOn, isRevoked } of sat) {
      if (result === '缺考') continue
      assessed.add(person)
      if (result !== '合格') continue
      if (issuedOn === null) passed.add(person)
      else if (!isRevoked) certified.add(person)
    }
  }
  return { assessed, certified, awaiting: new Set([...passed].filter((person) => !certified.has(person))) }
}

/** Mends outcomes, one worker at a time and anyone alike, until the year comes out as planned. */
export function mend(seats: readonly Seat[], plan: YearPlan, random: Random): void {
  const single = singleSeats(seats)
  if (plan.awaiting !== null) mendAwaiting(single, plan, random, standing(seats).awaiting.size - plan.awaiting)
  if (plan.rate !== null) {
    const { assessed, certified } = standing(seats)
    mendCertified(single, plan, random, Math.round(assessed.size * plan.rate) - certified.size)
  }
  if (plan.improved !== null) mendImproved(single, random, plan.improved - improvedIn(seats).size)
}

/** Seats of counted workers who sat in one class only this year, and once: changing one changes one worker. */
function singleSeats(seats: readonly Seat[]): Seat[] {
  const counted = seats.filter(({ isCredited, isCounted }) => isCredited && isCounted)
  const sittings = new Map<ProvincePerson, number>()
  for (const { person, sat } of counted) sittings.set(person, (sittings.get(person) ?? 0) + sat.length)
  return counted.filter(({ person, sat }) => sat.length === 1 && sittings.get(person) === 1)
}

/** Too many: they sit in November. Too few: some of the last to fail have passed. */
function mendAwaiting(single: readonly Seat[], plan: YearPlan, random: Random, surplus: number): void {
  const late = random.shuffled(single.filter(({ class: { exam } }) => issued(exam!, plan) === null))
  const wanted = surplus > 0 ? '合格' : '不合格'
  for (const seat of late.filter(({ sat }) => sat[0]!.result === wanted).slice(0, Math.abs(surplus))) {
    if (surplus > 0) seat.sat = []
    else seat.sat[0]!.result = '合格'
  }
}

function mendCertified(single: readonly Seat[], plan: YearPlan, random: Random, lacking: number): void {
  const isIn = ({ class: { exam }, sat }: Seat) =>
    sat.length === 1 && issued(exam!, plan) !== null && !sat[0]!.isRevoked
  const wanted = lacking > 0 ? '不合格' : '合格'
  const some = random.shuffled(single.filter((seat) => isIn(seat) && seat.sat[0]!.result === wanted))
  for (const { class: group, sat } of some.slice(0, Math.abs(lacking))) {
    sat[0]!.result = lacking > 0 ? '合格' : '不合格'
    sat[0]!.issuedOn = lacking > 0 ? issued(group.exam!, plan) : null
  }
}

/** Too many improved: some held the level before. Too few: some of those who said so did not. */
function mendImproved(single: readonly Seat[], random: Random, lacking: number): void {
  const holders = single.filter(
    ({ class: { trade }, sat, person }) =>
      trade.certificate === '职业技能等级证书' &&
      sat[0]?.issuedOn &&
      !sat[0].isRevoked &&
      !person.levels.has(trade.code),
  )
  const some = random.shuffled(holders.filter((seat) => (seat.declared === seat.class.level) === lacking > 0))
  for (const seat of some.slice(0, Math.abs(lacking))) seat.declared = lacking > 0 ? '无' : seat.class.level
}

/** Workers who rose above all they held, as far as this academy's ledger knows. Leaves `levels` alone. */
export function improvedIn(seats: readonly Seat[]): Set<ProvincePerson> {
  const improved = new Set<ProvincePerson>()
  walkLevels(seats, (seat, rose) => {
    if (rose && seat.isCounted) improved.add(seat.person)
  })
  return improved
}

/** Writes what the year's certificates taught into the workers' levels. */
export function keepLevels(seats: readonly Seat[]): void {
  walkLevels(seats, ({ class: { trade, level }, person }) => {
    const rank = LEVEL_WORDS.indexOf(level)
    if (rank > (person.levels.get(trade.code) ?? -1)) person.levels.set(trade.code, rank)
  })
}

/** Every valid certificate of a level in the order of the assessments, and whether it raised its worker. */
function walkLevels(seats: readonly Seat[], visit: (seat: Seat, rose: boolean) => void): void {
  const earned = seats.flatMap((seat) =>
    seat.class.trade.certificate === '职业技能等级证书'
      ? seat.sat.filter(({ issuedOn, isRevoked }) => issuedOn && !isRevoked).map(({ on }) => ({ seat, on }))
      : [],
  )
  const held = new Map<ProvincePerson, Map<string, number>>()
  for (const { seat } of earned.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    const { person, declared, class: group } = seat
    const own = held.get(person) ?? new Map(person.levels)
    held.set(person, own)
    const { code } = group.trade
    const rank = LEVEL_WORDS.indexOf(group.level)
    const before = Math.max(own.get(code) ?? -1, (LEVEL_WORDS as readonly string[]).indexOf(declared))
    visit(seat, rank > before)
    own.set(code, Math.max(rank, own.get(code) ?? -1))
  }
}
