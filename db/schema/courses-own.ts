import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { account } from './accounts.ts'
import { lesson } from './courses.ts'
import { id, instant } from './kit.ts'
import { ownAccount, policies } from './rls.ts'

/** What learners keep for themselves. No policy shows a row of these tables to anybody else, whatever the role. */

/** Where an account stopped in the text of a lesson, and whether it put a bookmark there. No row: neither. */
export const lessonMark = pgTable(
  'lesson_mark',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** The piece of the text (paragraph, figure, table) that was at the top of the screen: 0, 1, … Null: not begun. */
    place: smallint('place'),
    /** When the bookmark was put; null: none. */
    bookmarkedAt: instant('bookmarked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.courseSlug, t.lessonSlug] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    check('lesson_mark_place', sql`${t.place} >= 0`),
    ...policies('lesson_mark', {
      read: [ownAccount(t.accountId)],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
    }),
  ],
)

/** A note that an account wrote on a lesson, for itself. */
export const lessonNote = pgTable(
  'lesson_note',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** Made with the form that the note was written in: the same form sent twice is one note. */
    id: id().notNull(),
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When its words were last changed; as created: never. */
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    check('lesson_note_text', sql`char_length(${t.text}) between 1 and 2000`),
    ...policies('lesson_note', {
      read: [ownAccount(t.accountId)],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
      remove: [ownAccount(t.accountId)],
    }),
  ],
)
