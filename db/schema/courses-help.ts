import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { HELP_LOCALES, HELP_READERS } from '../values.ts'
import { bytea, instant, oneOf } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

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
