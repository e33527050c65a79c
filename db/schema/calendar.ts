import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { bytea, id, instant } from './kit.ts'
import { ownAccount, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'

/** An account's calendar, to be read by the phone's own under an address that is a secret: one at a time. */
export const calendarFeed = pgTable(
  'calendar_feed',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    /** Keyed digest of the address's secret, which is stored nowhere: making a new one ends the old one. */
    secretIndex: bytea('secret_index').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    uniqueIndex('calendar_feed_secret').on(t.secretIndex),
    ...policies('calendar_feed', {
      read: [ownAccount(t.accountId), purposeIn('calendar')],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
      remove: [ownAccount(t.accountId)],
    }),
  ],
)

/**
 * A session, or a sitting of the assessment plan, as calendars last read it: what tells that it changed since (RFC 5545, SEQUENCE), and what is still said of it,
 * as cancelled, once it is gone. Written when a feed is read; no row: no calendar knows the session yet. The same in every
 * feed.
 */
export const calendarEvent = pgTable(
  'calendar_event',
  {
    academyId: uuid('academy_id').notNull(),
    /** Of `class_session` or `assessment_sitting`, which may have been removed since. */
    sessionId: id('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    /** How often it changed since it was first read. */
    sequence: integer('sequence').notNull().default(0),
    /** SHA-256 of all that a calendar shows of it. */
    digest: bytea('digest').notNull(),
    title: text('title').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId] }),
    index('calendar_event_class').on(t.academyId, t.classId),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('calendar_event_sequence', sql`${t.sequence} >= 0`),
    ...policies('calendar_event', {
      read: [purposeIn('calendar')],
      insert: [purposeIn('calendar')],
      update: [purposeIn('calendar')],
    }),
  ],
)
