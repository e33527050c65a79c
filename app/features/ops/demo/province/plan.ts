import type { Random } from '../random.ts'
import type { ProvinceAcademy } from './academies.ts'
import { LAST_DAY } from './seed.ts'

/** What one year of one academy is to come out as. The seats are made to fit it, not the other way round. */
export type YearPlan = {
  year: number
  /** Nothing happens after it. */
  lastDay: string
  /** Workers who count and are credited (人数), and their credited seats (人次). */
  persons: number
  times: number
  /** Seats in practical and mixed classes; share of the others that is online. */
  practicalSeats: number
  online: number
  /** Seats of those who stayed away too often, and of students and retired workers. */
  dropouts: number
  excluded: number
  /** Share of the classes that examine, and of those that end too late in the year for most. */
  assessed: number
  autumn: number
  /** Working days until certificates come, at most. */
  slowest: number
  /** Share of the workers who held the level before. */
  held: number
  /** What the outcomes are mended to; null: as they fall. */
  rate: number | null
  awaiting: number | null
  improved: number | null
}

export type YearBefore = { persons: number; improved: number }

/** From how an academy stands in a year, and from its story, which is about 2026. */
export function planYear(academy: ProvinceAcademy, year: number, before: YearBefore | null, random: Random): YearPlan {
  const { designatedFrom, kind } = academy
  const isLast = year === 2026
  const story = isLast ? academy.story : {}
  const isDesignated = designatedFrom !== null && year >= designatedFrom
  const wasDesignated = designatedFrom !== null && year > designatedFrom
  const persons = story.persons ?? personsOf(academy, { isDesignated, wasDesignated, isLast }, before, random)
  const times = story.times ?? Math.round(persons * between(random, 1.03, 1.09))
  const isOnline = kind === '网上'
  const hands = story.practical ? story.practical / persons : isOnline ? 0.03 : between(random, 0.6, 0.74)
  const dropouts = Math.round(times * between(random, 0.03, 0.05))
  const excluded = story.excluded ?? Math.round(times * between(random, 0.015, 0.035))
  const seats = times + dropouts + excluded
  const awaiting = story.awaiting ?? null
  return {
    ...{ year, persons, times, dropouts, excluded, awaiting },
    lastDay: isLast ? LAST_DAY : `${year}-12-31`,
    practicalSeats: Math.round(seats * hands * (story.practical ? 0.955 : 1)),
    online: isOnline ? 1 : story.practical ? 0.8 : 0.45,
    assessed: isOnline ? 0.5 : isLast ? 0.97 : isDesignated ? between(random, 0.68, 0.76) : between(random, 0.85, 0.94),
    autumn: awaiting === null ? between(random, 0.05, 0.16) : awaiting > 100 ? 0.6 : 0.22,
    slowest: isLast && (awaiting ?? 0) < 100 ? 32 : 45,
    held: isDesignated && !isLast ? 0.17 : 0.07,
    rate: story.rate ?? rateOf(isDesignated, isLast, random),
    improved: improvedOf(before, wasDesignated, story.growth, isLast, random),
  }
}

function personsOf(
  { kind, designatedFrom, cityCode }: ProvinceAcademy,
  at: { isDesignated: boolean; wasDesignated: boolean; isLast: boolean },
  before: YearBefore | null,
  random: Random,
): number {
  if (kind === '网上') return random.int(5100, 5900)
  if (cityCode === '') return random.int(2450, 2900)
  const grown = before ? Math.round(before.persons * between(random, 1.01, 1.09)) : 0
  if (designatedFrom === null) return grown || random.int(310, 720)
  if (!at.isDesignated) return Math.min(grown || random.int(810, 1290), 1488)
  // A year that ends in October, and still: most are past 2,000. Some years before it were not.
  if (at.isLast) return Math.max(at.wasDesignated ? grown : 0, random.int(2027, 2380))
  return random.chance(0.16) ? random.int(1730, 1985) : random.int(2040, 2290)
}

function rateOf(isDesignated: boolean, isLast: boolean, random: Random): number | null {
  if (!isDesignated) return null
  return isLast ? between(random, 0.856, 0.914) : between(random, 0.843, 0.918)
}

/** Growth is asked of academies that were provincial the year before; the others' doubles by itself. */
function improvedOf(
  before: YearBefore | null,
  wasDesignated: boolean,
  growth: number | undefined,
  isLast: boolean,
  random: Random,
): number | null {
  if (!before || (!wasDesignated && growth === undefined)) return null
  const wanted = growth ?? (isLast ? between(random, 0.051, 0.14) : between(random, -0.03, 0.17))
  return Math.round(before.improved * (1 + wanted))
}

const between = (random: Random, from: number, to: number): number => from + random.next() * (to - from)
