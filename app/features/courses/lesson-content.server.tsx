import { and, eq, sql } from 'drizzle-orm'
import type { Locale } from '#app/lib/i18n.ts'
import { memo, memoRead } from '#app/lib/memo.ts'
import { finish } from '#app/ui/finish.server.tsx'
import { statement, type Tx } from '#db/client.server.ts'
import { lessonVersion, quiz } from '#db/schema/index.ts'
import type { Question } from './question.ts'
import { QuizQuestions } from './quiz.tsx'
import { type StoredBlock, storedBlocks } from './shown-blocks.ts'

export type LessonContent = {
  blocks: StoredBlock[]
  /** Null where the lesson has none. */
  quiz: Asked | null
}

/** Questions without their answers. */
type Asked = { passPercent: number; questions: Question[] }

/** `digest` (hex) is over all that it consists of: it names the content even after a backup was restored beneath. */
type Version = { courseSlug: string; lessonSlug: string; version: number; digest: string }

/** As many lessons as are read in an hour; 40 KB each. */
const contents = memoRead<LessonContent>(300)
const forms = memo<Uint8Array>(300)

const keyOf = ({ courseSlug, lessonSlug, version, digest }: Version) =>
  `${courseSlug}/${lessonSlug}/${version}/${digest}`

/** What a published version of a lesson consists of. Nobody changes one, so a process reads it once. */
export function contentOf(tx: Tx, version: Version): Promise<LessonContent> {
  return contents(keyOf(version), async () => {
    const [row] = await findVersion(tx, version)
    if (!row) throw new Error('a lesson names a version that does not exist')
    const { passPercent, questions } = row
    return {
      // Both were checked when they were published; nothing else writes them.
      blocks: storedBlocks(row.blocks),
      quiz: passPercent === null ? null : { passPercent, questions: questions as Question[] },
    }
  })
}

/** The unanswered questions of a version, finished: the same for everybody who has not answered yet. */
export function quizForm(version: Version, asked: Asked, locale: Locale): Uint8Array {
  return forms(`${locale} ${keyOf(version)}`, () => finish(<QuizQuestions {...asked} returned={null} />, locale))
}

const findVersion = statement((db) =>
  db
    .select({ blocks: lessonVersion.blocks, passPercent: quiz.passPercent, questions: quiz.questions })
    .from(lessonVersion)
    .leftJoin(
      quiz,
      and(
        eq(quiz.courseSlug, lessonVersion.courseSlug),
        eq(quiz.lessonSlug, lessonVersion.lessonSlug),
        eq(quiz.version, lessonVersion.version),
      ),
    )
    .where(
      and(
        eq(lessonVersion.courseSlug, sql.placeholder('courseSlug')),
        eq(lessonVersion.lessonSlug, sql.placeholder('lessonSlug')),
        eq(lessonVersion.version, sql.placeholder('version')),
      ),
    ),
)
