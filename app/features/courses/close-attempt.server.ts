import { and, asc, eq, isNull, lt, notInArray } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { finalTestAttempt, finalTestBank, finalTestVersion } from '#db/schema/index.ts'
import { isOverdue, showMark } from './attempts.ts'
import { creditIfComplete, lockLearner } from './course-credit.server.ts'
import { type Asked, keyAsAsked } from './final-test/draw.ts'
import { markQuestion, passes, type QuizKey } from './marking.ts'
import type { Answers } from './question.ts'

export type StoredAttempt = typeof finalTestAttempt.$inferSelect

/**
 * Marks an attempt that is held by the transaction, with the answers that it has, and ends it: now, or at its deadline
 * where that is over. A passed one may complete the course. What its worker may see of the marks is decided here, once, by the rules that it began under.
 */
export async function closeAttempt(
  tx: Tx,
  { attempt, personId, now }: { attempt: StoredAttempt; personId: string | null; now: Date },
): Promise<void> {
  const { id, accountId, courseSlug, version, number, deadlineAt } = attempt
  const [rules] = await tx
    .select({ passPercent: finalTestVersion.passPercent, show: finalTestVersion.show, key: finalTestBank.key })
    .from(finalTestVersion)
    .innerJoin(
      finalTestBank,
      and(
        eq(finalTestBank.courseSlug, finalTestVersion.courseSlug),
        eq(finalTestBank.version, finalTestVersion.version),
      ),
    )
    .where(and(eq(finalTestVersion.courseSlug, courseSlug), eq(finalTestVersion.version, version)))
  if (!rules) throw new Error(`final test ${courseSlug} has lost its version ${version}`)
  const key = rules.key as QuizKey
  const answers = attempt.answers as Answers
  const marks = (attempt.paper as Asked[]).map((asked) => {
    const { id: questionId } = asked.question
    const right = key[questionId]
    if (!right) throw new Error(`final test ${courseSlug} has no key for ${questionId} in version ${version}`)
    return markQuestion(asked.question, keyAsAsked(asked, right), answers[questionId] ?? [])
  })
  const rightCount = marks.filter((mark) => mark.isRight).length
  const isPassed = passes(rightCount, marks.length, rules.passPercent)
  const isLate = isOverdue(attempt, now)
  const submittedAt = isLate ? deadlineAt : now
  const marked = marks.map((mark) => showMark(mark, rules.show))
  await tx
    .update(finalTestAttempt)
    .set({ answers, submittedAt, rightCount, isPassed, marked })
    .where(eq(finalTestAttempt.id, id))
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'test.submitted',
    detail: {
      ...{ course: courseSlug, attempt: number, right: rightCount, questions: marks.length },
      ...{ passed: isPassed, isLate },
    },
  })
  if (isPassed) await creditIfComplete(tx, { accountId, personId, courseSlug, now: submittedAt })
}

/**
 * Ends an attempt whose time is over, for `credit`. @returns false where it is not, or has been ended: then nothing changes.
 */
export async function closeIfDue(
  tx: Tx,
  { attemptId, personId, now }: { attemptId: string; personId: string | null; now: Date },
): Promise<boolean> {
  const [found] = await tx.select().from(finalTestAttempt).where(eq(finalTestAttempt.id, attemptId))
  if (!found) return false
  await lockLearner(tx, found.accountId, found.courseSlug)
  const [attempt] = await tx.select().from(finalTestAttempt).where(eq(finalTestAttempt.id, attemptId)).for('update')
  if (!attempt || !isOverdue(attempt, now)) return false
  await closeAttempt(tx, { attempt, personId, now })
  return true
}

/** Some of the attempts that nobody handed in before this instant, the oldest first. `without`: ids to be left out. */
export async function listDue(
  tx: Tx,
  { before, without }: { before: Date; without: readonly string[] },
): Promise<string[]> {
  const rows = await tx
    .select({ id: finalTestAttempt.id })
    .from(finalTestAttempt)
    .where(
      and(
        isNull(finalTestAttempt.submittedAt),
        lt(finalTestAttempt.deadlineAt, before),
        notInArray(finalTestAttempt.id, [...without]),
      ),
    )
    .orderBy(asc(finalTestAttempt.deadlineAt))
    .limit(20)
  return rows.map(({ id }) => id)
}
