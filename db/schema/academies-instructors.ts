import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { HONOUR_SCOPES, INSTRUCTOR_TITLES, LEVELS } from '../values.ts'
import { academy } from './academies.ts'
import { account } from './accounts.ts'
import { day, id, instant, oneOf } from './kit.ts'
import { occupation } from './occupations.ts'
import { person } from './persons.ts'
import { overseers, ownAcademy, ownAccount, policies, purposeIn } from './rls.ts'

/**
 * An instructor (教师) of an academy: a natural person, so that the same hours are never given twice in the province, however
 * many academies the person teaches at. What an academy writes about the person stands here.
 */
export const instructor = pgTable(
  'instructor',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    id: id().notNull(),
    /** Whose document it was. Of a record that was merged: the person kept, unless that one teaches at this academy too. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** The instructor's own sign-in at this academy; null: has none, the office enters what happens. */
    accountId: uuid('account_id').references(() => account.id),
    /** As this academy writes it; workers read it beside a session. */
    name: text('name').notNull(),
    /** Where the person works otherwise; null: at the academy itself, or not said. */
    employer: text('employer'),
    /** The last day on which it teaches here, inclusive; null: no end. */
    endedOn: day('ended_on'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('instructor_person').on(t.academyId, t.personId),
    index('instructor_of_person').on(t.personId),
    uniqueIndex('instructor_account').on(t.accountId).where(sql`${t.accountId} is not null`),
    check('instructor_name', sql`char_length(${t.name}) between 2 and 50`),
    ...policies('instructor', {
      read: [
        ...overseers(t.academyId),
        ownAccount(t.accountId),
        purposeIn('timetable', 'ledger', 'setup', 'attendance'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      // `timetable`: an instructor follows the person kept where two records are merged (trigger `instructor_merged`).
      update: [ownAcademy(t.academyId), purposeIn('timetable', 'setup')],
    }),
  ],
)

/** An honour or title of an instructor (劳模, 工匠, 高级技师 …), with what proves it. */
export const instructorTitle = pgTable(
  'instructor_title',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    instructorId: uuid('instructor_id').notNull(),
    title: text('title').notNull(),
    /** Who gave it: the state, a province, a city …; null: not said, or does not matter for it. */
    scope: text('scope'),
    /** What proves it: the document and its number, the certificate, the year. */
    evidence: text('evidence').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('instructor_title_of').on(t.academyId, t.instructorId),
    foreignKey({ columns: [t.academyId, t.instructorId], foreignColumns: [instructor.academyId, instructor.id] }),
    check('instructor_title_title', oneOf(t.title, INSTRUCTOR_TITLES)),
    check('instructor_title_scope', oneOf(t.scope, HONOUR_SCOPES)),
    ...policies('instructor_title', {
      read: [...overseers(t.academyId), purposeIn('timetable', 'setup')],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)

/** What an instructor may teach: an occupation up to a level, while it is valid. */
export const instructorQualification = pgTable(
  'instructor_qualification',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    instructorId: uuid('instructor_id').notNull(),
    occupationCode: text('occupation_code').notNull(),
    /** The edition in which it was entered; it holds for the code in every edition. */
    occupationEdition: integer('occupation_edition').notNull(),
    /** The highest level of workers whom it allows to teach. */
    level: text('level').notNull(),
    validFrom: day('valid_from').notNull(),
    /** Inclusive; null: no end. */
    validTo: day('valid_to'),
    /** The certificate it rests on; null: not said. */
    evidence: text('evidence'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('instructor_qualification_of').on(t.academyId, t.instructorId),
    foreignKey({ columns: [t.academyId, t.instructorId], foreignColumns: [instructor.academyId, instructor.id] }),
    foreignKey({
      columns: [t.occupationCode, t.occupationEdition],
      foreignColumns: [occupation.code, occupation.edition],
    }),
    check('instructor_qualification_level', oneOf(t.level, LEVELS)),
    check('instructor_qualification_dates', sql`${t.validTo} >= ${t.validFrom}`),
    ...policies('instructor_qualification', {
      read: [...overseers(t.academyId), purposeIn('timetable', 'setup')],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId)],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)
