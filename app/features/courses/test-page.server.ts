import type { Tx } from '#db/client.server.ts'
import { type Entry, entryOf } from './attempts.ts'
import { listLessons } from './courses.server.ts'
import { type FinalTestPage, findFinalTest } from './final-test.server.ts'
import { isComplete, type LessonStep, nextLesson } from './progress.ts'
import { findTestStep } from './test-step.server.ts'

/** A final test as one account comes to it. */
export type TestPage = FinalTestPage & {
  /** May an attempt begin now, and if not, why; null: nobody in particular asks. */
  entry: Entry | null
  isExempt: boolean
  /** The next lesson that is not done. */
  next: LessonStep | null
}

/** Everything the page of a final test shows, or null: the course has none. */
export async function findTestPage(
  tx: Tx,
  { courseSlug, accountId, now }: { courseSlug: string; accountId: string | null; now: Date },
): Promise<TestPage | null> {
  const asked = { courseSlug, accountId }
  const [test, lessons, [step]] = await Promise.all([
    findFinalTest(tx, asked),
    listLessons(tx, asked),
    findTestStep(tx, asked),
  ])
  if (!test) return null
  const { latest, rules } = test
  const entry = accountId ? entryOf(latest, rules, { areLessonsDone: isComplete(lessons), now }) : null
  return { ...test, entry, isExempt: step?.isExempt ?? false, next: nextLesson(lessons) }
}
