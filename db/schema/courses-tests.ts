import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { TEST_SHOWS, type TestShow } from '../values.ts'
import { course } from './courses.ts'
import { bytea, instant, oneOf } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

/** The final test of a course, as published now. No row: the course has none. */
export const finalTest = pgTable(
  'final_test',
  {
    courseSlug: text('course_slug')
      .primaryKey()
      .references(() => course.slug),
    title: text('title').notNull(),
    titleEn: text('title_en').notNull(),
    /** What it asks and what it takes, in a sentence. */
    intro: text('intro').notNull(),
    introEn: text('intro_en').notNull(),
    /** The current final_test_version. */
    version: integer('version').notNull(),
    /** Since when the course asks for it: who had finished every lesson by then is not asked. */
    requiredSince: instant('required_since').notNull(),
    /** When its file left the course; null: part of the course. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    check('final_test_number', sql`${t.version} > 0`),
    ...policies('final_test', { read: [everybody], insert: [purposeIn('content')], update: [purposeIn('content')] }),
  ],
)

/** What was published of a final test, once: never changed, so that an attempt is judged by the rules it began under. */
export const finalTestVersion = pgTable(
  'final_test_version',
  {
    courseSlug: text('course_slug')
      .notNull()
      .references(() => finalTest.courseSlug),
    /** 1, 2, … */
    version: integer('version').notNull(),
    /** SHA-256 over the test's file and its bank's. */
    digest: bytea('digest').notNull(),
    /** How many questions an attempt has. */
    questionCount: smallint('question_count').notNull(),
    /** Share of them that must be right to pass, in whole percent. */
    passPercent: smallint('pass_percent').notNull(),
    /** How long an attempt takes at most. */
    minutes: smallint('minutes').notNull(),
    /** Attempts in a row; after so many that failed comes the pause. */
    attempts: smallint('attempts').notNull(),
    pauseHours: smallint('pause_hours').notNull(),
    /** Questions and options stand in another order for everyone. */
    isShuffled: boolean('is_shuffled').notNull(),
    /** What is shown once an attempt is over. */
    show: text('show').$type<TestShow>().notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.version] }),
    check('final_test_show', oneOf(t.show, TEST_SHOWS)),
    check(
      'final_test_rules',
      sql`${t.questionCount} > 0 and ${t.passPercent} between 1 and 100 and ${t.minutes} > 0 and ${t.attempts} > 0 and ${t.pauseHours} >= 0`,
    ),
    ...policies('final_test_version', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** The bank of a final test: closed to everyone but the system that draws from it and marks. */
export const finalTestBank = pgTable(
  'final_test_bank',
  {
    courseSlug: text('course_slug').notNull(),
    version: integer('version').notNull(),
    /** How many are drawn of each topic, and its questions without their answers (app/features/courses/final-test/draw.ts). */
    topics: jsonb('topics').$type<unknown>().notNull(),
    /** By question id: what is right, and why (app/features/courses/marking.ts). */
    key: jsonb('key').$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.version] }),
    foreignKey({
      name: 'final_test_bank_version_fk',
      columns: [t.courseSlug, t.version],
      foreignColumns: [finalTestVersion.courseSlug, finalTestVersion.version],
    }),
    ...policies('final_test_bank', { read: [purposeIn('credit', 'content')], insert: [purposeIn('content')] }),
  ],
)
