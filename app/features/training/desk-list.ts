import { CLASS_STATUSES, type ClassOrigin, type ClassStatus, MODES, type Mode } from '#db/values.ts'

/** What a class is doing, at the desk: its stored status, seen with its dates. */
const DESK_STATES = ['draft', 'open', 'published', 'running', 'finished', 'cancelled', 'closed'] as const
export type DeskState = (typeof DESK_STATES)[number]

/** A published class is open while it takes enrolments, running between its days, finished behind them. */
export function deskState(
  facts: { status: ClassStatus; origin: ClassOrigin; startsOn: string; endsOn: string; isOpen: boolean },
  today: string,
): DeskState {
  if (facts.status !== 'published') return facts.status
  if (facts.endsOn < today) return 'finished'
  if (facts.startsOn <= today) return 'running'
  return facts.isOpen ? 'open' : 'published'
}

/** What the list is narrowed to: a stored status, or what is over and not closed (结班) yet. */
export const LIST_STATUSES = [...CLASS_STATUSES, 'to_close'] as const

export const SORTS = ['startsOn', 'code', 'name'] as const
export type Sort = (typeof SORTS)[number]

/** How the list is narrowed and ordered: all of it stands in the address, so that a view can be sent to a colleague. */
export type DeskFilters = {
  status: (typeof LIST_STATUSES)[number] | null
  mode: Mode | null
  year: number | null
  text: string | null
  sort: Sort
  isDescending: boolean
}

const LONGEST_TEXT = 60

/** Reads the list's address; anything unknown is the default: the latest classes first. */
export function readDeskFilters(search: URLSearchParams): DeskFilters {
  const written = search.get('sort') ?? '-startsOn'
  const sort = SORTS.find((name) => name === written.replace(/^-/, ''))
  const year = search.get('year')
  const text = search.get('q')?.trim()
  return {
    status: LIST_STATUSES.find((status) => status === search.get('status')) ?? null,
    mode: MODES.find((mode) => mode === search.get('mode')) ?? null,
    year: year && /^(19|20)\d{2}$/.test(year) ? Number(year) : null,
    text: text && text.length <= LONGEST_TEXT ? text : null,
    sort: sort ?? 'startsOn',
    isDescending: sort === undefined || written.startsWith('-'),
  }
}

/** The address that sorts by a column: the other way round where it is sorted by it already. */
export function sortedBy(search: URLSearchParams, filters: DeskFilters, sort: Sort): string {
  const params = new URLSearchParams(search)
  params.delete('after')
  const turned = filters.sort === sort && !filters.isDescending
  params.set('sort', turned ? `-${sort}` : sort)
  return `?${params}`
}
