import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  enrolment,
  finalTest,
  finalTestAttempt,
  lesson,
  lessonProgress,
  lessonTime,
  quizAttempt,
  trainingClass,
} from '#db/schema/index.ts'
import type { TestAttempts } from '../attempts.ts'
import { FAILS, type LearnerTest, type Standing, standingOf } from '../standing.ts'
import { doneAt } from '../test-step.server.ts'
import { isOfClass, ofClasses, sittingAccounts, type Watched } from './sitting.server.ts'

/** Where one seat of an online class stands with the course. */
export type Stand = { enrolmentId: string; lastOn: string | null; standing: Standing; test: LearnerTest | null }

/**
 * Where everybody stands who sits in the viewer's online classes of a course, in the order in which they joined. The database
 * sums each account up in a row; the rule itself is standing.ts. `lessons`, `rules`: how many lessons the course has now, and
 * how often its final test may be taken; null: it has none.
 */
export async function listStandings(
  tx: Tx,
  { now, lessons, rules, ...of }: Watched & { now: Date; lessons: number; rules: TestAttempts | null },
): Promise<Stand[]> {
  const accounts = sittingAccounts(tx, of)
  const read = tx.$with('read').as(
    tx
      .select({
        accountId: lessonProgress.accountId,
        done: sql<number>`count(*) filter (where ${lessonProgress.doneAt} is not null and ${lesson.withdrawnAt} is null)`.as(
          'done',
        ),
        early:
          sql<number>`count(*) filter (where ${doneAt} <= ${finalTest.requiredSince} and ${lesson.withdrawnAt} is null)`.as(
            'early',
          ),
        lastAt: sql<Date | null>`max(greatest(${lessonProgress.readAt}, ${lessonProgress.doneAt}))`.as('read_last_at'),
      })
      .from(lessonProgress)
      .innerJoin(
        lesson,
        and(eq(lesson.courseSlug, lessonProgress.courseSlug), eq(lesson.slug, lessonProgress.lessonSlug)),
      )
      .leftJoin(finalTest, eq(finalTest.courseSlug, lesson.courseSlug))
      .where(and(eq(lessonProgress.courseSlug, of.courseSlug), sql`${lessonProgress.accountId} in (${accounts})`))
      .groupBy(lessonProgress.accountId),
  )
  const quizzes = tx.$with('quizzes').as(
    tx
      .select({
        accountId: quizAttempt.accountId,
        fails: sql<number>`count(*) filter (where not ${quizAttempt.isPassed})`.as('fails'),
        isOpen: sql<boolean>`not bool_or(${quizAttempt.isPassed}) and bool_and(${lesson.withdrawnAt} is null)`.as(
          'is_open',
        ),
        lastAt: sql<Date>`max(${quizAttempt.submittedAt})`.as('tried_last_at'),
      })
      .from(quizAttempt)
      .innerJoin(lesson, and(eq(lesson.courseSlug, quizAttempt.courseSlug), eq(lesson.slug, quizAttempt.lessonSlug)))
      .where(and(eq(quizAttempt.courseSlug, of.courseSlug), sql`${quizAttempt.accountId} in (${accounts})`))
      .groupBy(quizAttempt.accountId, quizAttempt.lessonSlug),
  )
  const tried = tx.$with('tried').as(
    tx
      .with(quizzes)
      .select({
        accountId: quizzes.accountId,
        isFailing: sql<boolean>`bool_or(${quizzes.isOpen} and ${quizzes.fails} >= ${FAILS})`.as('is_failing'),
        lastAt: sql<Date>`max(${quizzes.lastAt})`.as('quizzes_last_at'),
      })
      .from(quizzes)
      .groupBy(quizzes.accountId),
  )
  const timed = tx.$with('timed').as(
    tx
      .select({
        accountId: lessonTime.accountId,
        lastAt: sql<Date>`max(${lessonTime.countedAt})`.as('timed_last_at'),
      })
      .from(lessonTime)
      .where(and(eq(lessonTime.courseSlug, of.courseSlug), sql`${lessonTime.accountId} in (${accounts})`))
      .groupBy(lessonTime.accountId),
  )
  const sat = tx.$with('sat').as(
    tx
      .select({
        accountId: finalTestAttempt.accountId,
        fails: sql<number>`count(*) filter (where not ${finalTestAttempt.isPassed})`.as('test_fails'),
        isPassed: sql<boolean>`bool_or(${finalTestAttempt.isPassed})`.as('is_test_passed'),
        lastAt: sql<Date>`max(${finalTestAttempt.submittedAt})`.as('sat_last_at'),
      })
      .from(finalTestAttempt)
      .where(
        and(
          eq(finalTestAttempt.courseSlug, of.courseSlug),
          isNotNull(finalTestAttempt.submittedAt),
          sql`${finalTestAttempt.accountId} in (${accounts})`,
        ),
      )
      .groupBy(finalTestAttempt.accountId),
  )
  const lastOn = sql<
    string | null
  >`to_char(greatest(${read.lastAt}, ${tried.lastAt}, ${timed.lastAt}, ${sat.lastAt}) at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
  const since = sql<string>`greatest((${enrolment.createdAt} at time zone 'Asia/Shanghai')::date, ${trainingClass.startsOn})::text`
  const seats = await tx
    .with(read, tried, timed, sat)
    .select({
      enrolmentId: enrolment.id,
      since,
      isCredited: sql<boolean>`${enrolment.creditedOn} is not null`,
      done: sql<number>`coalesce(${read.done}, 0)::int`,
      early: sql<number>`coalesce(${read.early}, 0)::int`,
      isFailing: sql<boolean>`coalesce(${tried.isFailing}, false)`,
      fails: sql<number>`coalesce(${sat.fails}, 0)::int`,
      isPassed: sql<boolean>`coalesce(${sat.isPassed}, false)`,
      lastOn,
    })
    .from(enrolment)
    .innerJoin(trainingClass, isOfClass)
    .leftJoin(read, eq(read.accountId, enrolment.accountId))
    .leftJoin(tried, eq(tried.accountId, enrolment.accountId))
    .leftJoin(timed, eq(timed.accountId, enrolment.accountId))
    .leftJoin(sat, eq(sat.accountId, enrolment.accountId))
    .where(and(ofClasses(tx, of), eq(enrolment.seat, 'enrolled')))
    .orderBy(asc(enrolment.id))
  const today = shanghaiDate(now)
  return seats.map(({ enrolmentId, done, early, fails, isPassed, ...facts }) => {
    const areLessonsDone = lessons > 0 && done === lessons
    const test = rules ? { ...rules, fails, isPassed, isExempt: early === lessons } : null
    const standing = standingOf({ ...facts, areLessonsDone, test }, today)
    return { enrolmentId, lastOn: facts.lastOn, standing, test }
  })
}
