import { severalLines } from '#app/lib/written.ts'

/** Why somebody changed what was recorded: as long as a line or two. */
export const LONGEST_REASON = 200

export type ReasonFault = 'reason_needed' | 'reason_long'

/** Reads the reason of a change by hand: 2 to 200 characters, since a lone dot explains nothing to whoever asks later. */
export function readReason(written: string): { reason: string } | { fault: ReasonFault } {
  const reason = severalLines(written)
  if ([...reason].length < 2) return { fault: 'reason_needed' }
  return [...reason].length > LONGEST_REASON ? { fault: 'reason_long' } : { reason }
}
