import { asc } from 'drizzle-orm'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { statement } from '#db/client.server.ts'
import { city, tradeUnion } from '#db/schema/index.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as, within } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import { cityMap } from './city-map.server.ts'
import { type DistinctPersons, readYears, type YearFigures } from './figures.server.ts'
import { arrange, type Headline, headline, type OverviewRow, overviewRow } from './overview.ts'
import { type OverviewView, pageOf, readView, spanOf, yearChoices } from './overview-view.ts'
import { elapsedOf } from './pace.ts'
import { type Plan, plan } from './plan.server.ts'
import { type AcademyInScope, academiesInScope } from './scope.server.ts'
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
  return (await readOverview(viewer, search, now)).overview()
}

/**
 * What {@link overviewFor} is made of, asked but not yet made. `mark`: equal marks make equal overviews; null where
 * anything had to be counted live.
 */
export async function readOverview(
  viewer: Viewer,
  search: URLSearchParams,
  now: Date,
): Promise<{ mark: string | null; overview: () => Overview }> {
  const today = shanghaiDate(now)
  return as(viewer, async (tx) => {
    const found = [academiesInScope(tx), listCities(tx, {}), listUnions(tx, {}), listPolicyYears(tx)] as const
    const [academies, cities, unions, policyYears] = await Promise.all(found)
    const scope: Scope = { academies, cities, unions, years: yearChoices(policyYears, yearOf(today)) }
    const asked = { scope, choices: choicesOf(scope), ...viewOf(search, scope, today), today }
    const isWholeProvince = scopeOf(viewer.role, 'figures.compare') === 'province'
    const academyIds = isWholeProvince ? undefined : academies.map(({ id }) => id)
    const wanted = { years: asked.span.length > 0 ? asked.span : [asked.view.year], today, academyIds }
    const { mark, years } = await within(tx, system('figures'), () => readYears(tx, wanted))
    return { mark: mark && JSON.stringify([mark, asked.view, scope]), overview: () => make(asked, years()) }
  })
}
/** What the viewer may see, and how it is named. */
type Scope = {
  academies: AcademyInScope[]
  cities: Overview['cities']
  unions: { id: string; name: string }[]
  years: number[]
}

/** A filter offers only what finds somebody. */
function choicesOf({ academies, cities, unions }: Scope): Pick<Overview, 'cities' | 'sponsors'> {
  const present = new Set(academies.map((academy) => academy.cityCode))
  const sponsoring = new Set(academies.map((academy) => academy.sponsorId))
  return {
    cities: cities.filter(({ code }) => present.has(code)),
    sponsors: unions.filter(({ id }) => sponsoring.has(id)).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** The view that an address asks for, among what the viewer may choose; with the years side by side, if asked for. */
function viewOf(search: URLSearchParams, scope: Scope, today: string): { view: OverviewView; span: number[] } {
  const { cities, sponsors } = choicesOf(scope)
  const view = readView(search, {
    years: scope.years,
    thisYear: yearOf(today),
    cities: cities.map(({ code }) => code),
    sponsors: sponsors.map(({ id }) => id),
  })
  return { view, span: view.span === 'years' ? spanOf(view.year, scope.years) : [] }
}

type Asked = {
  scope: Scope
  choices: Pick<Overview, 'cities' | 'sponsors'>
  view: OverviewView
  span: number[]
  today: string
}

function make({ scope, choices, view, span, today }: Asked, counted: YearFigures[]): Overview {
  const asked = counted.at(-1) as YearFigures
  const nameOf = new Map(scope.unions.map(({ id, name }) => [id, name]))
  const elapsed = elapsedOf(view.year, today)
  const rows = asked.academies.map(({ academyId, ...academy }) => {
    const source = { ...academy, sponsorName: nameOf.get(academy.sponsorId) ?? '' }
    return overviewRow({ ...source, years: span.length > 0 ? yearsOf(counted, academyId) : [] }, asked.policy, elapsed)
  })
  const order = choices.cities.map(({ code }) => code)
  const arranged = arrange(rows, view, order)
  const { page, pages, rows: shown } = pageOf(arranged, view.page)
  const all = asked.academies.map(({ counts }) => counts)
  return {
    ...choices,
    ...{ years: scope.years, span, pages, today },
    isRunning: elapsed !== null,
    plan,
    distinct: asked.distinct,
    targets: targetsOf(asked.policy),
    view: { ...view, page },
    headline: headline(rows, all, asked.policy),
    map: choices.cities.length > 1 ? mapOf(scope.cities, rows) : [],
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
