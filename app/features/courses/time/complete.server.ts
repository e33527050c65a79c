import { and, eq, isNull } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { lessonProgress } from '#db/schema/index.ts'
import { isTimeGiven } from './needed.ts'
import { lessonKey, readStates } from './rows.server.ts'
import { timeRules } from './rules.server.ts'

/**
 * Marks a lesson as done once all that it asks for was given: read, its quiz passed, its time and its recordings
 * (domain.md, "Credit"). Asked whenever one of them comes, under the learner's lock, so that of a quiz and a heartbeat at the
 * same moment one sees the other. Runs for the purpose `credit`.
 * @returns whether it was marked now.
 */
export async function completeLesson(
  tx: Tx,
  { accountId, courseSlug, lessonSlug, now }: { accountId: string; courseSlug: string; lessonSlug: string; now: Date },
): Promise<boolean> {
  const key = lessonKey(courseSlug, lessonSlug)
  const states = await readStates(tx, [{ accountId, key }])
  const state = states.get(accountId)?.get(key)
  if (!state?.isWaiting || !isTimeGiven(state.lesson, state.given, await timeRules(tx, now))) return false
  const marked = await tx
    .update(lessonProgress)
    .set({ doneAt: now })
    .where(
      and(
        eq(lessonProgress.accountId, accountId),
        eq(lessonProgress.courseSlug, courseSlug),
        eq(lessonProgress.lessonSlug, lessonSlug),
        isNull(lessonProgress.doneAt),
      ),
    )
    .returning({ doneAt: lessonProgress.doneAt })
  if (marked.length === 0) return false
  await record(tx, {
    by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
    now,
    kind: 'lesson.completed',
    detail: { course: courseSlug, lesson: lessonSlug, activeSeconds: Math.floor(state.given.activeMs / 1000) },
  })
  return true
}
