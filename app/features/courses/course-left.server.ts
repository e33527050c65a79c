import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { lesson, lessonProgress, lessonTime } from '#db/schema/index.ts'
import type { Entry } from './attempts.ts'
import { type CourseLeft, leftOf } from './course-left.ts'
import { findTestEntry } from './test-entry.server.ts'
import { findTestStep } from './test-step.server.ts'
import type { RequiredMedia } from './time/needed.ts'
import { timeRules } from './time/rules.server.ts'

/** What is left of each of some courses, five at most, for an account, by the course's slug; `test`: null, if no test is left. */
export async function findCoursesLeft(
  tx: Tx,
  { accountId, slugs, now }: { accountId: string; slugs: readonly string[]; now: Date },
): Promise<Map<string, CourseLeft & { test: Entry | null }>> {
  if (slugs.length === 0) return new Map()
  const [rules, tests, rows] = await Promise.all([
    timeRules(tx, now),
    Promise.all(slugs.map((courseSlug) => findTestStep(tx, { courseSlug, accountId }))),
    tx
      .select({
        courseSlug: lesson.courseSlug,
        slug: lesson.slug,
        position: lesson.position,
        hasQuiz: lesson.hasQuiz,
        minutes: lesson.minutes,
        activeMinutes: lesson.activeMinutes,
        media: lesson.media,
        isRead: sql<boolean>`${lessonProgress.readAt} is not null`,
        isPassed: sql<boolean>`${lessonProgress.passedAt} is not null`,
        isDone: sql<boolean>`${lessonProgress.doneAt} is not null`,
        activeMs: sql<number>`coalesce(${lessonTime.activeMs}, 0)`,
      })
      .from(lesson)
      .leftJoin(
        lessonProgress,
        and(
          eq(lessonProgress.accountId, accountId),
          eq(lessonProgress.courseSlug, lesson.courseSlug),
          eq(lessonProgress.lessonSlug, lesson.slug),
        ),
      )
      .leftJoin(
        lessonTime,
        and(
          eq(lessonTime.accountId, accountId),
          eq(lessonTime.courseSlug, lesson.courseSlug),
          eq(lessonTime.lessonSlug, lesson.slug),
        ),
      )
      .where(and(inArray(lesson.courseSlug, [...slugs]), isNull(lesson.withdrawnAt)))
      .orderBy(asc(lesson.position)),
  ])
  const lessonsOf = (slug: string) =>
    rows.filter((row) => row.courseSlug === slug).map((row) => ({ ...row, media: row.media as RequiredMedia[] }))
  const found = slugs.map(async (courseSlug, place) => {
    const left = leftOf(lessonsOf(courseSlug), rules)
    const [step = null] = tests[place] ?? []
    const areLessonsDone = left.of > 0 && left.lessons === 0
    const test = await findTestEntry(tx, { courseSlug, accountId, step, areLessonsDone, now })
    return [courseSlug, { ...left, test }] as const
  })
  return new Map(await Promise.all(found))
}
