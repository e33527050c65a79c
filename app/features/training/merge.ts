import type { Seat } from '#db/values.ts'
import { isHeld } from './seat-rules.ts'

/** What came of a worker's place in a class, as far as merging two of them looks at it. */
export type PlaceFacts = {
  seat: Seat
  hoursAttended: number | null
  practicalHoursAttended: number | null
  completedOn: string | null
  creditedOn: string | null
}

/**
 * One worker sits twice in a class: what the place that stays shall say. The place with hours speaks; where both have some
 * they must be the same, or an academy corrects one of them first. Without any, the place that is held speaks, else the kept
 * person's.
 * @returns null where both have hours and they differ.
 */
export function combinePlaces(kept: PlaceFacts, merged: PlaceFacts): PlaceFacts | null {
  if (kept.hoursAttended !== null && merged.hoursAttended !== null) {
    const isSame =
      kept.hoursAttended === merged.hoursAttended &&
      (kept.practicalHoursAttended ?? merged.practicalHoursAttended) ===
        (merged.practicalHoursAttended ?? kept.practicalHoursAttended)
    if (!isSame) return null
    const [first, second] = kept.creditedOn === null && merged.creditedOn !== null ? [merged, kept] : [kept, merged]
    return {
      ...pick(first),
      practicalHoursAttended: first.practicalHoursAttended ?? second.practicalHoursAttended,
      completedOn: first.completedOn ?? second.completedOn,
    }
  }
  if (kept.hoursAttended !== null) return pick(kept)
  if (merged.hoursAttended !== null) return pick(merged)
  return pick(isHeld(kept.seat) || !isHeld(merged.seat) ? kept : merged)
}

const pick = ({ seat, hoursAttended, practicalHoursAttended, completedOn, creditedOn }: PlaceFacts): PlaceFacts => ({
  seat,
  hoursAttended,
  practicalHoursAttended,
  completedOn,
  creditedOn,
})
