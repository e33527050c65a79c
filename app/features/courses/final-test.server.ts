import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { course, finalTest, finalTestAttempt, finalTestVersion } from '#db/schema/index.ts'
import { isOverdue, type TestRules } from './attempts.ts'
import { questionsOf } from './final-test/draw.ts'
import type { ShownMark } from './marking.ts'
import type { Answers, Question } from './question.ts'

/** An attempt as its own worker sees it: never an answer before it is over, and then as much as the test shows. */
export type OwnAttempt = {
  id: string
  number: number
  deadlineAt: Date
  savedAt: Date | null
  submittedAt: Date | null
  isPassed: boolean | null
  rightCount: number | null
  /** The rules that it began under. */
  passPercent: number
  questions: Question[]
  answers: Answers
  /** Null while it runs, and where the test shows no more than the score. */
  marks: ShownMark[] | null
}

export type FinalTestPage = {
  courseTitle: string
  courseTitleEn: string
  title: string
  titleEn: string
  intro: string
  introEn: string
  rules: TestRules
  latest: OwnAttempt | null
}

/** The final test of a course with the account's latest attempt; null: the course has none. Never reads the bank. */
export async function findFinalTest(
  tx: Tx,
  { courseSlug, accountId }: { courseSlug: string; accountId: string | null },
): Promise<FinalTestPage | null> {
  const [[test], latest] = await Promise.all([
    findRules(tx, { courseSlug }),
    accountId ? findLatest(tx, { courseSlug, accountId }) : null,
  ])
  return test ? { ...test, latest } : null
}

const findRules = statement<{ courseSlug: string }, Omit<FinalTestPage, 'latest'>[]>((db) =>
  db
    .select({
      courseTitle: course.title,
      courseTitleEn: course.titleEn,
      title: finalTest.title,
      titleEn: finalTest.titleEn,
      intro: finalTest.intro,
      introEn: finalTest.introEn,
      rules: {
        questionCount: finalTestVersion.questionCount,
        passPercent: finalTestVersion.passPercent,
        minutes: finalTestVersion.minutes,
        attempts: finalTestVersion.attempts,
        pauseHours: finalTestVersion.pauseHours,
      },
    })
    .from(finalTest)
    .innerJoin(course, eq(course.slug, finalTest.courseSlug))
    .innerJoin(
      finalTestVersion,
      and(eq(finalTestVersion.courseSlug, finalTest.courseSlug), eq(finalTestVersion.version, finalTest.version)),
    )
    .where(and(eq(finalTest.courseSlug, sql.placeholder('courseSlug')), isNull(finalTest.withdrawnAt))),
)

const findAttempts = statement((db) =>
  db
    .select({ attempt: finalTestAttempt, passPercent: finalTestVersion.passPercent, show: finalTestVersion.show })
    .from(finalTestAttempt)
    .innerJoin(
      finalTestVersion,
      and(
        eq(finalTestVersion.courseSlug, finalTestAttempt.courseSlug),
        eq(finalTestVersion.version, finalTestAttempt.version),
      ),
    )
    .where(
      and(
        eq(finalTestAttempt.accountId, sql.placeholder('accountId')),
        eq(finalTestAttempt.courseSlug, sql.placeholder('courseSlug')),
      ),
    )
    .orderBy(desc(finalTestAttempt.number))
    .limit(1),
)

async function findLatest(tx: Tx, asked: { courseSlug: string; accountId: string }): Promise<OwnAttempt | null> {
  const [row] = await findAttempts(tx, asked)
  if (!row) return null
  const { attempt, passPercent, show } = row
  const { id, number, deadlineAt, savedAt, submittedAt, isPassed, rightCount } = attempt
  return {
    ...{ id, number, deadlineAt, savedAt, submittedAt, isPassed, rightCount, passPercent },
    questions: questionsOf(attempt.paper),
    // Written by this feature alone, in these shapes.
    answers: attempt.answers as Answers,
    marks: show === 'score' ? null : (attempt.marked as ShownMark[] | null),
  }
}

/** The latest attempt waits to be marked with what was saved. */
export const isDue = <P extends { latest: OwnAttempt | null }>(
  page: P | null,
  now: Date,
): page is P & { latest: OwnAttempt } => page?.latest != null && isOverdue(page.latest, now)
