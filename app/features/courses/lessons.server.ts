import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { course, finalTest, lesson, lessonVersion, quiz, quizAttempt } from '#db/schema/index.ts'
import { listLessons } from './courses.server.ts'
import { contentOf, type LessonContent } from './lesson-content.server.tsx'
import type { MarkedQuestion } from './marking.ts'
import type { LessonStep, OutlineLesson } from './progress.ts'
import type { Question } from './question.ts'

/** The account's latest marked submission, with the answers: they came in, so the answers may go out. */
export type LastAttempt = {
  submittedAt: Date
  rightCount: number
  questionCount: number
  isPassed: boolean
  marked: MarkedQuestion[]
  /** The questions as they were asked; null: as they stand now. */
  questions: Question[] | null
  /** False where the lesson has changed in substance since, or its questions have: those that were answered are gone. */
  isCurrent: boolean
}

export type LessonPage = LessonContent & {
  courseTitle: string
  courseTitleEn: string
  lesson: OutlineLesson & { version: number; digest: string }
  lessons: LessonStep[]
  attempt: LastAttempt | null
  /** The title of the course's final test; null: it has none. */
  test: { title: string; titleEn: string } | null
}

/** Everything a lesson's page shows, or null. The right answers are in a table that this never reads. */
export async function findLesson(
  tx: Tx,
  { courseSlug, lessonSlug, accountId }: { courseSlug: string; lessonSlug: string; accountId: string | null },
): Promise<LessonPage | null> {
  const [lessons, [current], attempt] = await Promise.all([
    listLessons(tx, { courseSlug, accountId }),
    findCurrent(tx, { courseSlug, lessonSlug }),
    accountId ? findLastAttempt(tx, { courseSlug, lessonSlug, accountId }) : null,
  ])
  // What the other lessons are about, and what is kept of them, is on the course's page.
  const steps = lessons.map(({ summary: _, isBookmarked: _mark, place: _place, ...step }) => step)
  const outline = lessons.find((one) => one.slug === lessonSlug)
  if (!current || !outline) return null
  const { courseTitle, courseTitleEn, version, digest } = current
  const content = await contentOf(tx, { courseSlug, lessonSlug, version, digest })
  return {
    courseTitle,
    courseTitleEn,
    lesson: { ...outline, version, digest },
    lessons: steps,
    ...content,
    attempt: attempt && {
      ...attempt.shown,
      isCurrent: isSame(attempt, { ...current, questions: content.quiz?.questions }),
    },
    test: current.test,
  }
}

const findCurrent = statement((db) =>
  db
    .select({
      courseTitle: course.title,
      courseTitleEn: course.titleEn,
      version: lesson.version,
      revision: lesson.revision,
      digest: sql<string>`encode(${lessonVersion.digest}, 'hex')`,
      test: { title: finalTest.title, titleEn: finalTest.titleEn },
    })
    .from(lesson)
    .innerJoin(course, eq(course.slug, lesson.courseSlug))
    .innerJoin(
      lessonVersion,
      and(
        eq(lessonVersion.courseSlug, lesson.courseSlug),
        eq(lessonVersion.lessonSlug, lesson.slug),
        eq(lessonVersion.version, lesson.version),
      ),
    )
    .leftJoin(finalTest, and(eq(finalTest.courseSlug, lesson.courseSlug), isNull(finalTest.withdrawnAt)))
    .where(
      and(
        eq(lesson.courseSlug, sql.placeholder('courseSlug')),
        eq(lesson.slug, sql.placeholder('lessonSlug')),
        isNull(lesson.withdrawnAt),
      ),
    ),
)

/** A later version may show the same steps and pairs in another order: a result is read against its own. */
const askedThen = sql<
  Question[] | null
>`case when ${lesson.version} <> ${quizAttempt.version} then (select ${quiz.questions} from ${quiz} where ${quiz.courseSlug} = ${quizAttempt.courseSlug} and ${quiz.lessonSlug} = ${quizAttempt.lessonSlug} and ${quiz.version} = ${quizAttempt.version}) end`

const findAttempts = statement((db) =>
  db
    .select({ attempt: quizAttempt, revision: lessonVersion.revision, questions: askedThen })
    .from(quizAttempt)
    .innerJoin(lesson, and(eq(lesson.courseSlug, quizAttempt.courseSlug), eq(lesson.slug, quizAttempt.lessonSlug)))
    .innerJoin(
      lessonVersion,
      and(
        eq(lessonVersion.courseSlug, quizAttempt.courseSlug),
        eq(lessonVersion.lessonSlug, quizAttempt.lessonSlug),
        eq(lessonVersion.version, quizAttempt.version),
      ),
    )
    .where(
      and(
        eq(quizAttempt.accountId, sql.placeholder('accountId')),
        eq(quizAttempt.courseSlug, sql.placeholder('courseSlug')),
        eq(quizAttempt.lessonSlug, sql.placeholder('lessonSlug')),
      ),
    )
    .orderBy(desc(quizAttempt.submittedAt), desc(quizAttempt.id))
    .limit(1),
)

async function findLastAttempt(
  tx: Tx,
  asked: { courseSlug: string; lessonSlug: string; accountId: string },
): Promise<{ version: number; revision: number; shown: Omit<LastAttempt, 'isCurrent'> } | null> {
  const [row] = await findAttempts(tx, asked)
  if (!row) return null
  const { version, submittedAt, rightCount, questionCount, isPassed } = row.attempt
  const marked = row.attempt.marked as MarkedQuestion[]
  const { revision, questions } = row
  return { version, revision, shown: { submittedAt, rightCount, questionCount, isPassed, marked, questions } }
}

/** A correction of words leaves a result standing, as long as the same questions are asked. */
function isSame(
  attempt: { version: number; revision: number; shown: Pick<LastAttempt, 'marked'> },
  now: { version: number; revision: number; questions: Question[] | undefined },
): boolean {
  if (attempt.version === now.version) return true
  const ids = (questions: { id: string }[]) => questions.map(({ id }) => id).join()
  return attempt.revision === now.revision && ids(now.questions ?? []) === ids(attempt.shown.marked)
}
