import { and, asc, eq, inArray, isNull, type Placeholder, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { course, finalTest, lesson, lessonMark, lessonProgress } from '#db/schema/index.ts'
import type { CourseCard } from './course-card.ts'
import type { OutlineLesson } from './progress.ts'
import { doneAt, hasPassedTest } from './test-step.server.ts'

/** A course as one account sees it; null: nobody in particular. */
export type CourseOf = { courseSlug: string; accountId: string | null }

/** Joins the progress of one account; with null no row matches, so that nothing is done. */
const progressOf = (accountId: string | null | Placeholder) =>
  and(
    eq(lessonProgress.courseSlug, lesson.courseSlug),
    eq(lessonProgress.lessonSlug, lesson.slug),
    sql`${lessonProgress.accountId} = ${accountId}::uuid`,
  )

/** The lesson changed in substance since the account finished it; null, and so false, where it has not. */
const isUpdated = sql`${lesson.revision} > ${lessonProgress.seenRevision}`

/**
 * A course is shown while it has a lesson. Those that the account has begun come first, the latest at the top. `slugs`:
 * of these alone.
 */
export async function listCourses(
  tx: Tx,
  { accountId, slugs }: { accountId: string | null; slugs?: readonly string[] },
): Promise<CourseCard[]> {
  const lastAt = sql<
    string | null
  >`to_char(max(${lessonProgress.readAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const done = sql<number>`count(*) filter (where ${lessonProgress.doneAt} is not null)::int`
  const isTestOpen = sql<boolean>`${finalTest.courseSlug} is not null and not ${hasPassedTest(accountId)} and bool_or(${doneAt} > ${finalTest.requiredSince})`
  return tx
    .select({
      slug: course.slug,
      title: course.title,
      titleEn: course.titleEn,
      summary: course.summary,
      summaryEn: course.summaryEn,
      plannedHours: course.plannedHours,
      lessonCount: sql<number>`count(*)::int`,
      doneCount: done,
      updatedCount: sql<number>`count(*) filter (where ${isUpdated})::int`,
      isTestOpen,
      lastAt,
    })
    .from(course)
    .innerJoin(lesson, and(eq(lesson.courseSlug, course.slug), isNull(lesson.withdrawnAt)))
    .leftJoin(lessonProgress, progressOf(accountId))
    .leftJoin(finalTest, and(eq(finalTest.courseSlug, course.slug), isNull(finalTest.withdrawnAt)))
    .where(slugs && inArray(course.slug, [...slugs]))
    .groupBy(course.slug, finalTest.courseSlug)
    .orderBy(sql`${lastAt} desc nulls last`, asc(course.slug))
}

/** The lessons of a course in order, with the account's progress and marks. Empty for a course that does not exist. */
export const listLessons = statement<CourseOf, OutlineLesson[]>((db) =>
  db
    .select({
      slug: lesson.slug,
      position: lesson.position,
      title: lesson.title,
      titleEn: lesson.titleEn,
      summary: lesson.summary,
      minutes: lesson.minutes,
      hasQuiz: lesson.hasQuiz,
      isRead: sql<boolean>`${lessonProgress.readAt} is not null`,
      isPassed: sql<boolean>`${lessonProgress.passedAt} is not null`,
      update: sql<string | null>`case when ${isUpdated} then ${lesson.changes} end`,
      isBookmarked: sql<boolean>`${lessonMark.bookmarkedAt} is not null`,
      place: lessonMark.place,
      isDone: sql<boolean>`${lessonProgress.doneAt} is not null`,
    })
    .from(lesson)
    .leftJoin(lessonProgress, progressOf(sql.placeholder('accountId')))
    .leftJoin(
      lessonMark,
      and(
        eq(lessonMark.courseSlug, lesson.courseSlug),
        eq(lessonMark.lessonSlug, lesson.slug),
        sql`${lessonMark.accountId} = ${sql.placeholder('accountId')}::uuid`,
      ),
    )
    .where(and(eq(lesson.courseSlug, sql.placeholder('courseSlug')), isNull(lesson.withdrawnAt)))
    .orderBy(asc(lesson.position)),
)
