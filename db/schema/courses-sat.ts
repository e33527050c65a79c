import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { finalTestVersion } from './courses-tests.ts'
import { id, instant } from './kit.ts'
import { ownAccount, ownLearners, policies, purposeIn } from './rls.ts'

/**
 * One attempt at a final test: the questions as they were drawn for this worker, the answers as they come in, and once it
 * is over the result. The time is the server's: what comes after `deadline_at` does not count.
 */
export const finalTestAttempt = pgTable(
  'final_test_attempt',
  {
    id: id().primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    version: integer('version').notNull(),
    /** 1, 2, … of this account in this course. */
    number: smallint('number').notNull(),
    /** The questions in their order, without answers, and how they were shuffled (app/features/courses/final-test/draw.ts). */
    paper: jsonb('paper').$type<unknown>().notNull(),
    startedAt: instant('started_at').notNull(),
    deadlineAt: instant('deadline_at').notNull(),
    /** By question id, as in question.ts. */
    answers: jsonb('answers').$type<unknown>().notNull(),
    /** When the last answer was saved; null: none yet. */
    savedAt: instant('saved_at'),
    /** When it was handed in, or the deadline where nobody did; null: it runs. */
    submittedAt: instant('submitted_at'),
    rightCount: smallint('right_count'),
    isPassed: boolean('is_passed'),
    /** Per question what was answered and whether it is right; what is right and why only as far as it is shown. */
    marked: jsonb('marked').$type<unknown>(),
  },
  (t) => [
    uniqueIndex('final_test_attempt_number').on(t.accountId, t.courseSlug, t.number),
    uniqueIndex('final_test_attempt_open').on(t.accountId, t.courseSlug).where(sql`${t.submittedAt} is null`),
    uniqueIndex('final_test_attempt_passed').on(t.accountId, t.courseSlug).where(sql`${t.isPassed}`),
    index('final_test_attempt_course').on(t.courseSlug).where(sql`${t.submittedAt} is not null`),
    index('final_test_attempt_due').on(t.deadlineAt).where(sql`${t.submittedAt} is null`),
    foreignKey({
      name: 'final_test_attempt_version_fk',
      columns: [t.courseSlug, t.version],
      foreignColumns: [finalTestVersion.courseSlug, finalTestVersion.version],
    }),
    check('final_test_attempt_times', sql`${t.deadlineAt} > ${t.startedAt} and ${t.submittedAt} <= ${t.deadlineAt}`),
    check(
      'final_test_attempt_over',
      sql`num_nulls(${t.submittedAt}, ${t.rightCount}, ${t.isPassed}, ${t.marked}) in (0, 4)`,
    ),
    ...policies('final_test_attempt', {
      read: [
        ownAccount(t.accountId),
        // While it runs it is the worker's alone.
        sql`(${t.submittedAt} is not null and ${ownLearners(t.accountId, t.courseSlug)})`,
        purposeIn('credit'),
      ],
      insert: [purposeIn('credit')],
      update: [purposeIn('credit')],
    }),
  ],
)
