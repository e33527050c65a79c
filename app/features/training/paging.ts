import { isDateString } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'

/** A place in a list that is ordered by a date and an id, as addresses carry it: `2026-11-21~id`. */
export type DatedPlace = { startsOn: string; id: string }

export const toPlace = ({ startsOn, id }: DatedPlace): string => `${startsOn}~${id}`

/** Reads a place from an address; null for none, and for anything that is not one. */
export function readPlace(written: string | null): DatedPlace | null {
  const [startsOn = '', id = ''] = (written ?? '').split('~')
  return isDateString(startsOn) && isId(id) ? { startsOn, id } : null
}
