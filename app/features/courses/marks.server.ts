import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { lessonMark } from '#db/schema/index.ts'
import { findLessonName, type LessonAt } from './lesson-name.server.ts'

const key = [lessonMark.accountId, lessonMark.courseSlug, lessonMark.lessonSlug]

/** Keeps where an account stopped reading. @returns false where there is no such lesson. */
export async function keepPlace(
  tx: Tx,
  { accountId, courseSlug, lessonSlug, place }: LessonAt & { accountId: string; place: number },
): Promise<boolean> {
  if (!(await findLessonName(tx, { courseSlug, lessonSlug }))) return false
  await tx
    .insert(lessonMark)
    .values({ accountId, courseSlug, lessonSlug, place })
    .onConflictDoUpdate({
      target: key,
      set: { place },
      setWhere: sql`${lessonMark.place} is distinct from excluded.place`,
    })
  return true
}

/** Puts an account's bookmark on a lesson, or takes it away; safe to repeat. @returns false where there is no such lesson. */
export async function setBookmark(
  tx: Tx,
  input: LessonAt & { accountId: string; isBookmarked: boolean; now: Date },
): Promise<boolean> {
  const { accountId, courseSlug, lessonSlug, isBookmarked, now } = input
  if (!(await findLessonName(tx, { courseSlug, lessonSlug }))) return false
  await tx
    .insert(lessonMark)
    .values({ accountId, courseSlug, lessonSlug, bookmarkedAt: isBookmarked ? now : null })
    .onConflictDoUpdate({
      target: key,
      set: {
        bookmarkedAt: isBookmarked ? sql`coalesce(${lessonMark.bookmarkedAt}, excluded.bookmarked_at)` : null,
      },
    })
  return true
}
