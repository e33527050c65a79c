import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { SPECIAL_DAY_KINDS } from '../values.ts'
import { day, instant, oneOf } from './kit.ts'
import { everybody, handler, policies, purposeIn } from './rls.ts'

/** Public, and kept by the province by hand or by the shell. */
const kept = {
  read: [everybody],
  insert: [handler, purposeIn('setup')],
  update: [handler, purposeIn('setup')],
  remove: [handler, purposeIn('setup')],
}

/** A year whose public holidays and worked weekend days are entered. No row: nobody entered them yet. */
export const workYear = pgTable(
  'work_year',
  {
    year: integer('year').primaryKey(),
    /** The State Council's notice, with its number: 国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）. */
    source: text('source').notNull(),
    /** Who entered it; null for the reference data and for the shell. */
    setBy: uuid('set_by'),
    setAt: instant('set_at').notNull(),
  },
  (t) => [
    check('work_year_year', sql`${t.year} between 2000 and 2100`),
    check('work_year_source', sql`length(${t.source}) between 1 and 200`),
    ...policies('work_year', kept),
  ],
)

/** A day that is not what its weekday says. Of the arrangement of its year, or of the next one: that may begin in December. */
export const workDay = pgTable(
  'work_day',
  {
    day: day('day').primaryKey(),
    year: integer('year')
      .notNull()
      .references(() => workYear.year),
    kind: text('kind').notNull(),
    /** The holiday; of a day that is worked: the one in return for which it is. */
    name: text('name').notNull(),
  },
  (t) => [
    index('work_day_year').on(t.year),
    check('work_day_kind', oneOf(t.kind, SPECIAL_DAY_KINDS)),
    check('work_day_name', sql`length(${t.name}) between 1 and 20`),
    check(
      'work_day_within',
      sql`extract(year from ${t.day} + 31) = ${t.year} or extract(year from ${t.day}) = ${t.year}`,
    ),
    ...policies('work_day', kept),
  ],
)
