import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import type { ObjectionState } from '#db/values.ts'

/** A worker's words, at most. */
export const LONGEST_OBJECTION = 500

/** The last day, in Shanghai, on which a worker may object to a sheet: the policy's days after that of its closing, to its end. */
export const objectUntil = (closedAt: Date, objectDays: number): string => addDays(shanghaiDate(closedAt), objectDays)

export const mayObject = (closedAt: Date, { objectDays, now }: { objectDays: number; now: Date }): boolean =>
  shanghaiDate(now) <= objectUntil(closedAt, objectDays)

/** Where a worker objects to a session's sheet. */
export const objectionPath = (sessionId: string): string => `/learn/objections?session=${sessionId}`

export const OBJECTION_TONES = { open: 'warn', accepted: 'met', refused: 'none' } as const satisfies Record<
  ObjectionState,
  string
>
