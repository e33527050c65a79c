import { and, asc, desc, eq, gte, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, course, enrolment, lesson, lessonAnswer, lessonQuestion, trainingClass } from '#db/schema/index.ts'
import type { Answer, AskableClass, OwnQuestion } from './asking.ts'
import { findLessonName, type LessonAt, type LessonName, lessonNameColumns } from './lesson-name.server.ts'

/**
 * The online classes through which a worker may ask about a course: those that deliver it, that the worker sits in, and
 * that are not over. The one that runs longest comes first.
 */
async function listAskable(
  tx: Tx,
  { viewer, courseSlug, now }: { viewer: Viewer; courseSlug: string; now: Date },
): Promise<AskableClass[]> {
  return tx
    .select({
      academyId: trainingClass.academyId,
      classId: trainingClass.id,
      className: trainingClass.name,
      academyName: academy.name,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        eq(trainingClass.mode, 'online'),
        eq(trainingClass.status, 'published'),
        eq(trainingClass.courseSlug, courseSlug),
        gte(trainingClass.endsOn, shanghaiDate(now)),
      ),
    )
    .orderBy(desc(trainingClass.endsOn), asc(trainingClass.id))
}

export type AskPage = { lesson: LessonName; classes: AskableClass[]; questions: OwnQuestion[] }

/** What the page for asking shows: the lesson, whom one may ask, and what one asked about it, the oldest first. */
export async function findAskPage(tx: Tx, of: LessonAt & { viewer: Viewer; now: Date }): Promise<AskPage | null> {
  const [name, classes, questions] = await Promise.all([
    findLessonName(tx, of),
    listAskable(tx, of),
    tx
      .select(questionColumns())
      .from(lessonQuestion)
      .innerJoin(academy, eq(academy.id, lessonQuestion.academyId))
      .where(
        and(
          eq(lessonQuestion.accountId, of.viewer.accountId),
          eq(lessonQuestion.courseSlug, of.courseSlug),
          eq(lessonQuestion.lessonSlug, of.lessonSlug),
        ),
      )
      .orderBy(asc(lessonQuestion.id)),
  ])
  return name && { lesson: name, classes, questions: questions.map(withAnswers) }
}

const questionColumns = () => ({
  id: lessonQuestion.id,
  text: lessonQuestion.text,
  askedAt: lessonQuestion.askedAt,
  academyName: academy.name,
  answers: answersOf,
})

/** For queries of `lesson_question`: what was answered, the oldest first, as JSON. */
export const answersOf = sql<
  StoredAnswer[]
>`(select coalesce(json_agg(json_build_object('id', ${lessonAnswer.id}, 'name', ${lessonAnswer.name}, 'text', ${lessonAnswer.text},
    'answeredAt', ${lessonAnswer.answeredAt}) order by ${lessonAnswer.id}), '[]') from ${lessonAnswer}
    where ${lessonAnswer.academyId} = ${lessonQuestion.academyId} and ${lessonAnswer.questionId} = ${lessonQuestion.id})`
type StoredAnswer = Omit<Answer, 'answeredAt'> & { answeredAt: string }

export const withAnswers = <Q extends { answers: StoredAnswer[] }>(row: Q) => ({
  ...row,
  answers: row.answers.map((answer) => ({ ...answer, answeredAt: new Date(answer.answeredAt) })),
})

/** Everything that a worker asked, the latest first: 100 at most. */
export async function listOwnQuestions(tx: Tx, { accountId }: { accountId: string }): Promise<AskedOn[]> {
  const rows = await tx
    .select({ ...questionColumns(), ...lessonNameColumns })
    .from(lessonQuestion)
    .innerJoin(academy, eq(academy.id, lessonQuestion.academyId))
    .innerJoin(
      lesson,
      and(eq(lesson.courseSlug, lessonQuestion.courseSlug), eq(lesson.slug, lessonQuestion.lessonSlug)),
    )
    .innerJoin(course, eq(course.slug, lesson.courseSlug))
    .where(eq(lessonQuestion.accountId, accountId))
    .orderBy(desc(lessonQuestion.id))
    .limit(100)
  return rows.map(withAnswers)
}

export type AskedOn = OwnQuestion & LessonName
