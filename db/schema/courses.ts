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
import { COURSE_MODES, HELP_LOCALES, HELP_READERS, LEVELS, TEST_SHOWS, type TestShow } from '../values.ts'
import { account } from './accounts.ts'
import { bytea, day, hours, id, instant, oneOf } from './kit.ts'
import { everybody, ownAccount, ownLearners, policies, purposeIn } from './rls.ts'

/** A course of content/courses, as last published. Publishing replaces the row; it is never removed. */
export const course = pgTable(
  'course',
  {
    /** The folder's name; also what a class names as the course that it delivers. */
    slug: text('slug').primaryKey(),
    title: text('title').notNull(),
    titleEn: text('title_en').notNull(),
    summary: text('summary').notNull(),
    summaryEn: text('summary_en').notNull(),
    /** Code of the 职业分类大典, any edition; null: for every occupation. */
    occupationCode: text('occupation_code'),
    /** The skill level that it leads to; null: none in particular. */
    level: text('level'),
    mode: text('mode').notNull().default('online'),
    /** Slugs of courses to be finished before one enrols in a class with this one; they may be published after it. */
    prerequisites: text('prerequisites').array().notNull().default([]),
    plannedHours: hours('planned_hours').notNull(),
    /** Standards and documents that the text rests on: an array of strings. */
    sources: jsonb('sources').$type<string[]>().notNull(),
    author: text('author').notNull(),
    /** Code of the academy that made it; null: none of them. Known or not: the text may come before the academy. */
    academyCode: text('academy_code'),
    /** When the author last revised the text. */
    updatedOn: day('updated_on').notNull(),
    /** SHA-256 over everything in the folder that counts: unchanged means nothing to publish. */
    digest: bytea('digest').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    check('course_slug_form', sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('course_level', oneOf(t.level, LEVELS)),
    check('course_mode', oneOf(t.mode, COURSE_MODES)),
    check('course_hours', sql`${t.plannedHours} > 0 and ${t.plannedHours} * 2 = trunc(${t.plannedHours} * 2)`),
    ...policies('course', {
      read: [everybody],
      insert: [purposeIn('content')],
      update: [purposeIn('content')],
    }),
  ],
)

/** A lesson of a course, with the version that readers see. Keeps its slug, and so its progress, when it is reordered. */
export const lesson = pgTable(
  'lesson',
  {
    courseSlug: text('course_slug')
      .notNull()
      .references(() => course.slug),
    slug: text('slug').notNull(),
    /** 1, 2, … in reading order; of a withdrawn lesson the last one it had. */
    position: smallint('position').notNull(),
    title: text('title').notNull(),
    titleEn: text('title_en').notNull(),
    summary: text('summary').notNull(),
    /** Reading time as the author states it. */
    minutes: smallint('minutes').notNull(),
    /** The author's own minimum of active minutes; null: the share of `minutes` that the policy says. */
    activeMinutes: smallint('active_minutes'),
    /** Videos and recordings that must be played: name, title and whole seconds (app/features/courses/time/needed.ts). */
    media: jsonb('media').$type<unknown>().notNull().default([]),
    /** The current lesson_version. */
    version: integer('version').notNull(),
    /** As the author declares it: 1, and one more whenever the lesson changes in substance. A correction leaves it. */
    revision: smallint('revision').notNull().default(1),
    /** What the current revision changed, in one sentence of the author's; null: revision 1. */
    changes: text('changes'),
    hasQuiz: boolean('has_quiz').notNull(),
    /** When its file left the course; null: part of the course. Its progress is kept and no longer asked for. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.slug] }),
    check('lesson_slug_form', sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('lesson_active_minutes', sql`${t.activeMinutes} between 0 and ${t.minutes}`),
    check('lesson_numbers', sql`${t.position} > 0 and ${t.minutes} > 0 and ${t.version} > 0 and ${t.revision} > 0`),
    check('lesson_changes', sql`(${t.revision} = 1) = (${t.changes} is null)`),
    ...policies('lesson', {
      read: [everybody],
      insert: [purposeIn('content')],
      update: [purposeIn('content')],
    }),
  ],
)

/** What was published of a lesson, once: never changed, so that an attempt can be read against what the worker saw. */
export const lessonVersion = pgTable(
  'lesson_version',
  {
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    /** 1, 2, … */
    version: integer('version').notNull(),
    /** The revision that it belongs to: versions of one revision differ by corrections alone. */
    revision: smallint('revision').notNull().default(1),
    /** SHA-256 over the text, the quiz, the figures and the compiler's own version. */
    digest: bytea('digest').notNull(),
    /** Runs of static HTML and islands with JSON props (app/features/courses/blocks.ts). */
    blocks: jsonb('blocks').$type<unknown>().notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.lessonSlug, t.version] }),
    foreignKey({ columns: [t.courseSlug, t.lessonSlug], foreignColumns: [lesson.courseSlug, lesson.slug] }),
    ...policies('lesson_version', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** The questions of a lesson version, as every reader may see them: no answers here. */
export const quiz = pgTable(
  'quiz',
  {
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    version: integer('version').notNull(),
    /** Share of questions that must be right to pass, in whole percent. */
    passPercent: smallint('pass_percent').notNull(),
    /** Questions with their options (app/features/courses/quiz-shape.ts). */
    questions: jsonb('questions').$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.lessonSlug, t.version] }),
    foreignKey({
      columns: [t.courseSlug, t.lessonSlug, t.version],
      foreignColumns: [lessonVersion.courseSlug, lessonVersion.lessonSlug, lessonVersion.version],
    }),
    check('quiz_pass_percent', sql`${t.passPercent} between 1 and 100`),
    ...policies('quiz', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** The right answers and their reasons, apart from the questions: read only while marking. */
export const quizKey = pgTable(
  'quiz_key',
  {
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    version: integer('version').notNull(),
    /** By question id: the ids of the right options, and why. */
    key: jsonb('key').$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.lessonSlug, t.version] }),
    foreignKey({
      columns: [t.courseSlug, t.lessonSlug, t.version],
      foreignColumns: [quiz.courseSlug, quiz.lessonSlug, quiz.version],
    }),
    ...policies('quiz_key', { read: [purposeIn('credit', 'content')], insert: [purposeIn('content')] }),
  ],
)

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
    /** How many are drawn of each topic, and its questions without their answers (app/features/courses/draw.ts). */
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

