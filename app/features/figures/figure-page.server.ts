import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import { system, type Viewer } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { scopeOf } from '../accounts/roles.ts'
import type { Sight } from '../persons/masking.ts'
import { listPolicyYears } from '../policy/policy.server.ts'
import type { ListBehind, RowBehind } from './behind.ts'
import { eachBehind, listNarrowed } from './behind-narrow.server.ts'
import { type Narrowing, readNarrowing } from './behind-narrow.ts'
import { type BrandBehind, listBrands } from './brands.server.ts'
import { figuresOf } from './figures.server.ts'
import { type Counts, type Figure, toFigure } from './figures.ts'
import { cellsOf, type OverviewRow } from './overview.ts'
import { readYear, yearChoices } from './overview-view.ts'
import { elapsedOf } from './pace.ts'
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
  /** The verdicts of the five indicators. */
  cells: OverviewRow['cells']
  targets: Targets
  readings: Readings
  /** Persons or enrolments; null behind `brands`. */
  list: ListBehind | null
  narrowing: Narrowing
  brands: BrandBehind[]
  isFirstPage: boolean
}

/**
 * One figure of one academy with what it counts. Whether the academy is in the viewer's scope is asked as the viewer; what
 * is counted then, as system('figures').
 * @returns null where there is no such figure, no such academy, or it is not the viewer's to see.
 */
export async function figurePageFor(viewer: Viewer, asked: AskedFor): Promise<FigurePage | null> {
  const found = await askedFor(viewer, asked)
  if (!found) return null
  const { academy, figure, year, years, today, sight, narrowing } = found
  const cursor = asked.search.get('after') ?? ''
  const after = isId(cursor) ? cursor : null

  return as(system('figures'), async (tx) => {
    const of = { academyId: academy.id, year, today }
    const { academies, policy } = await figuresOf(tx, { year, today, academyIds: [academy.id] })
    const counts = academies[0]?.counts
    if (!counts) return null
    return {
      academy: { code: academy.code, name: academy.name },
      ...{ figure, year, years, today, counts },
      cells: cellsOf(policy, counts, elapsedOf(year, today)),
      targets: targetsOf(policy),
      readings: readings(policy, counts),
      list: figure === 'brands' ? null : await listNarrowed(tx, { ...of, figure, after, sight, narrowing }),
      narrowing,
      brands: figure === 'brands' ? await listBrands(tx, of) : [],
      isFirstPage: after === null,
    }
  })
}

type AskedFor = { academyCode: string; figure: string; search: URLSearchParams; now: Date }

/** What an address asks for, and whether the viewer may: asked as the viewer. */
async function askedFor(viewer: Viewer, asked: AskedFor) {
  const figure = toFigure(asked.figure)
  if (!figure) return null
  const today = shanghaiDate(asked.now)
  const { academy, years } = await as(viewer, async (tx) => ({
    academy: await academyInScope(tx, asked.academyCode),
    years: yearChoices(await listPolicyYears(tx), yearOf(today)),
  }))
  if (!academy) return null
  const year = readYear(asked.search.get('year'), { years, thisYear: yearOf(today) })
  // Whoever works with these people sees more of a document's digits than whoever compares academies.
  const sight: Sight = scopeOf(viewer.role, 'figures.read') === 'academy' ? 'working' : 'elsewhere'
  return { academy, figure, year, years, today, sight, narrowing: readNarrowing(asked.search) }
}

/**
 * Everything that the page of a figure lists under the same filters, as a file; masked as there.
 * @param make makes the file of the rows as they are read, some at a time.
 * @returns null as {@link figurePageFor}, and behind `brands`, which are no persons.
 */
export async function figureFileFor<T>(
  viewer: Viewer,
  asked: AskedFor,
  make: (of: { academyName: string; figure: Figure; year: number }, rows: AsyncIterable<RowBehind>) => Promise<T>,
): Promise<T | null> {
  const found = await askedFor(viewer, asked)
  if (!found || found.figure === 'brands') return null
  const { academy, figure, year, today, sight, narrowing } = found
  const of = { academyId: academy.id, year, today, figure, sight, narrowing }
  return as(system('figures'), (tx) => make({ academyName: academy.name, figure, year }, eachBehind(tx, of)))
}
