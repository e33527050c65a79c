import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { CATEGORIES, DECLARED_LEVELS, SEAT_ENDINGS, SEATS } from '../values.ts'
import { academy } from './academies.ts'
import { account, enterprise } from './accounts.ts'
import { bytea, day, hours, id, instant, oneOf, period } from './kit.ts'
import { person } from './persons.ts'
import {
  handler,
  overseers,
  ownAcademy,
  ownAccount,
  ownClass,
  ownEnterprise,
  ownPerson,
  policies,
  purposeIn,
} from './rls.ts'
import { trainingClass } from './training.ts'
import { classSession } from './training-sessions.ts'

/**
 * One worker in one class: the seat, and what came of it. What academies write differently about one person stands here.
 */
export const enrolment = pgTable(
  'enrolment',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** The account that asked for the seat; null where a ledger brought it. */
    accountId: uuid('account_id').references(() => account.id),
    /**
     * The enterprise whose union enrolled the worker: it alone gives this place back and sees what comes of it, beside the academy
     * and those above. Null: nobody's union did.
     */
    enterpriseId: uuid('enterprise_id').references(() => enterprise.id),
    seat: text('seat').notNull(),
    /** The name as this academy writes it. */
    name: text('name').notNull(),
    employer: text('employer'),
    phoneSealed: bytea('phone_sealed'),
    /** HMAC of the phone, so that a ledger row can tell whether it changed. */
    phoneIndex: bytea('phone_index'),
    /** 人员类别; null: not said, which counts. */
    category: text('category'),
    /** Level held before the class, in its occupation; null: not declared, `none`: declared that none is held. */
    declaredLevel: text('declared_level'),
    /** Whole years of work and union membership, as the worker declared them for a class that asks; null: not asked. */
    yearsOfWork: integer('years_of_work'),
    isUnionMember: boolean('is_union_member'),
    /**
     * The number drawn when the worker asked or began to wait, under the class's lock: who came first has the lower one.
     * Null: took a seat at once.
     */
    lineNumber: integer('line_number'),
    /** Until when somebody must answer, exclusive: a request the academy, an offer the worker; null otherwise. */
    answerDueAt: instant('answer_due_at'),
    /** When the seat was taken, after whatever wait; null: none is held, or a ledger brought it. */
    seatedAt: instant('seated_at'),
    /** How it came to be withdrawn; null: it is not, or from before this was kept. */
    seatEnding: text('seat_ending'),
    /** Why the academy rejected it, or took the worker out, as the worker reads it. */
    rejectedBecause: text('rejected_because'),
    /** Null until somebody recorded them. */
    hoursAttended: hours('hours_attended'),
    /** Mixed classes only. */
    practicalHoursAttended: hours('practical_hours_attended'),
    /** Online only: the worker's own completion date; null: the class's end date. */
    completedOn: day('completed_on'),
    /** The date on which it counts, decided by training's rule when the hours were written; may lie ahead. */
    creditedOn: day('credited_on'),
    importId: uuid('import_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('enrolment_once').on(t.academyId, t.classId, t.personId),
    index('enrolment_person').on(t.personId),
    // Somebody on the phone says a name or a number: found among all the province's enrolments.
    index('enrolment_name').on(t.name),
    index('enrolment_phone').on(t.phoneIndex).where(sql`${t.phoneIndex} is not null`),
    index('enrolment_account').on(t.accountId).where(sql`${t.accountId} is not null`),
    index('enrolment_enterprise').on(t.enterpriseId).where(sql`${t.enterpriseId} is not null`),
    index('enrolment_credited').on(t.academyId, t.creditedOn),
    index('enrolment_import').on(t.importId).where(sql`${t.importId} is not null`),
    // Whose turn it is, and which time limits run out.
    index('enrolment_line')
      .on(t.academyId, t.classId, t.seat, t.lineNumber)
      .where(sql`${t.seat} in ('requested', 'waitlisted', 'offered')`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('enrolment_seat', oneOf(t.seat, SEATS)),
    check('enrolment_answer_due', sql`(${t.answerDueAt} is not null) = (${t.seat} in ('requested', 'offered'))`),
    check('enrolment_waits_in_line', sql`${t.seat} not in ('requested', 'waitlisted') or ${t.lineNumber} is not null`),
    check('enrolment_seated', sql`${t.seatedAt} is null or ${t.seat} = 'enrolled'`),
    check('enrolment_ending', oneOf(t.seatEnding, SEAT_ENDINGS)),
    check('enrolment_ended', sql`${t.seatEnding} is null or ${t.seat} = 'withdrawn'`),
    check(
      'enrolment_rejected',
      sql`${t.rejectedBecause} is null or ${t.seat} = 'rejected' or ${t.seatEnding} is not distinct from 'removed'`,
    ),
    check('enrolment_years', sql`${t.yearsOfWork} between 0 and 80`),
    check('enrolment_category', oneOf(t.category, CATEGORIES)),
    check('enrolment_declared_level', oneOf(t.declaredLevel, DECLARED_LEVELS)),
    check('enrolment_hours', sql`${t.hoursAttended} >= 0`),
    check('enrolment_practical_hours', sql`${t.practicalHoursAttended} between 0 and ${t.hoursAttended}`),
    check('enrolment_credit', sql`${t.creditedOn} is null or ${t.seat} = 'enrolled'`),
    ...policies('enrolment', {
      read: [
        ownAccount(t.accountId),
        ownPerson(t.personId),
        ...overseers(t.academyId),
        ownClass(t.classId),
        ownEnterprise(t.enterpriseId),
        purposeIn(
          'seats',
          'credit',
          'ledger',
          'figures',
          'attendance',
          'timetable',
          'materials',
          'delivery',
          'results',
        ),
      ],
      insert: [purposeIn('seats', 'ledger')],
      update: [ownAcademy(t.academyId), handler, purposeIn('seats', 'credit', 'ledger', 'attendance')],
      remove: [purposeIn('ledger')],
    }),
  ],
)

/**
 * The time of a worker, province-wide: when somebody with a seat sits in a session of a class run here. Written by
 * triggers on enrolments and sessions alone; an exclusion constraint lets nobody take a seat in two sessions at once. A session that is
 * moved later holds the time of those only who have none in it yet.
 */
export const workerTime = pgTable(
  'worker_time',
  {
    academyId: uuid('academy_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** Half-open, as the session. */
    during: period('during').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.enrolmentId, t.sessionId] }),
    index('worker_time_session').on(t.academyId, t.sessionId),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [t.academyId, t.sessionId],
      foreignColumns: [classSession.academyId, classSession.id],
    }).onDelete('cascade'),
    ...policies('worker_time', {
      read: [purposeIn('seats')],
      insert: [purposeIn('seats')],
      remove: [purposeIn('seats')],
    }),
  ],
)

/**
 * The academy that a worker wants online courses to count for: it orders what is offered and decides nothing. No row: none
 * was chosen.
 */
export const academyChoice = pgTable(
  'academy_choice',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    chosenAcademyId: uuid('chosen_academy_id')
      .notNull()
      .references(() => academy.id),
    /** When the present one was chosen. No page reads it: kept for who must settle which academy a worker belonged to. */
    chosenAt: instant('chosen_at').notNull(),
  },
  (t) => [
    ...policies('academy_choice', {
      read: [ownAccount(t.accountId)],
      insert: [ownAccount(t.accountId)],
      update: [ownAccount(t.accountId)],
      remove: [ownAccount(t.accountId)],
    }),
  ],
)
