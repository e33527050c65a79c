import { ACADEMY_KINDS, type AcademyKind, INDICATORS } from '#db/values.ts'

export const SORTS = ['city', ...INDICATORS, 'account'] as const
export type Sort = (typeof SORTS)[number]

/** What the account filter offers: none missed, some missed, one indicator missed, 口径待定. */
export const VERDICT_FILTERS = [
  'compliant',
  'missing',
  ...INDICATORS,
  'unsettled',
  'met5',
  'met4',
  'met3',
  'met2',
  'met1',
  'met0',
] as const
export type VerdictFilter = (typeof VERDICT_FILTERS)[number]

/** 5项中达标N项, of those judged: how many of the five the filter asks for; null: it asks for something else. */
export const metFilterOf = (filter: VerdictFilter | null): number | null =>
  filter?.startsWith('met') ? Number(filter.slice(3)) : null

/** One year with its verdicts, or the last three side by side. */
export const SPANS = ['year', 'years'] as const
export type Span = (typeof SPANS)[number]

/** The overview as its address says it: a view can be sent to a colleague. Null: not filtered. */
export type OverviewView = {
  year: number
  span: Span
  sort: Sort
  dir: 'asc' | 'desc'
  city: string | null
  sponsor: string | null
  kind: AcademyKind | null
  verdict: VerdictFilter | null
  q: string
  /** From 1. */
  page: number
}

/** What a view may name: anything else in the address falls back, with no error. */
export type Known = {
  years: readonly number[]
  thisYear: number
  cities: readonly string[]
  sponsors: readonly string[]
}

const LONGEST_QUERY = 60

/** Reads a view from an address. Unknown and repeated values fall back to the default, one by one. */
export function readView(search: URLSearchParams, known: Known): OverviewView {
  const one = <T extends string>(name: string, values: readonly T[]): T | null =>
    values.find((value) => value === search.get(name)) ?? null
  const sort = one('sort', SORTS) ?? 'city'
  const page = search.get('page') ?? ''
  return {
    year: readYear(search.get('year'), known),
    span: one('span', SPANS) ?? 'year',
    sort,
    dir: one('dir', ['asc', 'desc']) ?? firstDirection(sort),
    city: one('city', known.cities),
    sponsor: one('sponsor', known.sponsors),
    kind: one('kind', ACADEMY_KINDS),
    verdict: one('verdict', VERDICT_FILTERS),
    q: (search.get('q') ?? '').trim().slice(0, LONGEST_QUERY),
    page: /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1,
  }
}

/** A year of the switch; anything else is this year, or the last one that there is. */
export function readYear(written: string | null, { years, thisYear }: Pick<Known, 'years' | 'thisYear'>): number {
  const asked = years.find((year) => String(year) === written)
  return asked ?? (years.includes(thisYear) ? thisYear : (years.at(-1) ?? thisYear))
}

/** The years of the switch: those with a policy of their own that have begun, and this year. */
export function yearChoices(policyYears: readonly number[], thisYear: number): number[] {
  const begun = policyYears.filter((year) => year <= thisYear)
  return begun.includes(thisYear) ? begun : [...begun, thisYear]
}

/** The years shown side by side: the year asked for and the two before it, as far as there is a plan for them. */
export const spanOf = (year: number, years: readonly number[]): number[] =>
  years.filter((one) => one <= year && one > year - 3)

/** The address of a view, from `?` on; what is by default is left out. A changed filter begins at the first page again. */
export function writeView(view: OverviewView, changes: Partial<OverviewView> = {}): string {
  const next = { ...view, page: 1, ...changes }
  const search = new URLSearchParams({ year: String(next.year) })
  if (next.span !== 'year') search.set('span', next.span)
  if (next.sort !== 'city') search.set('sort', next.sort)
  if (next.dir !== firstDirection(next.sort)) search.set('dir', next.dir)
  for (const name of ['city', 'sponsor', 'kind', 'verdict'] as const) if (next[name]) search.set(name, next[name])
  if (next.q) search.set('q', next.q)
  if (next.page > 1) search.set('page', String(next.page))
  return `?${search}`
}

/** Figures are first sorted from the largest; cities in their order. */
const firstDirection = (sort: Sort): 'asc' | 'desc' => (sort === 'city' ? 'asc' : 'desc')

/** The view after a click on a column's head: by that column, or the other way round. */
export function sortBy(view: OverviewView, sort: Sort): Partial<OverviewView> {
  const dir = view.sort === sort ? (view.dir === 'asc' ? 'desc' : 'asc') : firstDirection(sort)
  return { sort, dir }
}

/** All academies of a province as a rule: a page is what is read, printed and exported. */
export const PAGE_SIZE = 100

/** A page of rows; a page beyond the last is the last. */
export function pageOf<T>(rows: readonly T[], page: number): { rows: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE))
  const shown = Math.min(page, pages)
  return { rows: rows.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE), page: shown, pages }
}
