import { and, asc, eq, gt, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
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

const accountId = sql.placeholder('accountId')
/** Of a course's lessons, what the account did with them: counted course by course, by their keys. */
const lessonsOf = (db: Tx) =>
  db
    .select({
      lessonCount: sql<number>`count(*)::int`.as('lesson_count'),
      doneCount: sql<number>`count(*) filter (where ${lessonProgress.doneAt} is not null)::int`.as('done_count'),
      updatedCount: sql<number>`count(*) filter (where ${isUpdated})::int`.as('updated_count'),
      isDoneSince: sql<boolean>`bool_or(${doneAt} > ${finalTest.requiredSince})`.as('is_done_since'),
      lastAt: sql<
        string | null
      >`to_char(max(${lessonProgress.readAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`.as('last_at'),
    })
    .from(lesson)
    .leftJoin(lessonProgress, progressOf(accountId))
    .where(and(eq(lesson.courseSlug, course.slug), isNull(lesson.withdrawnAt)))
    .as('of_course')

const cards = (db: Tx, which: SQL) => {
  const of = lessonsOf(db)
  return db
    .select({
      slug: course.slug,
      title: course.title,
      titleEn: course.titleEn,
      summary: course.summary,
      summaryEn: course.summaryEn,
      plannedHours: course.plannedHours,
      lessonCount: of.lessonCount,
      doneCount: of.doneCount,
      updatedCount: of.updatedCount,
      isTestOpen: sql<boolean>`${finalTest.courseSlug} is not null and not ${hasPassedTest(accountId)} and ${of.isDoneSince}`,
      lastAt: of.lastAt,
    })
    .from(course)
    .leftJoin(finalTest, and(eq(finalTest.courseSlug, course.slug), isNull(finalTest.withdrawnAt)))
    .innerJoinLateral(of, gt(of.lessonCount, 0))
    .where(which)
    .orderBy(sql`${of.lastAt} desc nulls last`, asc(course.slug))
}

const someCards = statement<{ accountId: string | null; slugs: readonly string[] | null }, CourseCard[]>((db) => {
  const slugs = sql`${sql.placeholder('slugs')}::text[]`
  return cards(db, sql`(${slugs} is null or ${course.slug} = any(${slugs}))`)
})

/**
 * A course is shown while it has a lesson. Those that the account has begun come first, the latest at the top. `slugs`:
 * of these alone.
 */
export const listCourses = (
  tx: Tx,
  { accountId, slugs = null }: { accountId: string | null; slugs?: readonly string[] | null },
): Promise<CourseCard[]> => someCards(tx, { accountId, slugs })

/** The slugs that a course wants finished before it; null: no such course. */
export const wantedBefore = sql<
  string[] | null
>`(select w.prerequisites from course w where w.slug = ${sql.placeholder('courseSlug')})::text[]`

/** The courses that are to be finished before one. */
export const listWanted = statement<CourseOf, CourseCard[]>((db) =>
  cards(db, sql`${course.slug} = any(${wantedBefore})`),
)

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
