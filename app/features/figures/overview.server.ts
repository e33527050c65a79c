import { asc } from 'drizzle-orm'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { statement } from '#db/client.server.ts'
import { city, tradeUnion } from '#db/schema/index.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import { cityMap } from './city-map.server.ts'
import { type DistinctPersons, type YearFigures, yearsOfFigures } from './figures.server.ts'
import { arrange, type Headline, headline, type OverviewRow, overviewRow } from './overview.ts'
import { type OverviewView, pageOf, readView, spanOf, yearChoices } from './overview-view.ts'
import { elapsedOf } from './pace.ts'
import { type Plan, plan } from './plan.server.ts'
import { academiesInScope } from './scope.server.ts'
import { type Targets, targetsOf } from './targets.ts'

export type Overview = {
  view: OverviewView
  years: number[]
  targets: Targets
  /** The years side by side, oldest first; empty: one year. */
  span: number[]
  plan: Plan
  cities: { code: string; name: string; nameEn: string }[]
  /** Every city that has a place on the map, in the official order, with its academies; empty where none compares cities. */
  map: CityTile[]
  sponsors: { id: string; name: string }[]
  headline: Headline
  /** Counted once over all academies in scope. */
  distinct: DistinctPersons
  /** This page of what the filters leave. */
  rows: OverviewRow[]
  found: number
  pages: number
  /** The year is not over: figures have a pace. */
  isRunning: boolean
  /** The day as of which all this is known. */
  today: string
}

export type CityTile = { code: string; name: string; nameEn: string; row: number; column: number; academies: number }

/**
 * The overview of the academies that a viewer compares: all for the province, those its union recommends for a sponsor.
 * The scope is read as the viewer, the counting done as system('figures').
 */
export async function overviewFor(viewer: Viewer, search: URLSearchParams, now: Date): Promise<Overview> {
  const today = shanghaiDate(now)
  const [academies, allCities, unions, policyYears] = await as(viewer, (tx) =>
    Promise.all([academiesInScope(tx), listCities(tx, {}), listUnions(tx, {}), listPolicyYears(tx)]),
  )
  const years = yearChoices(policyYears, yearOf(today))
  // A filter offers only what finds somebody.
  const present = new Set(academies.map((academy) => academy.cityCode))
  const cities = allCities.filter(({ code }) => present.has(code))
  const sponsoring = new Set(academies.map((academy) => academy.sponsorId))
  const sponsors = unions.filter(({ id }) => sponsoring.has(id)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const view = readView(search, {
    years,
    thisYear: yearOf(today),
    cities: cities.map(({ code }) => code),
    sponsors: sponsors.map(({ id }) => id),
  })
  const span = view.span === 'years' ? spanOf(view.year, years) : []
  const isWholeProvince = scopeOf(viewer.role, 'figures.compare') === 'province'
  const academyIds = isWholeProvince ? undefined : academies.map(({ id }) => id)
  const wanted = span.length > 0 ? span : [view.year]
  const counted = await as(system('figures'), (tx) => yearsOfFigures(tx, { years: wanted, today, academyIds }))
  const asked = counted.at(-1) as YearFigures

  const nameOf = new Map(unions.map(({ id, name }) => [id, name]))
  const elapsed = elapsedOf(view.year, today)
  const rows = asked.academies.map(({ academyId, ...academy }) => {
    const source = { ...academy, sponsorName: nameOf.get(academy.sponsorId) ?? '' }
    return overviewRow({ ...source, years: span.length > 0 ? yearsOf(counted, academyId) : [] }, asked.policy, elapsed)
  })
  const order = cities.map(({ code }) => code)
  const arranged = arrange(rows, view, order)
  const { page, pages, rows: shown } = pageOf(arranged, view.page)
  const all = asked.academies.map(({ counts }) => counts)
  return {
    ...{ years, span, cities, sponsors, pages, today },
    isRunning: elapsed !== null,
    plan,
    distinct: asked.distinct,
    targets: targetsOf(asked.policy),
    view: { ...view, page },
    headline: headline(rows, all, asked.policy),
    map: cities.length > 1 ? mapOf(allCities, rows) : [],
    rows: shown,
    found: arranged.length,
  }
}

/** One academy's counts of each year, with what the rate of that year goes by. */
const yearsOf = (counted: readonly YearFigures[], academyId: string) =>
  counted.flatMap(({ academies, policy }) => {
    const found = academies.find((academy) => academy.academyId === academyId)
    return found ? [{ counts: found.counts, basis: policy.rate.basis }] : []
  })

function mapOf(cities: Overview['cities'], rows: readonly OverviewRow[]): CityTile[] {
  return cities.flatMap((city) => {
    const place = cityMap.get(city.code)
    const academies = rows.filter((row) => row.cityCode === city.code).length
    return place ? [{ ...city, ...place, academies }] : []
  })
}

const listCities = statement((db) =>
  db.select({ code: city.code, name: city.name, nameEn: city.nameEn }).from(city).orderBy(asc(city.position)),
)

const listUnions = statement((db) => db.select({ id: tradeUnion.id, name: tradeUnion.name }).from(tradeUnion))
