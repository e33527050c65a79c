import { isId } from '#app/lib/ids.ts'

/** Which workers of a class are shown: all, those of whom something waits to be looked at, those who lack something. */
export const DESK_VIEWS = ['all', 'waiting', 'lacking'] as const
export type DeskView = (typeof DESK_VIEWS)[number]

const SAID = ['accepted', 'refused', 'asked'] as const

/** What the address of the desk says: which workers, from where on, what was just done and to how many. */
export function readDeskPlace(search: URLSearchParams) {
  const count = (name: string) => Number(/^\d{1,3}$/.exec(search.get(name) ?? '')?.[0] ?? 0)
  const after = search.get('after')
  return {
    view: DESK_VIEWS.find((one) => one === search.get('view')) ?? 'all',
    after: after !== null && isId(after) ? after : null,
    said: SAID.find((one) => one === search.get('said')) ?? null,
    n: count('n'),
    left: count('left'),
  }
}
