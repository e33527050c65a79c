import { sql } from 'drizzle-orm'
import { creditOnline } from '#app/features/training/credit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { hasFinished } from './finished.server.ts'
import type { Learner } from './learner.ts'

/**
 * Credits the worker's online enrolments that deliver this course, if it is complete: every lesson done and the final test,
 * where the course has one, passed. Also for a worker who enrolled after finishing. Safe to repeat: what is credited stays as it is.
 * @returns whether the course is complete.
 */
export async function creditIfComplete(
  tx: Tx,
  { accountId, personId, courseSlug, now }: Learner & { courseSlug: string; now: Date },
): Promise<boolean> {
  if (!(await hasFinished(tx, { courseSlug, accountId }))) return false
  await creditOnline(tx, { accountId, personId, courseSlug, now })
  return true
}

/** Two lessons finished at the same moment each see the other's progress, so that one of them completes the course. */
export async function lockLearner(tx: Tx, accountId: string, courseSlug: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`courses.finish ${accountId} ${courseSlug}`}, 0))`,
  )
}
