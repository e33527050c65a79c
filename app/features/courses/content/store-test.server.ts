import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { finalTest, finalTestBank, finalTestVersion } from '#db/schema/index.ts'
import type { Topic } from '../final-test/draw.ts'
import { shuffle } from '../final-test/shuffle.server.ts'
import type { QuizKey } from '../marking.ts'
import { splitQuestion } from '../questions/question-split.ts'
import type { FinalTestSource } from './final-test.server.ts'

/**
 * Writes the final test of a course: a new version where its files changed, nothing where they are those of the published
 * `digest`. A course whose test file is gone asks for no test any more; when one comes back, it is asked for from then on.
 */
export async function storeFinalTest(
  tx: Tx,
  courseSlug: string,
  source: FinalTestSource | null,
  digest: string | null,
  now: Date,
): Promise<void> {
  if (source === null) {
    await tx
      .update(finalTest)
      .set({ withdrawnAt: now })
      .where(and(eq(finalTest.courseSlug, courseSlug), isNull(finalTest.withdrawnAt)))
    return
  }
  if (source.digest === digest) return
  const { head } = source
  const shown = { title: head.title, titleEn: head.title_en, intro: head.intro, introEn: head.intro_en }
  const requiredSince = sql`case when ${finalTest.withdrawnAt} is null then ${finalTest.requiredSince} else excluded.required_since end`
  const [stored] = await tx
    .insert(finalTest)
    .values({ courseSlug, version: 1, requiredSince: now, ...shown })
    .onConflictDoUpdate({
      target: finalTest.courseSlug,
      set: { ...shown, version: sql`${finalTest.version} + 1`, requiredSince, withdrawnAt: null },
    })
    .returning({ version: finalTest.version })
  if (!stored) return
  const at = { courseSlug, version: stored.version }
  await tx.insert(finalTestVersion).values({
    ...at,
    digest: Buffer.from(source.digest, 'hex'),
    questionCount: head.draw.reduce((sum, { count }) => sum + count, 0),
    passPercent: head.pass_percent,
    minutes: head.minutes,
    attempts: head.attempts,
    pauseHours: head.pause_hours,
    isShuffled: head.shuffle,
    show: head.show,
    publishedAt: now,
  })
  await tx.insert(finalTestBank).values({ ...at, ...splitBank(source) })
}

/** Parts the questions that the test may draw from their answers. */
function splitBank({ head, bank }: FinalTestSource): { topics: Topic[]; key: QuizKey } {
  const key: QuizKey = {}
  const topics = head.draw.map(({ topic, count }) => ({
    topic,
    count,
    questions: bank.questions
      .filter((question) => question.topic === topic)
      .map((source) => {
        const split = splitQuestion(source, shuffle)
        key[source.id] = split.key
        return split.question
      }),
  }))
  return { topics, key }
}
