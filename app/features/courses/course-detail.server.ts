import { and, eq, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, course, courseRating, courseRatingTotal, occupation } from '#db/schema/index.ts'
import type { CourseMode, Level } from '#db/values.ts'
import type { CourseCard } from './course-card.ts'
import { type CourseOf, listLessons } from './courses.server.ts'
import type { OutlineLesson, TestStep } from './progress.ts'
import { type Average, publicAverage, type Score } from './ratings.ts'
import { findTestStep } from './test-step.server.ts'

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
