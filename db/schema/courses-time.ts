import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { lesson } from './courses.ts'
import { instant, stretches, stretchesOfTime } from './kit.ts'
import { ownAccount, ownLearners, policies, purposeIn } from './rls.ts'

/**
 * What real time of an account was counted lately, and which of its open pages counts now. Locked while time is written, so
 * that several servers and several devices together never count a moment twice (app/features/courses/time).
 */
export const learnerClock = pgTable(
  'learner_clock',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    /** Of the last minutes only (policy.late_minutes): older time cannot be told any more. */
    counted: stretchesOfTime('counted').notNull(),
    /** The page that counts now, by the nonce of its opening; null: none is open. */
    page: text('page'),
    /** Since when it counts; null with `page`. */
    pageSince: instant('page_since'),
    /** When the worker last did something on a page that counted. */
    touchedAt: instant('touched_at'),
    /** The last heartbeat of a page that counted. */
    seenAt: instant('seen_at'),
    /** The last heartbeat of any page; null: pages without script alone. */
    beatAt: instant('beat_at'),
  },
  (t) => [
    check('learner_clock_page', sql`(${t.page} is null) = (${t.pageSince} is null)`),
    ...policies('learner_clock', {
      read: [ownAccount(t.accountId), purposeIn('hours')],
      insert: [purposeIn('hours')],
      update: [purposeIn('hours')],
    }),
  ],
)

/** How long an account has been active on a lesson, all versions of it together. No row: never. */
export const lessonTime = pgTable(
  'lesson_time',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** Milliseconds. */
    activeMs: integer('active_ms').notNull(),
    /** The part of it that is known only from when a page without script was opened and sent. Milliseconds. */
    byFormMs: integer('by_form_ms').notNull(),
    /** When the first of it was counted. No page reads it: kept for who must explain hours that were credited. */
    beganAt: instant('began_at').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.courseSlug, t.lessonSlug] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    check('lesson_time_ms', sql`${t.byFormMs} >= 0 and ${t.activeMs} >= ${t.byFormMs}`),
    ...policies('lesson_time', {
      read: [ownAccount(t.accountId), ownLearners(t.accountId, t.courseSlug), purposeIn('hours', 'credit')],
      insert: [purposeIn('hours')],
      update: [purposeIn('hours')],
    }),
  ],
)

/** Which parts of one video or recording of a lesson an account has really played. */
export const mediaPlay = pgTable(
  'media_play',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** The file's name in the course: another cut of the same film keeps what was played. */
    media: text('media').notNull(),
    /** Tenths of a second from its beginning. */
    played: stretches('played').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.courseSlug, t.lessonSlug, t.media] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    ...policies('media_play', {
      read: [ownAccount(t.accountId), purposeIn('hours', 'credit')],
      insert: [purposeIn('hours')],
      update: [purposeIn('hours')],
    }),
  ],
)
