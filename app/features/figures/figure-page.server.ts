import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import { listPersons } from './behind.server.ts'
import type { ListBehind } from './behind.ts'
import { type BrandBehind, listBrands } from './brands.server.ts'
import { figuresOf } from './figures.server.ts'
import { type Counts, type Figure, toFigure } from './figures.ts'
import { readYear, yearChoices } from './overview-view.ts'
import { type Readings, readings } from './readings.ts'
import { academyInScope } from './scope.server.ts'
import { type Targets, targetsOf } from './targets.ts'

export type FigurePage = {
  academy: { code: string; name: string }
  figure: Figure
  year: number
  years: number[]
  today: string
  counts: Counts
  targets: Targets
  readings: Readings
  /** Persons or enrolments; null behind `brands`. */
  list: ListBehind | null
  brands: BrandBehind[]
  isFirstPage: boolean
}

/**
 * One figure of one academy with what it counts. Whether the academy is in the viewer's scope is asked as the viewer; what
 * is counted then, as system('figures').
 * @returns null where there is no such figure, no such academy, or it is not the viewer's to see.
 */
export async function figurePageFor(
  viewer: Viewer,
  asked: { academyCode: string; figure: string; search: URLSearchParams; now: Date },
): Promise<FigurePage | null> {
  const figure = toFigure(asked.figure)
  if (!figure) return null
  const today = shanghaiDate(asked.now)
  const { academy, years } = await as(viewer, async (tx) => ({
    academy: await academyInScope(tx, asked.academyCode),
    years: yearChoices(await listPolicyYears(tx), yearOf(today)),
  }))
  if (!academy) return null
  const year = readYear(asked.search.get('year'), { years, thisYear: yearOf(today) })
  const cursor = asked.search.get('after') ?? ''
  const after = isId(cursor) ? cursor : null
  // Whoever works with these people sees more of a document's digits than whoever compares academies.
  const sight = scopeOf(viewer.role, 'figures.read') === 'academy' ? 'working' : 'elsewhere'

  return as(system('figures'), async (tx) => {
    const of = { academyId: academy.id, year, today }
    const { academies, policy } = await figuresOf(tx, { year, today, academyIds: [academy.id] })
    const counts = academies[0]?.counts
    if (!counts) return null
    return {
      academy: { code: academy.code, name: academy.name },
      ...{ figure, year, years, today, counts },
      targets: targetsOf(policy),
      readings: readings(policy, counts),
      list: figure === 'brands' ? null : await listPersons(tx, { ...of, figure, after, sight }),
      brands: figure === 'brands' ? await listBrands(tx, of) : [],
      isFirstPage: after === null,
    }
  })
}
