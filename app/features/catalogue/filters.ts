import { isDateString } from '#app/lib/calendar.ts'
import { LEVELS, type Level, MODES, type Mode } from '#db/values.ts'

/** What the catalogue can be narrowed by; the names are those of the address. */
export const FACETS = ['mode', 'occupation', 'level', 'city', 'academy'] as const
export type Facet = (typeof FACETS)[number]

/** What is looked for; all of it stands in the address, so that a view can be sent on. Null: not narrowed. */
export type CatalogueQuery = {
  /** As typed, without spaces at its ends; empty: everything. */
  text: string
  mode: Mode | null
  /** Code of the 职业分类大典. */
  occupation: string | null
  level: Level | null
  /** Codes. */
  city: string | null
  academy: string | null
}

/** Nobody types more; what is longer was pasted, and its beginning says enough. */
export const LONGEST_TEXT = 60

/** Reads an address. What is unknown or absurdly long narrows nothing; control characters are spaces. */
export function readCatalogueQuery(search: URLSearchParams): CatalogueQuery {
  const code = (name: string) => {
    const value = search.get(name)
    return value && /^[\w-]{1,40}$/.test(value) ? value : null
  }
  return {
    text: readText(search.get('q') ?? ''),
    mode: MODES.find((mode) => mode === search.get('mode')) ?? null,
    occupation: code('occupation'),
    level: LEVELS.find((level) => level === search.get('level')) ?? null,
    city: code('city'),
    academy: code('academy'),
  }
}

/** Cut between characters, never within one: half a character is none that a database takes. */
function readText(typed: string): string {
  const characters = Array.from(typed.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  return characters.slice(0, LONGEST_TEXT).join('').trim()
}

export const isNarrowed = (query: CatalogueQuery): boolean => FACETS.some((facet) => query[facet] !== null)

/** The address of a view: what is looked for, and where its page begins. */
export function catalogueAddress(query: CatalogueQuery, after: string | null = null): string {
  const search = new URLSearchParams()
  if (query.text) search.set('q', query.text)
  for (const facet of FACETS) if (query[facet]) search.set(facet, query[facet])
  if (after) search.set('after', after)
  return search.size > 0 ? `/courses?${search}` : '/courses'
}

/**
 * Where a page ends, as addresses carry it. Found by words, items stand in one order: score, kind, day, id. Without words
 * courses and classes take turns, each in an order of its own, so the place is one in each; null: none was shown yet.
 */
export type RankedPlace = SortedPlace & { score: number; kind: string }
export type TurnPlace = { course: SortedPlace | null; class: SortedPlace | null }
export type SortedPlace = { on: string; id: string }

export const writeRankedPlace = ({ score, kind, on, id }: RankedPlace): string => `${score}~${kind}~${on}~${id}`

export function readRankedPlace(written: string | null): RankedPlace | null {
  const [, score = '', kind = '', on = '', id = ''] =
    /^(\d{1,9})~(course|class)~([\d-]{10})~([\w-]{1,63})$/.exec(written ?? '') ?? []
  return isDateString(on) ? { score: Number(score), kind, on, id } : null
}

const writeSorted = (place: SortedPlace | null) => (place ? `${place.on}.${place.id}` : '')

export const writeTurnPlace = (place: TurnPlace): string => `${writeSorted(place.course)}~${writeSorted(place.class)}`

export function readTurnPlace(written: string | null): TurnPlace {
  const [course = '', klass = ''] = (written ?? '').split('~')
  return { course: readSorted(course), class: readSorted(klass) }
}

function readSorted(written: string): SortedPlace | null {
  const [, on = '', id = ''] = /^([\d-]{10})\.([\w-]{1,63})$/.exec(written) ?? []
  return isDateString(on) ? { on, id } : null
}
