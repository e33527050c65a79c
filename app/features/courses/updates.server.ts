import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { lesson, lessonProgress } from '#db/schema/index.ts'

/**
 * The worker has looked at what changed in a lesson that was finished before: it is no longer marked as updated. Nothing
 * else changes. Safe to repeat, and without effect on a lesson that is not finished.
 */
export async function seeUpdate(
  tx: Tx,
  { accountId, courseSlug, lessonSlug }: { accountId: string; courseSlug: string; lessonSlug: string },
): Promise<void> {
  const current = tx
    .select({ revision: lesson.revision })
    .from(lesson)
    .where(and(eq(lesson.courseSlug, courseSlug), eq(lesson.slug, lessonSlug)))
  await tx
    .update(lessonProgress)
    .set({ seenRevision: sql`(${current})` })
    .where(
      and(
        eq(lessonProgress.accountId, accountId),
        eq(lessonProgress.courseSlug, courseSlug),
        eq(lessonProgress.lessonSlug, lessonSlug),
      ),
    )
}
