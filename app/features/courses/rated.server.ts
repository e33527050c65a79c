import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { courseRating } from '#db/schema/index.ts'
import { type Average, publicAverage, SCORES, type Score } from './ratings.ts'
import { sittingAccounts, type Watched } from './watching/sitting.server.ts'

/**
 * What learners of the viewer's online classes said of a course. Nothing here says who: no name, no class, no day, and
 * nothing at all before there are five.
 */
export type CourseRatings = {
  /** How many rated it. */
  ratings: number
  /** Null: too few. Then the rest is empty too. */
  average: Average | null
  scores: { score: Score; count: number }[]
  /** `month`: `2026-11`. */
  comments: { score: Score; comment: string; month: string }[]
}

const MOST_COMMENTS = 200

/** The latest comments first, by month; within one in no order that tells who came when. */
export async function findRatings(tx: Tx, of: Watched): Promise<CourseRatings> {
  const theirs = and(
    eq(courseRating.courseSlug, of.courseSlug),
    sql`${courseRating.accountId} in (${sittingAccounts(tx, of)})`,
  )
  const month = sql<string>`to_char(${courseRating.changedAt} at time zone 'Asia/Shanghai', 'YYYY-MM')`
  const [counts, comments] = await Promise.all([
    tx
      .select({ score: courseRating.score, count: sql<number>`count(*)::int` })
      .from(courseRating)
      .where(theirs)
      .groupBy(courseRating.score),
    tx
      .select({ score: courseRating.score, comment: sql<string>`${courseRating.comment}`, month })
      .from(courseRating)
      .where(and(theirs, isNotNull(courseRating.comment)))
      .orderBy(desc(month), sql`md5(${courseRating.comment})`)
      .limit(MOST_COMMENTS),
  ])
  const scores = SCORES.map((score) => ({ score, count: counts.find((row) => row.score === score)?.count ?? 0 }))
  const ratings = scores.reduce((sum, row) => sum + row.count, 0)
  const total = scores.reduce((sum, row) => sum + row.count * row.score, 0)
  const average = publicAverage({ ratings, scores: total })
  if (!average) return { ratings, average, scores: [], comments: [] }
  return {
    ratings,
    average,
    scores,
    comments: comments.map((row) => ({ ...row, score: row.score as Score })),
  }
}
