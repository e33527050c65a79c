import { MODES, type Mode } from '#db/values.ts'

/** What a list of classes is narrowed to; null: not narrowed. */
export type ClassFilters = {
  city: string | null
  mode: Mode | null
  occupation: string | null
  academy: string | null
}

/** Reads the filters of an address; an unknown mode or an absurdly long text narrows nothing. */
export function readClassFilters(search: URLSearchParams): ClassFilters {
  const text = (name: string) => {
    const value = search.get(name)
    return value && value.length <= 40 ? value : null
  }
  return {
    city: text('city'),
    mode: MODES.find((mode) => mode === search.get('mode')) ?? null,
    occupation: text('occupation'),
    academy: text('academy'),
  }
}
