import { teachesOn } from '#app/features/academies/instructor-share.ts'
import { LEVELS, type Level } from '#db/values.ts'

/** What a class asks of whoever teaches it; without an occupation it asks for nothing. */
export type Taught = { occupationCode: string | null; level: Level | null }

/** As much of an instructor as the rule looks at. */
export type Teaching = {
  endedOn: string | null
  qualifications: readonly { occupationCode: string; level: Level; validFrom: string; validTo: string | null }[]
}

/** What an instructor lacks for a class on a day: teaches no longer, has no such occupation, too low a level, not on that day. */
export type Lack = 'ended' | 'occupation' | 'level' | 'dates'

const rank = (level: Level) => LEVELS.indexOf(level)

/**
 * What an instructor lacks to teach a class on a day, the nearest to being mended; null: nothing. The occupation counts by
 * its code, in every edition; the qualification's level must reach the class's (domain.md, "A practical class").
 */
export function lackOn({ occupationCode, level }: Taught, one: Teaching, date: string): Lack | null {
  if (!teachesOn(one, date)) return 'ended'
  if (occupationCode === null) return null
  const ofOccupation = one.qualifications.filter((held) => held.occupationCode === occupationCode)
  if (ofOccupation.length === 0) return 'occupation'
  const reaching = ofOccupation.filter((held) => level === null || rank(held.level) >= rank(level))
  if (reaching.length === 0) return 'level'
  const isValid = reaching.some((held) => held.validFrom <= date && (held.validTo === null || held.validTo >= date))
  return isValid ? null : 'dates'
}
