import { and, eq, isNull, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { course, lesson, lessonVersion, quiz, quizKey } from '#db/schema/index.ts'
import { shuffle } from '../final-test/shuffle.server.ts'
import { splitQuiz } from '../questions/quiz-shape.ts'
import type { PreparedCourse, PreparedLesson } from './prepare.server.ts'
import { storeAssets } from './store-assets.server.ts'
import { storeMedia } from './store-media.server.ts'
import { storeFinalTest } from './store-test.server.ts'

/**
 * Writes one prepared course: its head, its figures, a new version of every lesson that was compiled and of a final test
 * whose digest is not the published one.
 */
export async function storeCourse(
  tx: Tx,
  prepared: PreparedCourse,
  { finalTestDigest, now }: { finalTestDigest: string | null; now: Date },
): Promise<void> {
  const { head, slug } = prepared
  const values = {
    slug,
    title: head.title,
    titleEn: head.title_en,
    summary: head.summary,
    summaryEn: head.summary_en,
    occupationCode: head.occupation,
    level: head.level,
    mode: head.mode,
    prerequisites: head.prerequisites,
    academyCode: head.academy,
    plannedHours: head.planned_hours,
    sources: head.sources,
    author: head.author,
    updatedOn: head.updated_on,
    digest: Buffer.from(prepared.digest, 'hex'),
    publishedAt: now,
  }
  await tx.insert(course).values(values).onConflictDoUpdate({ target: course.slug, set: values })
  await storeAssets(tx, prepared.assets, now)
  await storeMedia(tx, prepared.media, now)
  await tx
    .update(lesson)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(lesson.courseSlug, slug),
        isNull(lesson.withdrawnAt),
        notInArray(
          lesson.slug,
          prepared.lessons.map((one) => one.slug),
        ),
      ),
    )
  for (const [index, one] of prepared.lessons.entries()) await storeLesson(tx, slug, one, index + 1, now)
  await storeFinalTest(tx, slug, prepared.finalTest, finalTestDigest, now)
}

/** One lesson a query each: a course has a handful, and publishing is rare. */
async function storeLesson(
  tx: Tx,
  courseSlug: string,
  one: PreparedLesson,
  position: number,
  now: Date,
): Promise<void> {
  const { head, slug, blocks } = one
  const shown = {
    position,
    title: head.title,
    titleEn: head.title_en,
    summary: head.summary,
    minutes: head.minutes,
    revision: head.revision,
    changes: head.changes ?? null,
    activeMinutes: head.active_minutes ?? null,
    hasQuiz: one.quiz !== null,
    withdrawnAt: null,
  }
  const compiled = blocks === null ? {} : { media: one.required }
  const bump = blocks === null ? 0 : 1
  const [stored] = await tx
    .insert(lesson)
    .values({ courseSlug, slug, version: 1, ...shown, ...compiled })
    .onConflictDoUpdate({
      target: [lesson.courseSlug, lesson.slug],
      set: { ...shown, ...compiled, version: sql`${lesson.version} + ${bump}` },
    })
    .returning({ version: lesson.version })
  if (blocks === null || !stored) return
  const at = { courseSlug, lessonSlug: slug, version: stored.version }
  const digest = Buffer.from(one.digest, 'hex')
  await tx.insert(lessonVersion).values({ ...at, revision: head.revision, digest, blocks, publishedAt: now })
  if (!one.quiz) return
  const { passPercent, questions, key } = splitQuiz(one.quiz, shuffle)
  await tx.insert(quiz).values({ ...at, passPercent, questions })
  await tx.insert(quizKey).values({ ...at, key })
}
