/** Which document a licence's number holds: the one on record, one that was on record before, or none that we know. */
export type Held = 'current' | 'earlier' | 'unknown'

/** @param earlier documents that the person's record once had, or that a merged record has. */
export function heldBy(
  number: string,
  current: string,
  earlier: readonly string[],
): { held: Held; document: string | null } {
  if (number.includes(current)) return { held: 'current', document: current }
  const document = earlier.find((one) => number.includes(one)) ?? null
  return { held: document === null ? 'unknown' : 'earlier', document }
}

/** The number with the right document in the place of the earlier one. */
export const renumbered = (number: string, earlier: string, current: string): string => number.replace(earlier, current)
