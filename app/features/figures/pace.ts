import { yearOf } from '#app/lib/calendar.ts'

/** How far a running year has come, in days, today among them. */
export type Elapsed = { days: number; of: number }

const DAY_MS = 24 * 60 * 60 * 1000

/** Null: the year is over, or has not begun; it then has no pace. */
export function elapsedOf(year: number, today: string): Elapsed | null {
  if (yearOf(today) !== year) return null
  const start = Date.UTC(year, 0, 1)
  const of = (Date.UTC(year + 1, 0, 1) - start) / DAY_MS
  return { days: (Date.parse(`${today}T00:00:00Z`) - start) / DAY_MS + 1, of }
}

/** What a count comes to at the year's end if it goes on as it did so far: the straight line, cut to whole persons. */
export const projected = (count: number, { days, of }: Elapsed): number => Math.floor((count * of) / days)
