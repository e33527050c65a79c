import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { finalTest, finalTestAttempt, finalTestVersion } from '#db/schema/index.ts'
import { type Entry, entryOf, type LatestAttempt, type TestAttempts } from './attempts.ts'
import { isSettled, type TestStep } from './progress.ts'

type OfAccount = { courseSlug: string; accountId: string | null }

/** What an account may do about the final test of a course, where it is still asked for; null: nothing is left to do. */
export async function findTestEntry(
  tx: Tx,
  { step, areLessonsDone, now, ...of }: OfAccount & { step: TestStep | null; areLessonsDone: boolean; now: Date },
): Promise<Entry | null> {
  if (of.accountId === null || isSettled(step)) return null
  return testEntry(await findTestFacts(tx, of), { step, areLessonsDone, now })
}

export type TestFacts = { rules: TestAttempts; latest: LatestAttempt | null }

/** What {@link testEntry} follows from; null: the course has no test, or nobody takes it. */
export async function findTestFacts(tx: Tx, { courseSlug, accountId }: OfAccount): Promise<TestFacts | null> {
  if (accountId === null) return null
  const [[rules], [latest = null]] = await Promise.all([
    findTestRules(tx, { courseSlug }),
    findLatest(tx, { courseSlug, accountId }),
  ])
  return rules ? { rules, latest } : null
}

/** As {@link findTestEntry}, of what is known already. */
export const testEntry = (
  facts: TestFacts | null,
  { step, ...at }: { step: TestStep | null; areLessonsDone: boolean; now: Date },
): Entry | null => (facts && !isSettled(step) ? entryOf(facts.latest, facts.rules, at) : null)

/** How often the final test of a course may be taken; no row: it has none. */
export const findTestRules = statement<{ courseSlug: string }, TestAttempts[]>((db) =>
  db
    .select({ attempts: finalTestVersion.attempts, pauseHours: finalTestVersion.pauseHours })
    .from(finalTest)
    .innerJoin(
      finalTestVersion,
      and(eq(finalTestVersion.courseSlug, finalTest.courseSlug), eq(finalTestVersion.version, finalTest.version)),
    )
    .where(and(eq(finalTest.courseSlug, sql.placeholder('courseSlug')), isNull(finalTest.withdrawnAt))),
)

/** Without its paper and answers, which are long. */
const findLatest = statement<{ courseSlug: string; accountId: string }, LatestAttempt[]>((db) =>
  db
    .select({
      number: finalTestAttempt.number,
      submittedAt: finalTestAttempt.submittedAt,
      isPassed: finalTestAttempt.isPassed,
    })
    .from(finalTestAttempt)
    .where(
      and(
        eq(finalTestAttempt.accountId, sql.placeholder('accountId')),
        eq(finalTestAttempt.courseSlug, sql.placeholder('courseSlug')),
      ),
    )
    .orderBy(desc(finalTestAttempt.number))
    .limit(1),
)
