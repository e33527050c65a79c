import { randomInt } from 'node:crypto'

/** The list in a random order that nobody can foresee (Fisher and Yates, with the system's random numbers). */
export function shuffle<T>(list: readonly T[]): T[] {
  const shuffled = [...list]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
  }
  return shuffled
}
