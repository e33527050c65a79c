/** 满意度, the best first: as people read a scale of satisfaction. */
export const SCORES = [5, 4, 3, 2, 1] as const
export type Score = (typeof SCORES)[number]

export const ratePath = (course: string) => `/learn/rate/${course}`

/** In characters; the same stands in the database's CHECK. */
export const LONGEST_COMMENT = 500

/** Below this a single person's score could be told from the average. */
export const LEAST_RATINGS = 5

/** What a worker said about a course. */
export type OwnRating = { score: Score; comment: string | null }

/** The average in tenths, cut toward zero as percentages are, and of how many; null: too few to be shown to everybody. */
export function publicAverage(total: { ratings: number; scores: number } | null): Average | null {
  if (total === null || total.ratings < LEAST_RATINGS) return null
  const { ratings, scores } = total
  return { tenths: Math.floor((scores * 10) / ratings), ratings }
}

export type Average = { tenths: number; ratings: number }

/** `4.6` of 46 tenths. */
export const shownTenths = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`

/** A score as a form sends it; null: none of ours. */
export const readScore = (value: unknown): Score | null => SCORES.find((score) => String(score) === value) ?? null

/** Who may rate a course: who finished it as it is, was credited for it once, or has rated it already. */
export const isRatable = (of: { isFinished: boolean; isCredited: boolean; ownScore: Score | null }): boolean =>
  of.isFinished || of.isCredited || of.ownScore !== null

export type RatingRefusal = 'score' | 'long' | 'unfinished'
