import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import type { ObjectionState } from '#db/values.ts'

/** A worker's words, at most. */
export const LONGEST_OBJECTION = 500

/**
 * From when on the days to object run: the closing of the sheet, or the last correction of the worker's mark by somebody else
 * (`correctedAt`; null: none), whichever is later. Nobody can object to what was not said yet.
 */
export const objectFrom = (closedAt: Date, correctedAt: Date | null): Date =>
  correctedAt && correctedAt > closedAt ? correctedAt : closedAt

/** The last day, in Shanghai, on which a worker may object: the policy's days after the day of {@link objectFrom}, to its end. */
export const objectUntil = (from: Date, objectDays: number): string => addDays(shanghaiDate(from), objectDays)

export const mayObject = (from: Date, { objectDays, now }: { objectDays: number; now: Date }): boolean =>
  shanghaiDate(now) <= objectUntil(from, objectDays)

/**
 * Whether what the sheet says of the worker was objected to already: once from the closing on, and once more after each correction by
 * somebody else that came later than the objection (`objectedAt`; null: none).
 */
export const isObjectedTo = (objectedAt: Date | null, correctedAt: Date | null): boolean =>
  objectedAt !== null && !(correctedAt && correctedAt > objectedAt)

/** Where a worker objects to a session's sheet. */
export const objectionPath = (sessionId: string): string => `/learn/objections?session=${sessionId}`

export const OBJECTION_TONES = { open: 'warn', accepted: 'met', refused: 'none' } as const satisfies Record<
  ObjectionState,
  string
>
