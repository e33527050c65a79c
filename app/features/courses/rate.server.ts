import { and, count, eq, sql, sum } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { readWritten } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { course, courseRating, courseRatingTotal } from '#db/schema/index.ts'
import { hasFinished, listCredited } from './finished.server.ts'
import type { Learner } from './learner.ts'
import { isRatable, LONGEST_COMMENT, type OwnRating, type RatingRefusal, readScore, type Score } from './ratings.ts'

type Of = Learner & { courseSlug: string }

export type RatePage = {
  course: { slug: string; title: string; titleEn: string }
  own: OwnRating | null
  /** The course was finished, its final test included, as it is now or when it was credited or rated. */
  mayRate: boolean
}

/** A course as its rater sees it, or null. */
export async function findRatePage(tx: Tx, of: Of): Promise<RatePage | null> {
  const [[found], own, isFinished, credited] = await Promise.all([
    tx
      .select({ slug: course.slug, title: course.title, titleEn: course.titleEn })
      .from(course)
      .where(eq(course.slug, of.courseSlug)),
    findOwnRating(tx, of),
    hasFinished(tx, of),
    listCredited(tx, of.courseSlug, of),
  ])
  const mayRate = isRatable({ isFinished, isCredited: credited.includes(of.courseSlug), ownScore: own?.score ?? null })
  return found ? { course: found, own, mayRate } : null
}

async function findOwnRating(tx: Tx, { accountId, courseSlug }: Of): Promise<OwnRating | null> {
  const [row] = await tx
    .select({ score: courseRating.score, comment: courseRating.comment })
    .from(courseRating)
    .where(and(eq(courseRating.accountId, accountId), eq(courseRating.courseSlug, courseSlug)))
  return row ? { score: row.score as Score, comment: row.comment } : null
}

type Rated = { ok: true } | { ok: false; reason: RatingRefusal | 'absent' }

/**
 * Keeps what a worker who finished a course says about it: a score and perhaps a comment; said again, it replaces what was
 * said; the same again changes nothing. Recounts the course's total. For the purpose `credit`, after the guard.
 */
export async function rateCourse(
  tx: Tx,
  { now, ...input }: Of & { score: unknown; comment: unknown; now: Date; requestId?: string },
): Promise<Rated> {
  const { accountId, courseSlug } = input
  const score = readScore(input.score)
  const written = readWritten(input.comment, LONGEST_COMMENT)
  if (!written.ok && written.fault === 'long') return { ok: false, reason: 'long' }
  if (score === null) return { ok: false, reason: 'score' }
  // One rating of a course after another: each recount sees all that came before.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`courses.rate ${courseSlug}`}, 0))`)
  const page = await findRatePage(tx, { accountId, personId: input.personId, courseSlug })
  if (!page) return { ok: false, reason: 'absent' }
  if (!page.mayRate) return { ok: false, reason: 'unfinished' }
  const said = { score, comment: written.ok ? written.text : null, changedAt: now }
  if (page.own?.score === said.score && page.own.comment === said.comment) return { ok: true }
  await tx
    .insert(courseRating)
    .values({ accountId, courseSlug, ...said, ratedAt: now })
    .onConflictDoUpdate({ target: [courseRating.accountId, courseRating.courseSlug], set: said })
  await recount(tx, courseSlug)
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'course.rated',
    detail: { course: courseSlug, changed: page.own !== null },
    requestId: input.requestId,
  })
  return { ok: true }
}

async function recount(tx: Tx, courseSlug: string): Promise<void> {
  const [all] = await tx
    .select({ ratings: count(), scores: sum(courseRating.score).mapWith(Number) })
    .from(courseRating)
    .where(eq(courseRating.courseSlug, courseSlug))
  const total = { ratings: all?.ratings ?? 0, scores: all?.scores ?? 0 }
  await tx
    .insert(courseRatingTotal)
    .values({ courseSlug, ...total })
    .onConflictDoUpdate({ target: courseRatingTotal.courseSlug, set: total })
}