/** A figure of a course or the captions of a video, checked when it was published and served under its digest, so that it can be cached for ever. */
export const courseAsset = pgTable(
  'course_asset',
  {
    /** SHA-256 of the bytes. */
    digest: bytea('digest').primaryKey(),
    mediaType: text('media_type').notNull(),
    bytes: bytea('bytes').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    check('course_asset_type', sql`${t.mediaType} in ('image/svg+xml', 'text/vtt')`),
    check('course_asset_digest', sql`length(${t.digest}) = 32`),
    ...policies('course_asset', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** A video or recording of a course, checked when it was published and served under its digest. Its bytes: course_media_piece. */
export const courseMedia = pgTable(
  'course_media',
  {
    /** SHA-256 of the whole. */
    digest: bytea('digest').primaryKey(),
    mediaType: text('media_type').notNull(),
    /** Bytes of the whole. */
    size: integer('size').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    check('course_media_type', sql`${t.mediaType} in ('video/mp4', 'audio/mp4')`),
    check('course_media_digest', sql`length(${t.digest}) = 32 and ${t.size} > 0`),
    ...policies('course_media', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** A part of a recording, so that none is ever held whole: 256 KiB each but the last. In the database, so that every server has it. */
export const courseMediaPiece = pgTable(
  'course_media_piece',
  {
    digest: bytea('digest')
      .notNull()
      .references(() => courseMedia.digest),
    /** 0, 1, … */
    index: integer('index').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.digest, t.index] }),
    check('course_media_piece_bytes', sql`${t.index} >= 0 and length(${t.bytes}) between 1 and 262144`),
    ...policies('course_media_piece', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** A page of the product's manual (content/help), as last published; a page whose file is gone goes too. */
export const helpPage = pgTable(
  'help_page',
  {
    /** The language that it is written in; every page stands in each. */
    locale: text('locale').notNull(),
    slug: text('slug').notNull(),
    /** 1, 2, … in reading order. */
    position: smallint('position').notNull(),
    /** Who it is for. */
    reader: text('reader').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    /** Runs of static HTML and islands, as of a lesson. */
    blocks: jsonb('blocks').$type<unknown>().notNull(),
    /** The example of a quiz: its questions, and with them the answers, which are no secret here. Null: the page has none. */
    quiz: jsonb('quiz').$type<unknown>(),
    /** SHA-256 over the text, the quiz, the figures and the compiler's own version. */
    digest: bytea('digest').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.locale, t.slug] }),
    check('help_page_locale', oneOf(t.locale, HELP_LOCALES)),
    check('help_page_reader', oneOf(t.reader, HELP_READERS)),
    check('help_page_slug_form', sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('help_page_position', sql`${t.position} > 0`),
    ...policies('help_page', {
      read: [everybody],
      insert: [purposeIn('content')],
      update: [purposeIn('content')],
      remove: [purposeIn('content')],
    }),
  ],
)

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
