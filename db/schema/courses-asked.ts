import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { lesson } from './courses.ts'
import { id, instant } from './kit.ts'
import { ownAcademy, ownAccount, ownClass, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * A worker's question on a lesson, put to the academy of an online class in which the worker sits. Private to the two: the
 * asker, and of the academy its administrators and the class's own instructors. Never changed.
 */
export const lessonQuestion = pgTable(
  'lesson_question',
  {
    academyId: uuid('academy_id').notNull(),
    /** Made with the form: the same form sent twice is one question. */
    id: id().notNull(),
    /** The online class through which it was asked. */
    classId: uuid('class_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** The version of the lesson that the worker could read then. No page reads it: kept for who must tell what was asked about. */
    version: integer('version').notNull(),
    text: text('text').notNull(),
    askedAt: instant('asked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('lesson_question_class').on(t.academyId, t.classId, t.id),
    index('lesson_question_account').on(t.accountId, t.courseSlug, t.lessonSlug),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    check('lesson_question_text', sql`char_length(${t.text}) between 1 and 1000`),
    ...policies('lesson_question', {
      read: [ownAccount(t.accountId), ownAcademy(t.academyId), ownClass(t.classId), purposeIn('questions')],
      insert: [purposeIn('questions')],
    }),
  ],
)

/** An answer to a question. What is to be put right is answered again, so that both know what was said. */
export const lessonAnswer = pgTable(
  'lesson_answer',
  {
    academyId: uuid('academy_id').notNull(),
    /** Made with the form. */
    id: id().notNull(),
    questionId: uuid('question_id').notNull(),
    /** The member of staff who answered. */
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** Their name as the asker reads it: as it was then. */
    name: text('name').notNull(),
    text: text('text').notNull(),
    answeredAt: instant('answered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('lesson_answer_question').on(t.academyId, t.questionId, t.id),
    foreignKey({ columns: [t.academyId, t.questionId], foreignColumns: [lessonQuestion.academyId, lessonQuestion.id] }),
    check('lesson_answer_text', sql`char_length(${t.text}) between 1 and 2000`),
    ...policies('lesson_answer', {
      // Whoever may read the question.
      read: [
        sql`exists (select 1 from lesson_question q where q.academy_id = ${t.academyId} and q.id = ${t.questionId})`,
      ],
      insert: [purposeIn('questions')],
    }),
  ],
)
