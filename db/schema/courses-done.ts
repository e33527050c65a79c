import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { lesson, quiz } from './courses.ts'
import { id, instant } from './kit.ts'
import { ownAccount, ownLearners, policies, purposeIn } from './rls.ts'

/** How far an account has come with one lesson. No row: not begun. */
export const lessonProgress = pgTable(
  'lesson_progress',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** When the worker finished it: by answering its quiz, or by saying so where there is none. */
    readAt: instant('read_at').notNull(),
    /** The version that was read; a later version does not undo it. */
    readVersion: integer('read_version').notNull(),
    /** The latest revision that the worker answered, or said to have seen. An older one marks the lesson as updated. */
    seenRevision: smallint('seen_revision').notNull().default(1),
    /** When its quiz was first passed; null: not yet, or the lesson has none. */
    passedAt: instant('passed_at'),
    /** When all was given that it asks for: read, quiz passed, time and recordings; null: not yet. Never taken back. */
    doneAt: instant('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.courseSlug, t.lessonSlug] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    ...policies('lesson_progress', {
      read: [ownAccount(t.accountId), ownLearners(t.accountId, t.courseSlug), purposeIn('credit', 'hours')],
      insert: [purposeIn('credit')],
      update: [purposeIn('credit')],
    }),
  ],
)

/** One marked submission of a quiz. Every attempt is kept; nothing of it changes afterwards. */
export const quizAttempt = pgTable(
  'quiz_attempt',
  {
    id: id().primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    version: integer('version').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    rightCount: smallint('right_count').notNull(),
    questionCount: smallint('question_count').notNull(),
    isPassed: boolean('is_passed').notNull(),
    /** Per question what was answered, what is right and why, as shown to the worker (app/features/courses/marking.ts). */
    marked: jsonb('marked').$type<unknown>().notNull(),
  },
  (t) => [
    index('quiz_attempt_account').on(t.accountId, t.courseSlug, t.lessonSlug, t.submittedAt),
    foreignKey({
      columns: [t.courseSlug, t.lessonSlug, t.version],
      foreignColumns: [quiz.courseSlug, quiz.lessonSlug, quiz.version],
    }),
    check('quiz_attempt_counts', sql`${t.questionCount} > 0 and ${t.rightCount} between 0 and ${t.questionCount}`),
    ...policies('quiz_attempt', {
      read: [ownAccount(t.accountId), ownLearners(t.accountId, t.courseSlug), purposeIn('credit')],
      insert: [purposeIn('credit')],
    }),
  ],
)
