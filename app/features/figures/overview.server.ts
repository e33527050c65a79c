import { asc } from 'drizzle-orm'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { city, tradeUnion } from '#db/schema/index.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import { type DistinctPersons, figuresOf } from './figures.server.ts'
import { arrange, type Headline, headline, type OverviewRow, overviewRow } from './overview.ts'
import { type OverviewView, pageOf, readView, yearChoices } from './overview-view.ts'
import { academiesInScope } from './scope.server.ts'
import { type Targets, targetsOf } from './targets.ts'

export type Overview = {
  view: OverviewView
  years: number[]
  targets: Targets
  cities: { code: string; name: string; nameEn: string }[]
  sponsors: { id: string; name: string }[]
  headline: Headline
  /** Counted once over all academies in scope. */
  distinct: DistinctPersons
  /** This page of what the filters leave. */
  rows: OverviewRow[]
  found: number
  pages: number
  /** The day as of which all this is known. */
  today: string
}

/**
 * The overview of the academies that a viewer compares: all for the province, those its union recommends for a sponsor.
 * The scope is read as the viewer, the counting done as system('figures').
 */
export async function overviewFor(viewer: Viewer, search: URLSearchParams, now: Date): Promise<Overview> {
  const today = shanghaiDate(now)
  const { academies, allCities, unions, years } = await as(viewer, async (tx) => ({
    academies: await academiesInScope(tx),
    allCities: await listCities(tx),
    unions: await tx.select({ id: tradeUnion.id, name: tradeUnion.name }).from(tradeUnion),
    years: yearChoices(await listPolicyYears(tx), yearOf(today)),
  }))
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
  const isWholeProvince = scopeOf(viewer.role, 'figures.compare') === 'province'
  const academyIds = isWholeProvince ? undefined : academies.map(({ id }) => id)
  const counted = await as(system('figures'), (tx) => figuresOf(tx, { year: view.year, today, academyIds }))

  const nameOf = new Map(unions.map(({ id, name }) => [id, name]))
  const rows = counted.academies.map(({ academyId: _, ...academy }) =>
    overviewRow({ ...academy, sponsorName: nameOf.get(academy.sponsorId) ?? '' }, counted.policy),
  )
  const arranged = arrange(
    rows,
    view,
    cities.map(({ code }) => code),
  )
  const { page, pages, rows: shown } = pageOf(arranged, view.page)
  const { policy, distinct } = counted
  const sums = headline(
    rows,
    counted.academies.map(({ counts }) => counts),
    policy,
  )
  return {
    ...{ years, cities, sponsors, distinct, pages, today },
    targets: targetsOf(policy),
    view: { ...view, page },
    headline: sums,
    rows: shown,
    found: arranged.length,
  }
}

async function listCities(tx: Tx) {
  return tx.select({ code: city.code, name: city.name, nameEn: city.nameEn }).from(city).orderBy(asc(city.position))
}
