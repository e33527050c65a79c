import { isDateString } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'

/** The parts of a class at the desk. */
export const ROSTER_VIEWS = ['overview', 'hours', 'results', 'confirm', 'certificates'] as const
export type RosterView = (typeof ROSTER_VIEWS)[number]

/** What the address of a roster says: which part, from where on, the day of the results, the certificate to be revoked, the worker to be taken out. */
export type RosterPlace = {
  view: RosterView
  after: string | null
  on: string | null
  revoke: string | null
  remove: string | null
  saved: number | null
  /** Of those that were saved: how many have a seat by it, where the others wait for one. */
  seated: number | null
  /** And of how many the academy is asked first. */
  asked: number | null
}

export function readRosterPlace(search: URLSearchParams): RosterPlace {
  const id = (name: string) => {
    const value = search.get(name)
    return value !== null && isId(value) ? value : null
  }
  const on = search.get('on')
  const count = (name: string) => {
    const value = search.get(name)
    return value !== null && /^\d{1,3}$/.test(value) ? Number(value) : null
  }
  return {
    view: ROSTER_VIEWS.find((view) => view === search.get('view')) ?? 'overview',
    after: id('after'),
    on: on !== null && isDateString(on) ? on : null,
    revoke: id('revoke'),
    remove: id('remove'),
    saved: count('saved'),
    seated: count('seated'),
    asked: count('asked'),
  }
}

/** The address of a part of the roster, relative to its page. */
export function rosterAddress(place: Partial<RosterPlace> & Pick<RosterPlace, 'view'>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(place)) if (value !== null) params.set(name, String(value))
  return `?${params}`
}
