import { and, eq, isNull, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { lesson, lessonProgress, quiz, quizAttempt, quizKey } from '#db/schema/index.ts'
import { creditIfComplete, lockLearner } from './course-credit.server.ts'
import type { Learner } from './learner.ts'
import { cleanAnswers, keptAnswers, type MarkedQuestion, markQuiz, type QuizKey, readAnswers } from './marking.ts'
import type { Answers, Question } from './question.ts'
import { completeLesson } from './time/complete.server.ts'

type At = { courseSlug: string; lessonSlug: string; now: Date }

/** Nothing was marked or kept; `answers` are what was typed, to be shown again in the form of the questions as they stand. */
type Unmarked = { ok: false; answers: Answers; questions: Question[]; passPercent: number } & (
  | { reason: 'unanswered'; unanswered: string[] }
  /** The lesson was published anew since the page was opened: its questions may be others. */
  | { reason: 'changed' }
)

export type Submitted =
  | { ok: true; isPassed: boolean; rightCount: number; marked: MarkedQuestion[]; isCourseComplete: boolean }
  | Unmarked
  | { ok: false; reason: 'absent' }

/**
 * Marks the quiz of a lesson and keeps the attempt. Runs as the system, for `credit`, after the guard: the key is closed to
 * everyone else. Answering is also reading (答完题，本课即记为已学); with its quiz passed and its time given the lesson is
 * done. A quiz that was passed once stays passed. When that completes the course, the worker's online enrolments in it are
 * credited.
 */
export async function submitQuiz(
  tx: Tx,
  {
    accountId,
    personId,
    courseSlug,
    lessonSlug,
    version,
    form,
    now,
  }: Learner & At & { version: number; form: { getAll(name: string): unknown[] } },
): Promise<Submitted> {
  await lockLearner(tx, accountId, courseSlug)
  const [row] = await tx
    .select({
      version: lesson.version,
      revision: lesson.revision,
      passPercent: quiz.passPercent,
      questions: quiz.questions,
      key: quizKey.key,
    })
    .from(lesson)
    .innerJoin(
      quiz,
      and(eq(quiz.courseSlug, lesson.courseSlug), eq(quiz.lessonSlug, lesson.slug), eq(quiz.version, lesson.version)),
    )
    .innerJoin(
      quizKey,
      and(
        eq(quizKey.courseSlug, quiz.courseSlug),
        eq(quizKey.lessonSlug, quiz.lessonSlug),
        eq(quizKey.version, quiz.version),
      ),
    )
    .where(and(eq(lesson.courseSlug, courseSlug), eq(lesson.slug, lessonSlug), isNull(lesson.withdrawnAt)))
  if (!row) return { ok: false, reason: 'absent' }
  const questions = row.questions as Question[]
  const answers = cleanAnswers(questions, readAnswers(questions, form))
  const { passPercent } = row
  if (row.version !== version)
    return { ok: false, reason: 'changed', answers: keptAnswers(questions, answers), questions, passPercent }
  const marking = markQuiz(questions, row.key as QuizKey, passPercent, answers)
  if (!marking.ok) return { ...marking, answers, questions, passPercent }

  const { isPassed, rightCount, marked } = marking
  const questionCount = questions.length
  const at = { accountId, courseSlug, lessonSlug, version }
  await tx
    .insert(quizAttempt)
    .values({ id: newId(), ...at, submittedAt: now, rightCount, questionCount, isPassed, marked })
  await keepProgress(tx, { ...at, revision: row.revision, now, isPassed })
  await completeLesson(tx, { ...at, now })
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'quiz.answered',
    detail: { course: courseSlug, lesson: lessonSlug, right: rightCount, questions: questionCount, passed: isPassed },
  })
  const isCourseComplete = await creditIfComplete(tx, { accountId, personId, courseSlug, now })
  return { ok: true, isPassed, rightCount, marked, isCourseComplete }
}

/**
 * Records that a lesson without a quiz was read, as the worker says; with its time given it is done. A lesson with a quiz is
 * read by answering it.
 * @returns false where there is no such lesson.
 */
export async function finishLesson(
  tx: Tx,
  { accountId, personId, courseSlug, lessonSlug, now }: Learner & At,
): Promise<boolean> {
  await lockLearner(tx, accountId, courseSlug)
  const [row] = await tx
    .select({ version: lesson.version, revision: lesson.revision })
    .from(lesson)
    .where(
      and(
        eq(lesson.courseSlug, courseSlug),
        eq(lesson.slug, lessonSlug),
        eq(lesson.hasQuiz, false),
        isNull(lesson.withdrawnAt),
      ),
    )
  if (!row) return false
  await keepProgress(tx, { accountId, courseSlug, lessonSlug, ...row, now, isPassed: false })
  await completeLesson(tx, { accountId, courseSlug, lessonSlug, now })
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'lesson.finished',
    detail: { course: courseSlug, lesson: lessonSlug },
  })
  await creditIfComplete(tx, { accountId, personId, courseSlug, now })
  return true
}

/** Finished at the first time, passed at the first time; later attempts change neither. */
async function keepProgress(
  tx: Tx,
  {
    accountId,
    courseSlug,
    lessonSlug,
    version,
    revision,
    now,
    isPassed,
  }: Omit<Learner, 'personId'> & At & { version: number; revision: number; isPassed: boolean },
): Promise<void> {
  await tx
    .insert(lessonProgress)
    .values({
      ...{ accountId, courseSlug, lessonSlug, readAt: now, readVersion: version, seenRevision: revision },
      passedAt: isPassed ? now : null,
    })
    .onConflictDoUpdate({
      target: [lessonProgress.accountId, lessonProgress.courseSlug, lessonProgress.lessonSlug],
      set: {
        passedAt: sql`coalesce(${lessonProgress.passedAt}, excluded.passed_at)`,
        seenRevision: sql`excluded.seen_revision`,
      },
    })
}
