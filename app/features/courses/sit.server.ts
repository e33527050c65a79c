import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { finalTest, finalTestAttempt, finalTestBank, finalTestVersion } from '#db/schema/index.ts'
import { type Entry, entryOf, isOverdue, openQuestions, readChanges, type SittingForm } from './attempts.ts'
import { closeAttempt, type StoredAttempt } from './close-attempt.server.ts'
import { lockLearner } from './course-credit.server.ts'
import { listLessons } from './courses.server.ts'
import { drawPaper, questionsOf, type Topic } from './final-test/draw.ts'
import { shuffle } from './final-test/shuffle.server.ts'
import type { Learner } from './learner.ts'
import { isComplete } from './progress.ts'
import type { Answers } from './question.ts'

const MINUTE_MS = 60_000

export type Started = { ok: true } | Exclude<Entry, { ok: true }> | { ok: false; reason: 'absent' }

/**
 * Begins an attempt: draws its questions and sets its deadline. Runs as the system, for `credit`, after the guard: the bank
 * is closed to everyone else. Beginning twice at once begins one; while one runs it is that one.
 */
export async function startAttempt(
  tx: Tx,
  { accountId, personId, courseSlug, now }: Learner & { courseSlug: string; now: Date },
): Promise<Started> {
  await lockLearner(tx, accountId, courseSlug)
  const [test] = await tx
    .select({ rules: finalTestVersion, topics: finalTestBank.topics })
    .from(finalTest)
    .innerJoin(
      finalTestVersion,
      and(eq(finalTestVersion.courseSlug, finalTest.courseSlug), eq(finalTestVersion.version, finalTest.version)),
    )
    .innerJoin(
      finalTestBank,
      and(eq(finalTestBank.courseSlug, finalTest.courseSlug), eq(finalTestBank.version, finalTest.version)),
    )
    .where(and(eq(finalTest.courseSlug, courseSlug), isNull(finalTest.withdrawnAt)))
  if (!test) return { ok: false, reason: 'absent' }
  let latest = await findLatest(tx, { accountId, courseSlug })
  if (latest && isOverdue(latest, now)) {
    await closeAttempt(tx, { attempt: latest, personId, now })
    latest = await findLatest(tx, { accountId, courseSlug })
  }
  const areLessonsDone = isComplete(await listLessons(tx, { courseSlug, accountId }))
  const entry = entryOf(latest, test.rules, { areLessonsDone, now })
  if (!entry.ok) return entry.reason === 'running' ? { ok: true } : entry

  const { version, minutes, isShuffled } = test.rules
  const paper = drawPaper(test.topics as Topic[], isShuffled, shuffle)
  const number = (latest?.number ?? 0) + 1
  const deadlineAt = new Date(now.getTime() + minutes * MINUTE_MS)
  await tx
    .insert(finalTestAttempt)
    .values({ id: newId(), accountId, courseSlug, version, number, paper, startedAt: now, deadlineAt, answers: {} })
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'test.started',
    detail: { course: courseSlug, attempt: number, questions: paper.length },
  })
  return { ok: true }
}

type OwnAttempt = Learner & { courseSlug: string; attemptId: string; form: SittingForm; now: Date }

export type Saved = { ok: true } | { ok: false; reason: 'over' | 'absent' }

/**
 * Keeps the answers that the form changed, beside those of other tabs and devices. In one statement, so that nothing is
 * kept once the attempt is over, whoever ends it. Runs as the system, for `credit`, after the guard.
 */
export async function saveAnswers(tx: Tx, { accountId, courseSlug, attemptId, form, now }: OwnAttempt): Promise<Saved> {
  const isOwn = isOwnAttempt({ accountId, courseSlug, attemptId })
  const [attempt] = await tx.select({ paper: finalTestAttempt.paper }).from(finalTestAttempt).where(isOwn)
  if (!attempt) return { ok: false, reason: 'absent' }
  const changed = JSON.stringify(readChanges(questionsOf(attempt.paper), form))
  const kept = await tx
    .update(finalTestAttempt)
    .set({ answers: sql`${finalTestAttempt.answers} || ${changed}::jsonb`, savedAt: now })
    .where(and(isOwn, isNull(finalTestAttempt.submittedAt), gte(finalTestAttempt.deadlineAt, now)))
    .returning({ id: finalTestAttempt.id })
  return kept.length > 0 ? { ok: true } : { ok: false, reason: 'over' }
}

export type HandedIn =
  | { ok: true }
  /** Saved and not handed in: these questions would count as wrong. `answers` are all that are kept now. */
  | { ok: false; reason: 'unanswered'; unanswered: string[]; answers: Answers }
  | { ok: false; reason: 'absent' }

/**
 * Hands an attempt in and marks it. After the deadline it is marked with what was saved in time, whatever the form says;
 * handed in twice it is marked once. `isConfirmed`: the worker knows that questions are open.
 */
export async function submitAttempt(
  tx: Tx,
  { accountId, personId, courseSlug, attemptId, form, isConfirmed, now }: OwnAttempt & { isConfirmed: boolean },
): Promise<HandedIn> {
  await lockLearner(tx, accountId, courseSlug)
  const [attempt] = await tx
    .select()
    .from(finalTestAttempt)
    .where(isOwnAttempt({ accountId, courseSlug, attemptId }))
    .for('update')
  if (!attempt) return { ok: false, reason: 'absent' }
  if (attempt.submittedAt !== null) return { ok: true }
  if (isOverdue(attempt, now)) {
    await closeAttempt(tx, { attempt, personId, now })
    return { ok: true }
  }
  const questions = questionsOf(attempt.paper)
  const answers = { ...(attempt.answers as Answers), ...readChanges(questions, form) }
  const unanswered = openQuestions(questions, answers)
  if (unanswered.length > 0 && !isConfirmed) {
    await tx.update(finalTestAttempt).set({ answers, savedAt: now }).where(eq(finalTestAttempt.id, attemptId))
    return { ok: false, reason: 'unanswered', unanswered, answers }
  }
  await closeAttempt(tx, { attempt: { ...attempt, answers }, personId, now })
  return { ok: true }
}

async function findLatest(
  tx: Tx,
  { accountId, courseSlug }: { accountId: string; courseSlug: string },
): Promise<StoredAttempt | null> {
  const [latest] = await tx
    .select()
    .from(finalTestAttempt)
    .where(and(eq(finalTestAttempt.accountId, accountId), eq(finalTestAttempt.courseSlug, courseSlug)))
    .orderBy(desc(finalTestAttempt.number))
    .limit(1)
    .for('update')
  return latest ?? null
}

const isOwnAttempt = ({
  accountId,
  courseSlug,
  attemptId,
}: Pick<OwnAttempt, 'accountId' | 'courseSlug' | 'attemptId'>) =>
  and(
    eq(finalTestAttempt.id, attemptId),
    eq(finalTestAttempt.accountId, accountId),
    eq(finalTestAttempt.courseSlug, courseSlug),
  )
