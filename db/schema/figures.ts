import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { academy } from './academies.ts'
import { day, instant } from './kit.ts'
import { overseers, policies, purposeIn } from './rls.ts'

const derived = (read: ReturnType<typeof overseers>) => ({
  read: [...read, purposeIn('figures')],
  insert: [purposeIn('figures')],
  update: [purposeIn('figures')],
  remove: [purposeIn('figures')],
})

const count = (name: string) => integer(name).notNull()
/** Persons by the month in which they first counted: twelve numbers, January first. */
const months = (name: string) => integer(name).array().notNull()

/**
 * What was counted of one academy in one year, from the facts: recomputed, never incremented (app/features/figures). It may
 * be shown while no `tally_mark` names its academy and year, the plan still says `counted_by`, and the day asked for lies
 * in its period; otherwise the figures are counted live. Brands are few and always counted live.
 */
export const tally = pgTable(
  'tally',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    year: integer('year').notNull(),
    /** New with every count: what `tally_union` was made of. */
    version: uuid('version').notNull(),
    /** Who and what counted, as the policy said: categories, certificate types, least hours. */
    countedBy: text('counted_by').notNull(),
    countedAt: instant('counted_at').notNull(),
    /** From the latest credit that counts; null: none. An earlier day would count less. */
    holdsFrom: day('holds_from'),
    /** Exclusive: the next credit that lies ahead; null: none. */
    holdsUntil: day('holds_until'),
    trained: count('trained'),
    trainedTimes: count('trained_times'),
    trainedOnlineOnly: count('trained_online_only'),
    trainedUncategorised: count('trained_uncategorised'),
    practical: count('practical'),
    practicalTimes: count('practical_times'),
    entitled: count('entitled'),
    assessed: count('assessed'),
    absent: count('absent'),
    assessedOfTrained: count('assessed_of_trained'),
    certified: count('certified'),
    certifiedOfPractical: count('certified_of_practical'),
    certifiedOfTrained: count('certified_of_trained'),
    awaiting: count('awaiting'),
    awaitingOfPractical: count('awaiting_of_practical'),
    awaitingOfTrained: count('awaiting_of_trained'),
    improved: count('improved'),
    improvedUndeclared: count('improved_undeclared'),
    levelled: count('levelled'),
    trainedMonths: months('trained_months'),
    practicalMonths: months('practical_months'),
    certifiedMonths: months('certified_months'),
    improvedMonths: months('improved_months'),
  },
  (t) => [primaryKey({ columns: [t.academyId, t.year] }), ...policies('tally', derived(overseers(t.academyId)))],
)

/**
 * One person of a tally: trained or assessed at the academy in the year. Says of each what the tally counts, so that the
 * persons behind a figure are those that it counted. Written with the tally; without foreign keys, since it may be out of date.
 */
export const tallyMember = pgTable(
  'tally_member',
  {
    academyId: uuid('academy_id').notNull(),
    year: integer('year').notNull(),
    personId: uuid('person_id').notNull(),
    /** Credited enrolments, and those of them that were practical; null: none. */
    times: integer('times'),
    practicalTimes: integer('practical_times'),
    /** The days on which the person first counted; null: does not count. */
    trainedOn: day('trained_on'),
    practicalOn: day('practical_on'),
    certifiedOn: day('certified_on'),
    improvedOn: day('improved_on'),
    /** Every credited enrolment is online; none says a category. Null: no credited enrolment. */
    onlineOnly: boolean('online_only'),
    uncategorised: boolean('uncategorised'),
    /** Sat or was absent; sat; earned a ranked certificate; passed without any certificate yet. */
    entitled: boolean('entitled').notNull(),
    assessed: boolean('assessed').notNull(),
    levelled: boolean('levelled'),
    unissued: boolean('unissued'),
    /** Declared no level where the skill rose; null: it did not rise. */
    undeclared: boolean('undeclared'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.year, t.personId] }),
    ...policies('tally_member', derived(overseers(t.academyId))),
  ],
)

/** Distinct persons over the tallies of several academies in a year: a union's, the province's. */
export const tallyUnion = pgTable(
  'tally_union',
  {
    year: integer('year').notNull(),
    /** Digest of the versions of the tallies, by academy: another count of any of them makes another union. */
    versions: text('versions').notNull(),
    trained: count('trained'),
    practical: count('practical'),
  },
  (t) => [primaryKey({ columns: [t.year, t.versions] }), ...policies('tally_union', derived([]))],
)

/**
 * A write touched what this academy's year counts: its tally is stale. Triggers on the facts add these in the transaction
 * of the write, and never look for one that is there already, so that two writers never wait for one another; a recount
 * removes those that it saw.
 */
export const tallyMark = pgTable(
  'tally_mark',
  {
    academyId: uuid('academy_id').notNull(),
    year: integer('year').notNull(),
  },
  (t) => [
    index('tally_mark_of').on(t.academyId, t.year),
    ...policies('tally_mark', {
      read: [purposeIn('figures')],
      insert: [purposeIn('figures')],
      remove: [purposeIn('figures')],
    }),
  ],
)
