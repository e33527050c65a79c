import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { course } from './courses.ts'
import { instant } from './kit.ts'
import { everybody, ownAccount, ownLearners, policies, purposeIn } from './rls.ts'

/** How satisfied a worker was with a course (满意度), one row a worker and course; the worker may change it. */
export const courseRating = pgTable(
  'course_rating',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug')
      .notNull()
      .references(() => course.slug),
    /** 1 很不满意 … 5 很满意. */
    score: smallint('score').notNull(),
    /** What the worker would say about it; null: nothing. Academies read it without a name. */
    comment: text('comment'),
    /** When it was first given. No page reads it: kept for who must tell when workers were asked, whatever they changed since. */
    ratedAt: instant('rated_at').notNull(),
    /** When it was last changed; as rated: never. */
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.courseSlug] }),
    check('course_rating_score', sql`${t.score} between 1 and 5`),
    check('course_rating_comment', sql`char_length(${t.comment}) between 1 and 500`),
    ...policies('course_rating', {
      read: [ownAccount(t.accountId), ownLearners(t.accountId, t.courseSlug), purposeIn('credit')],
      insert: [purposeIn('credit')],
      update: [purposeIn('credit')],
    }),
  ],
)

/** All ratings of a course together, recounted whenever one is written: the course's page shows them from five up. */
export const courseRatingTotal = pgTable(
  'course_rating_total',
  {
    courseSlug: text('course_slug')
      .primaryKey()
      .references(() => course.slug),
    ratings: integer('ratings').notNull(),
    /** Sum of the scores. */
    scores: integer('scores').notNull(),
  },
  (t) => [
    check(
      'course_rating_total_counts',
      sql`${t.ratings} >= 0 and ${t.scores} between ${t.ratings} and 5 * ${t.ratings}`,
    ),
    ...policies('course_rating_total', {
      read: [everybody],
      insert: [purposeIn('credit')],
      update: [purposeIn('credit')],
    }),
  ],
)
