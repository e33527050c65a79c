import { eq, sql } from 'drizzle-orm'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, tradeUnion } from '#db/schema/index.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as, within } from '../accounts/as.server.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import { type YearFigures, yearsOfFigures } from './figures.server.ts'
import type { Counts } from './figures.ts'
import { monthsOf } from './months.server.ts'
import type { Months } from './months.ts'
import { type OverviewRow, overviewRow } from './overview.ts'
import { readYear, spanOf, yearChoices } from './overview-view.ts'
import { elapsedOf } from './pace.ts'
import { type PaceFigure, readPace } from './pace-view.ts'
import { type Readings, readings } from './readings.ts'
import { academyInScope } from './scope.server.ts'
import { type Targets, targetsOf } from './targets.ts'
import { improvedNeeded } from './verdicts.ts'

export type AcademyPage = {
  academy: { code: string; name: string; sponsorName: string }
  year: number
  /** Choices of the switch. */
  years: number[]
  today: string
  /** The year still runs. */
  isRunning: boolean
  row: OverviewRow
  /** Years of `row.trend`. */
  span: number[]
  counts: Counts
  targets: Targets
  readings: Readings
  pace: {
    figure: PaceFigure
    /** Persons newly counted in each month; of a running year up to the month that runs. */
    months: number[]
    /** Of the year before, all twelve. */
    before: number[]
    /** Persons that the year asks for; null where there is nothing to measure by. */
    goal: number | null
  }
}

/**
 * One academy and year for its own people, its sponsor and the province: five indicators with three years, the pace of the
 * year by month, what stands beside. Whether it is in the viewer's scope is asked as the viewer; counting runs as
 * system('figures').
 * @returns null where there is no such academy, or it is not the viewer's to see.
 */
export async function academyPageFor(
  viewer: Viewer,
  asked: { academyCode: string; search: URLSearchParams; now: Date },
): Promise<AcademyPage | null> {
  return as(viewer, (tx) => readAcademyPage(tx, asked))
}

async function readAcademyPage(
  tx: Tx,
  asked: { academyCode: string; search: URLSearchParams; now: Date },
): Promise<AcademyPage | null> {
  const today = shanghaiDate(asked.now)
  const [found, sponsors, policyYears] = await Promise.all([
    academyInScope(tx, asked.academyCode),
    findSponsor(tx, { academyCode: asked.academyCode }),
    listPolicyYears(tx),
  ])
  if (!found) return null
  const sponsorName = sponsors[0]?.name ?? ''
  const years = yearChoices(policyYears, yearOf(today))
  const year = readYear(asked.search.get('year'), { years, thisYear: yearOf(today) })
  const figure = readPace(asked.search.get('pace'))
  const of = { academyId: found.id, today }
  const [counted, months, before] = await within(tx, system('figures'), () =>
    Promise.all([
      yearsOfFigures(tx, { years: spanOf(year, years), today, academyIds: [found.id] }),
      monthsOf(tx, { ...of, year }),
      monthsOf(tx, { ...of, year: year - 1 }),
    ]),
  )
  return {
    academy: { code: found.code, name: found.name, sponsorName },
    ...{ year, years, today },
    ...judged(counted, sponsorName, today),
    pace: { ...paceOf(figure, months, before, today, year), goal: goalOf(figure, counted.at(-1) as YearFigures) },
  }
}

const findSponsor = statement((db) =>
  db
    .select({ name: tradeUnion.name })
    .from(tradeUnion)
    .innerJoin(academy, eq(academy.sponsorId, tradeUnion.id))
    .where(eq(academy.code, sql.placeholder('academyCode'))),
)

function judged(counted: readonly YearFigures[], sponsorName: string, today: string) {
  const asked = counted.at(-1)
  const found = asked?.academies[0]
  if (!asked || !found) throw new Error('an academy in scope was not counted')
  const elapsed = elapsedOf(asked.year, today)
  const years = counted.flatMap(({ academies, policy }) =>
    academies.map(({ counts }) => ({ counts, basis: policy.rate.basis })),
  )
  const { academyId: _, ...academy } = found
  return {
    isRunning: elapsed !== null,
    row: overviewRow({ ...academy, sponsorName, years }, asked.policy, elapsed),
    span: counted.map(({ year }) => year),
    counts: found.counts,
    targets: targetsOf(asked.policy),
    readings: readings(asked.policy, found.counts),
  }
}

function paceOf(figure: PaceFigure, months: Months, before: Months, today: string, year: number) {
  const isRunning = yearOf(today) === year
  return {
    figure,
    months: months[figure].slice(0, isRunning ? Number(today.slice(5, 7)) : 12),
    before: [...before[figure]],
  }
}

function goalOf(figure: PaceFigure, { policy, academies }: YearFigures): number | null {
  if (figure !== 'improved') return policy[figure].threshold
  const previous = academies[0]?.counts.improvedPrevious ?? 0
  return previous === 0 ? null : improvedNeeded(policy, previous)
}
