import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { COURSE_MODES, LEVELS } from '../values.ts'
import { bytea, day, hours, instant, oneOf } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

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
    /** Questions with their options (app/features/courses/questions/quiz-shape.ts). */
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
