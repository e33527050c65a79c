import { and, asc, eq, inArray, isNull, type Placeholder, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import {
  academy,
  course,
  courseRating,
  courseRatingTotal,
  finalTest,
  lesson,
  lessonMark,
  lessonProgress,
  occupation,
} from '#db/schema/index.ts'
import type { CourseMode, Level } from '#db/values.ts'
import type { CourseCard } from './course-card.ts'
import type { OutlineLesson, TestStep } from './progress.ts'
import { type Average, publicAverage, type Score } from './ratings.ts'
import { doneAt, findTestStep, hasPassedTest } from './test-step.server.ts'

export type CourseDetail = Omit<CourseCard, 'lessonCount' | 'doneCount' | 'updatedCount' | 'isTestOpen' | 'lastAt'> & {
  occupationCode: string | null
  occupationName: string | null
  level: Level | null
  mode: CourseMode
  sources: string[]
  author: string
  /** The academy that made it; null: none of them, or none that is known here. */
  academyName: string | null
  updatedOn: string
  /** From five ratings up; null: fewer. */
  satisfaction: Average | null
  /** What the account that asks gave it; null: nothing yet. */
  ownScore: Score | null
  lessons: OutlineLesson[]
  /** Null: the course has no final test. */
  finalTest: TestStep | null
}

/** A course as one account sees it; null: nobody in particular. */
type CourseOf = { courseSlug: string; accountId: string | null }

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

/** One course with its outline, or null. */
export async function findCourse(tx: Tx, asked: CourseOf): Promise<CourseDetail | null> {
  const [[head], lessons, [finalTest = null]] = await Promise.all([
    findHead(tx, asked),
    listLessons(tx, asked),
    findTestStep(tx, asked),
  ])
  if (!head || lessons.length === 0) return null
  const { ratings, scores, ownScore, ...shown } = head
  const satisfaction = publicAverage({ ratings, scores })
  return { ...shown, satisfaction, ownScore: ownScore as Score | null, lessons, finalTest }
}

const findHead = statement((db) =>
  db
    .select({
      slug: course.slug,
      title: course.title,
      titleEn: course.titleEn,
      summary: course.summary,
      summaryEn: course.summaryEn,
      plannedHours: course.plannedHours,
      occupationCode: course.occupationCode,
      level: sql<Level | null>`${course.level}`,
      mode: sql<CourseMode>`${course.mode}`,
      occupationName: sql<
        string | null
      >`(select ${occupation.name} from ${occupation} where ${occupation.code} = ${course.occupationCode} order by ${occupation.edition} desc limit 1)`,
      sources: course.sources,
      author: course.author,
      academyName: academy.name,
      updatedOn: course.updatedOn,
      ratings: sql<number>`coalesce(${courseRatingTotal.ratings}, 0)`,
      scores: sql<number>`coalesce(${courseRatingTotal.scores}, 0)`,
      ownScore: courseRating.score,
    })
    .from(course)
    .leftJoin(academy, eq(academy.code, course.academyCode))
    .leftJoin(courseRatingTotal, eq(courseRatingTotal.courseSlug, course.slug))
    .leftJoin(
      courseRating,
      and(
        eq(courseRating.courseSlug, course.slug),
        sql`${courseRating.accountId} = ${sql.placeholder('accountId')}::uuid`,
      ),
    )
    .where(eq(course.slug, sql.placeholder('courseSlug'))),
)
