import { and, eq, isNull, sql } from 'drizzle-orm'
import { statement } from '#db/client.server.ts'
import { finalTest, finalTestAttempt, lesson, lessonProgress } from '#db/schema/index.ts'
import type { TestStep } from './progress.ts'

/** The account has passed the final test of the row's course. */
export const hasPassedTest = (accountId: unknown) =>
  sql<boolean>`exists (select from ${finalTestAttempt} where ${finalTestAttempt.accountId} = ${accountId}::uuid and ${finalTestAttempt.courseSlug} = ${finalTest.courseSlug} and ${finalTestAttempt.isPassed})`

/** When the lesson of a row was done; endless where it is not. */
export const doneAt = sql`coalesce(${lessonProgress.doneAt}, 'infinity')`

/**
 * The final test of a course as a step of one account; no row: the course has none. Who had done every lesson of today's
 * course before it asked for a test is not asked: what was finished stays finished.
 */
export const findTestStep = statement<{ courseSlug: string; accountId: string | null }, TestStep[]>((db) =>
  db
    .select({
      title: finalTest.title,
      titleEn: finalTest.titleEn,
      isPassed: sql<boolean>`${finalTestAttempt.id} is not null`,
      isExempt: sql<boolean>`not exists (select from ${lesson} left join ${lessonProgress} on ${lessonProgress.courseSlug} = ${lesson.courseSlug} and ${lessonProgress.lessonSlug} = ${lesson.slug} and ${lessonProgress.accountId} = ${sql.placeholder('accountId')}::uuid where ${lesson.courseSlug} = ${finalTest.courseSlug} and ${lesson.withdrawnAt} is null and ${doneAt} > ${finalTest.requiredSince})`,
    })
    .from(finalTest)
    .leftJoin(
      finalTestAttempt,
      and(
        sql`${finalTestAttempt.accountId} = ${sql.placeholder('accountId')}::uuid`,
        eq(finalTestAttempt.courseSlug, finalTest.courseSlug),
        eq(finalTestAttempt.isPassed, true),
      ),
    )
    .where(and(eq(finalTest.courseSlug, sql.placeholder('courseSlug')), isNull(finalTest.withdrawnAt))),
)
