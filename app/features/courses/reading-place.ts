/** Where visitors' places are kept: in their own browser, `{"course/lesson": piece}`. */
export const PLACES_KEY = 'places'
/** Lessons of which a browser remembers the place; of more the oldest goes. */
const MOST_PLACES = 50

/** Near the top nothing is gained by coming back. */
const FIRST_PIECES = 2

/**
 * The piece to come back to, or null: begin at the top. A lesson that is done is read again from its beginning, and whoever
 * had come to the end had come to the quiz.
 */
export function placeToReturnTo(
  place: number | null,
  { pieces, isDone }: { pieces: number; isDone: boolean },
): number | null {
  if (place === null || isDone || place < FIRST_PIECES || place >= pieces - 1) return null
  return place
}

/** The place in what a browser kept; anything unreadable is none. */
export function readPlaces(kept: string | null): Record<string, number> {
  try {
    const places: unknown = JSON.parse(kept ?? '{}')
    if (typeof places !== 'object' || places === null) return {}
    return Object.fromEntries(
      Object.entries(places).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    )
  } catch {
    return {}
  }
}

/** The same with one place more, the latest last. */
export function withPlace(places: Record<string, number>, lesson: string, place: number): Record<string, number> {
  const others = Object.entries(places).filter(([name]) => name !== lesson)
  return Object.fromEntries([...others.slice(1 - MOST_PLACES), [lesson, place]])
}

/** A place as it was sent; null: none of ours. */
export function readPlace(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : null
}
