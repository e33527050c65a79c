import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { course, lesson, lessonMark, lessonNote } from '#db/schema/index.ts'
import { type LessonName, lessonNameColumns } from './lesson-name.server.ts'

export type OwnNote = { id: string; text: string }

/** A lesson on which the account has a bookmark or notes. */
export type OwnLesson = LessonName & { isBookmarked: boolean; notes: OwnNote[]; isWithdrawn: boolean }

/** Every lesson with a bookmark or notes of the account's own, by course, in reading order; withdrawn ones too. */
export async function listOwnLessons(tx: Tx, { accountId }: { accountId: string }): Promise<OwnLesson[]> {
  const notes = sql<
    OwnNote[]
  >`(select coalesce(json_agg(json_build_object('id', ${lessonNote.id}, 'text', ${lessonNote.text}) order by ${lessonNote.createdAt}, ${lessonNote.id}), '[]') from ${lessonNote}
    where ${lessonNote.accountId} = ${accountId} and ${lessonNote.courseSlug} = ${lesson.courseSlug} and ${lessonNote.lessonSlug} = ${lesson.slug})`
  const isBookmarked = sql<boolean>`${lessonMark.bookmarkedAt} is not null`
  const rows = await tx
    .select({
      ...lessonNameColumns,
      isBookmarked,
      isWithdrawn: sql<boolean>`${lesson.withdrawnAt} is not null`,
      notes,
    })
    .from(lesson)
    .innerJoin(course, eq(course.slug, lesson.courseSlug))
    .leftJoin(
      lessonMark,
      and(
        eq(lessonMark.accountId, accountId),
        eq(lessonMark.courseSlug, lesson.courseSlug),
        eq(lessonMark.lessonSlug, lesson.slug),
      ),
    )
    .where(
      sql`${isBookmarked} or (${lesson.courseSlug}, ${lesson.slug}) in (select ${lessonNote.courseSlug}, ${lessonNote.lessonSlug} from ${lessonNote} where ${lessonNote.accountId} = ${accountId})`,
    )
    .orderBy(asc(course.slug), asc(lesson.position))
  return rows
}
