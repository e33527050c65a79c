import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { maskName } from '#app/features/persons/masking.ts'
import { ownClassOf } from '#app/features/training/desk.server.ts'
import type { Tx } from '#db/client.server.ts'
import { course, enrolment, lesson, lessonAnswer, lessonQuestion, trainingClass } from '#db/schema/index.ts'
import { answersOf, withAnswers } from './ask-page.server.ts'
import type { Answer } from './asking.ts'
import { type LessonName, lessonNameColumns } from './lesson-name.server.ts'

/** A question in the list of those who answer. */
export type DeskQuestion = LessonName & {
  id: string
  text: string
  askedAt: Date
  className: string
  /** The asker as the academy writes the name, masked; null: no longer in the class. */
  asker: string | null
}

export type QuestionsView = 'open' | 'answered'
const PAGE = 30

/**
 * Questions to the viewer's academy, an instructor's own classes alone. Open ones the oldest first, since whoever waits
 * longest comes first; answered ones the latest first. `after`: the id of the last one of the page before.
 */
export async function listQuestions(
  tx: Tx,
  { viewer, view, after }: { viewer: Viewer; view: QuestionsView; after: string | null },
): Promise<{ questions: DeskQuestion[]; hasMore: boolean; openCount: number }> {
  const isOpen = view === 'open'
  // In the order in which they were asked: an id comes from the asker's form.
  const order = isOpen ? asc : desc
  const [rows, [counted]] = await Promise.all([
    select(tx)
      .where(
        and(
          ...scopeOf(tx, viewer),
          isOpen ? sql`not ${isAnswered}` : isAnswered,
          after ? beyond(tx, after, isOpen) : undefined,
        ),
      )
      .orderBy(order(lessonQuestion.askedAt), order(lessonQuestion.id))
      .limit(PAGE + 1),
    tx
      .select({ open: sql<number>`count(*)::int` })
      .from(lessonQuestion)
      .innerJoin(trainingClass, isOfClass)
      .where(and(...scopeOf(tx, viewer), sql`not ${isAnswered}`)),
  ])
  const questions = rows.slice(0, PAGE).map(({ answers: _, ...row }) => masked(row))
  return { questions, hasMore: rows.length > PAGE, openCount: counted?.open ?? 0 }
}

/** One of them with its answers; null: none of the viewer's. */
export async function findQuestion(
  tx: Tx,
  { viewer, questionId }: { viewer: Viewer; questionId: string },
): Promise<(DeskQuestion & { answers: Answer[] }) | null> {
  const [row] = await select(tx).where(and(...scopeOf(tx, viewer), eq(lessonQuestion.id, questionId)))
  return row ? masked(withAnswers(row)) : null
}

/** What comes after the last question of the page before. */
function beyond(tx: Tx, after: string, isOpen: boolean): SQL {
  const last = alias(lessonQuestion, 'last')
  const place = tx.select({ askedAt: last.askedAt, id: last.id }).from(last).where(eq(last.id, after)).limit(1)
  const own = sql`(${lessonQuestion.askedAt}, ${lessonQuestion.id})`
  return isOpen ? sql`${own} > ${place}` : sql`${own} < ${place}`
}

const isOfClass = and(
  eq(trainingClass.academyId, lessonQuestion.academyId),
  eq(trainingClass.id, lessonQuestion.classId),
)

/** Somebody answered the question of a row. */
export const isAnswered = sql`exists (select 1 from ${lessonAnswer} where ${lessonAnswer.academyId} = ${lessonQuestion.academyId} and ${lessonAnswer.questionId} = ${lessonQuestion.id})`

/** Row-level security says the same a second time. */
function scopeOf(tx: Tx, viewer: Viewer): SQL[] {
  const academy = eq(lessonQuestion.academyId, viewer.academyId ?? '00000000-0000-0000-0000-000000000000')
  return viewer.role === 'instructor' ? [academy, ownClassOf(tx, viewer)] : [academy]
}

function select(tx: Tx) {
  const asker = sql<string | null>`(select ${enrolment.name} from ${enrolment}
    where ${enrolment.academyId} = ${lessonQuestion.academyId} and ${enrolment.classId} = ${lessonQuestion.classId}
      and ${enrolment.accountId} = ${lessonQuestion.accountId} limit 1)`
  return tx
    .select({
      ...lessonNameColumns,
      id: lessonQuestion.id,
      text: lessonQuestion.text,
      askedAt: lessonQuestion.askedAt,
      className: trainingClass.name,
      asker,
      answers: answersOf,
    })
    .from(lessonQuestion)
    .innerJoin(trainingClass, isOfClass)
    .innerJoin(
      lesson,
      and(eq(lesson.courseSlug, lessonQuestion.courseSlug), eq(lesson.slug, lessonQuestion.lessonSlug)),
    )
    .innerJoin(course, eq(course.slug, lesson.courseSlug))
    .$dynamic()
}

const masked = <Q extends { asker: string | null }>(row: Q): Q => ({ ...row, asker: row.asker && maskName(row.asker) })
