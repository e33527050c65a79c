import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { lesson, lessonVersion, quiz, quizAttempt } from '#db/schema/index.ts'
import type { Question } from '../question.ts'
import { type QuestionResult, toResults } from './quiz-results.ts'
import { sittingAccounts, type Watched } from './sitting.server.ts'

/**
 * How the learners of a course at the viewer's academy answered each question, of the questions as they stand now. Of every
 * learner the first attempt at the current revision counts: a later one was made after reading what is right. Corrections of
 * a lesson begin no new count; a question keeps its id for ever (content/README.md).
 */
export async function listQuestionResults(tx: Tx, of: Watched): Promise<QuestionResult[]> {
  const first = tx.$with('first_attempt').as(
    tx
      .selectDistinctOn([quizAttempt.accountId, quizAttempt.lessonSlug], {
        lessonSlug: quizAttempt.lessonSlug,
        marked: quizAttempt.marked,
      })
      .from(quizAttempt)
      .innerJoin(lesson, and(eq(lesson.courseSlug, quizAttempt.courseSlug), eq(lesson.slug, quizAttempt.lessonSlug)))
      .innerJoin(
        lessonVersion,
        and(
          eq(lessonVersion.courseSlug, quizAttempt.courseSlug),
          eq(lessonVersion.lessonSlug, quizAttempt.lessonSlug),
          eq(lessonVersion.version, quizAttempt.version),
          eq(lessonVersion.revision, lesson.revision),
        ),
      )
      .where(
        and(eq(quizAttempt.courseSlug, of.courseSlug), sql`${quizAttempt.accountId} in (${sittingAccounts(tx, of)})`),
      )
      .orderBy(quizAttempt.accountId, quizAttempt.lessonSlug, quizAttempt.submittedAt, quizAttempt.id),
  )
  const questionId = sql<string>`q ->> 'id'`
  const isRight = sql`(q ->> 'isRight')::boolean`
  const given = sql<string>`g`
  const [quizzes, counts, choices] = await Promise.all([
    tx
      .select({
        lessonSlug: lesson.slug,
        position: lesson.position,
        questions: quiz.questions,
      })
      .from(lesson)
      .innerJoin(
        quiz,
        and(eq(quiz.courseSlug, lesson.courseSlug), eq(quiz.lessonSlug, lesson.slug), eq(quiz.version, lesson.version)),
      )
      .where(and(eq(lesson.courseSlug, of.courseSlug), isNull(lesson.withdrawnAt)))
      .orderBy(asc(lesson.position)),
    tx
      .with(first)
      .select({
        lessonSlug: first.lessonSlug,
        id: questionId,
        answered: sql<number>`count(*)::int`,
        right: sql<number>`(count(*) filter (where ${isRight}))::int`,
      })
      .from(first)
      .crossJoin(sql`jsonb_array_elements(${first.marked}) q`)
      .groupBy(first.lessonSlug, questionId),
    tx
      .with(first)
      .select({ lessonSlug: first.lessonSlug, id: questionId, given, times: sql<number>`count(*)::int` })
      .from(first)
      .crossJoin(sql`jsonb_array_elements(${first.marked}) q`)
      .crossJoin(sql`jsonb_array_elements_text(q -> 'given') g`)
      .where(sql`not ${isRight} and not (q -> 'right') @> to_jsonb(g)`)
      .groupBy(first.lessonSlug, questionId, given),
  ])
  return toResults(
    quizzes.map((one) => ({ ...one, questions: one.questions as Question[] })),
    counts,
    choices,
  )
}
