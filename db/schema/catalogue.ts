import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { CATALOGUE_KINDS, CATALOGUE_PARTS } from '../values.ts'
import { day, oneOf, tsvector } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

/**
 * The index of the catalogue. Made by triggers (the migration `catalogue_index`) in the transaction that publishes a course
 * or changes a class, from what the public may read; without foreign keys, since it is made again with every change. Nothing
 * else writes it.
 */
const derived = {
  read: [everybody],
  insert: [purposeIn('catalogue')],
  remove: [purposeIn('catalogue')],
}

/** A course that has lessons, or a class that is published: what lists narrow by. Classes stay when they are over. */
export const catalogueItem = pgTable(
  'catalogue_item',
  {
    kind: text('kind').notNull(),
    /** The course's slug, or the class's id. */
    id: text('id').notNull(),
    /** Offers only: the course that the online class delivers. */
    courseSlug: text('course_slug'),
    /** Of a course when it was revised, of a class its first day. */
    on: day('on').notNull(),
    /** A class's last day, inclusive; null: a course. */
    endsOn: day('ends_on'),
    mode: text('mode').notNull(),
    occupationCode: text('occupation_code'),
    level: text('level'),
    /** The academy that holds the class, or made the course; null: none of them made it. */
    academyCode: text('academy_code'),
    cityCode: text('city_code'),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.id] }),
    index('catalogue_item_ends').on(t.endsOn),
    check('catalogue_item_kind', oneOf(t.kind, CATALOGUE_KINDS)),
    check('catalogue_item_ends', sql`(${t.kind} = 'course') = (${t.endsOn} is null)`),
    check('catalogue_item_course', sql`(${t.kind} = 'offer') = (${t.courseSlug} is not null)`),
    ...policies('catalogue_item', derived),
  ],
)

/** The words of one part of a course or class. */
export const catalogueText = pgTable(
  'catalogue_text',
  {
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    part: text('part').notNull(),
    /** How many distinct words: a short title that is hit says more than a long one. */
    size: integer('size').notNull(),
    /** Pairs of neighbouring Chinese characters, the last of a run also alone; Latin words and codes whole. */
    tokens: tsvector('tokens').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.id, t.part] }),
    // Written when something is published, searched all day: nothing waits to be sorted in. An index where something waits is
    // planned around, and every text is unpacked instead.
    index('catalogue_text_tokens').using('gin', t.tokens).with({ fastupdate: false }),
    check('catalogue_text_kind', oneOf(t.kind, CATALOGUE_KINDS)),
    check('catalogue_text_part', oneOf(t.part, CATALOGUE_PARTS)),
    ...policies('catalogue_text', derived),
  ],
)

/** The plain text of a lesson as last published: which lesson of a course is hit, and the words around it are shown from. */
export const catalogueLesson = pgTable(
  'catalogue_lesson',
  {
    courseSlug: text('course_slug').notNull(),
    lessonSlug: text('lesson_slug').notNull(),
    text: text('text').notNull(),
    /** Its words, made as those of a course are (`tokens` above), and its course as `=slug`: which lessons of a few courses have a word the index then answers alone. */
    tokens: tsvector('tokens')
      .notNull()
      .generatedAlwaysAs(sql`text_vector(text) || array_to_tsvector(array['=' || course_slug])`),
  },
  (t) => [
    primaryKey({ columns: [t.courseSlug, t.lessonSlug] }),
    index('catalogue_lesson_tokens').using('gin', t.tokens).with({ fastupdate: false }),
    ...policies('catalogue_lesson', derived),
  ],
)
