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
import { CLASS_ORIGINS, CLASS_STATUSES, LEVELS, MODES, STAFF_ROLES } from '../values.ts'
import { academy, site } from './academies.ts'
import { account } from './accounts.ts'
import { day, hours, id, instant, oneOf } from './kit.ts'
import { occupation } from './occupations.ts'
import { handler, overseers, ownAcademy, ownAccount, ownClass, ownSeat, policies, purposeIn } from './rls.ts'

/** A class (班次): one offering by one academy. Run in the system, or brought by a ledger: the same rows. */
export const trainingClass = pgTable(
  'class',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    id: id().notNull(),
    /** 班次编号, unique within the academy. */
    code: text('code').notNull(),
    name: text('name').notNull(),
    mode: text('mode').notNull(),
    /** Null: no occupation (班组长, 安全, 数字素养). */
    occupationCode: text('occupation_code'),
    occupationEdition: integer('occupation_edition'),
    /** The skill level that it prepares for; null: none, or not said. */
    level: text('level'),
    startsOn: day('starts_on').notNull(),
    /** Inclusive. */
    endsOn: day('ends_on').notNull(),
    plannedHours: hours('planned_hours').notNull(),
    /** Mixed classes only: the practical part of `planned_hours`. */
    plannedPracticalHours: hours('planned_practical_hours'),
    /**
     * Hours of the sessions that take place, of a class whose hours come from its attendance sheets; null: from elsewhere, or none
     * is closed yet. Credit counts over these where they are enough of the plan (credit.ts).
     */
    deliveredHours: hours('delivered_hours'),
    origin: text('origin').notNull(),
    status: text('status').notNull(),
    /** Seats offered; null for online and ledger classes. */
    capacity: integer('capacity'),
    /**
     * Seats held (enrolled or offered). Kept under a lock on this row. It never grows beyond the capacity (a trigger); a
     * capacity that was cut may leave it above, since a cut evicts nobody.
     */
    taken: integer('taken').notNull().default(0),
    /** The academy answers each request before it is a seat. */
    needsApproval: boolean('needs_approval').notNull().default(false),
    /** Who finds no seat may wait for one. */
    hasWaitlist: boolean('has_waitlist').notNull().default(false),
    /** Numbers drawn so far by those who asked or wait (enrolment.line_number). Kept under the lock on this row. */
    lineNumbers: integer('line_numbers').notNull().default(0),
    /**
     * The earliest `answer_due_at` of its enrolments, or earlier; null: none is open. Whoever reads the class sees by it
     * whether a time limit has to be settled first.
     */
    answersDueAt: instant('answers_due_at'),
    /** Who may take a seat; each null (or false): everybody, as far as this rule goes. 人员类别 that may. */
    eligibleCategories: text('eligible_categories').array(),
    /** The level to be held already, at least, in the class's occupation. */
    eligibleLevel: text('eligible_level'),
    /** Whole years of work, at least. */
    eligibleYears: integer('eligible_years'),
    /** Employers whose workers may, as they are written. */
    eligibleEmployers: text('eligible_employers').array(),
    /** Union members alone. */
    isForMembers: boolean('is_for_members').notNull().default(false),
    /** Why it was cancelled, as its workers read it; null while it is not. */
    cancelledBecause: text('cancelled_because'),
    enrolOpensAt: instant('enrol_opens_at'),
    /** Exclusive; null: until the class starts, of an online one until it ends. */
    enrolClosesAt: instant('enrol_closes_at'),
    /** Until when a worker may withdraw; null: until the class starts, of an online one until it ends. */
    withdrawUntil: instant('withdraw_until'),
    siteId: uuid('site_id'),
    /** Online classes run here: the course delivered (course.slug). */
    courseSlug: text('course_slug'),
    /** What workers ask first. Fen; 0: free of charge; null: not said. */
    feeFen: integer('fee_fen'),
    bring: text('bring'),
    lunch: text('lunch'),
    documentsNeeded: text('documents_needed'),
    /**
     * The class head as shown to workers, and the phone of the office or the head. Who acts as the head in the system is an account
     * (`class_staff`), which not every head has.
     */
    classHead: text('class_head'),
    classHeadPhone: text('class_head_phone'),
    certificatesExpectedOn: day('certificates_expected_on'),
    /** 考核时间另行通知: no sitting is planned yet, or not all are (`assessment_sitting`), and its workers read that. */
    assessmentLater: boolean('assessment_later').notNull().default(false),
    /** How often who failed, or did not come, may sit again (补考). */
    resits: integer('resits').notNull().default(1),
    /** The import that brought it; null for a class opened here. */
    importId: uuid('import_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('class_code').on(t.academyId, t.code),
    index('class_import').on(t.importId).where(sql`${t.importId} is not null`),
    index('class_open').on(t.startsOn).where(sql`${t.origin} = 'system'`),
    index('class_course').on(t.courseSlug).where(sql`${t.courseSlug} is not null`),
    foreignKey({ columns: [t.academyId, t.siteId], foreignColumns: [site.academyId, site.id] }),
    foreignKey({
      columns: [t.occupationCode, t.occupationEdition],
      foreignColumns: [occupation.code, occupation.edition],
    }),
    check('class_mode', oneOf(t.mode, MODES)),
    check('class_level', oneOf(t.level, LEVELS)),
    check('class_origin', oneOf(t.origin, CLASS_ORIGINS)),
    check('class_status', oneOf(t.status, CLASS_STATUSES)),
    check('class_occupation', sql`(${t.occupationCode} is null) = (${t.occupationEdition} is null)`),
    check('class_dates', sql`${t.endsOn} >= ${t.startsOn}`),
    check('class_hours', sql`${t.plannedHours} > 0 and ${t.plannedHours} * 2 = trunc(${t.plannedHours} * 2)`),
    check('class_delivered_hours', sql`${t.deliveredHours} >= 0`),
    check(
      'class_practical_hours',
      sql`(${t.mode} = 'mixed') = (${t.plannedPracticalHours} is not null) and ${t.plannedPracticalHours} between 0.5 and ${t.plannedHours}`,
    ),
    check('class_seats', sql`${t.taken} >= 0`),
    index('class_answers_due').on(t.answersDueAt).where(sql`${t.answersDueAt} is not null`),
    check('class_line', sql`${t.lineNumbers} >= 0`),
    check(
      'class_eligible',
      sql`${t.eligibleCategories} <> '{}' and ${t.eligibleEmployers} <> '{}' and ${t.eligibleYears} between 1 and 60`,
    ),
    check('class_eligible_level', oneOf(t.eligibleLevel, LEVELS)),
    check('class_eligible_level_of', sql`${t.eligibleLevel} is null or ${t.occupationCode} is not null`),
    check('class_resits', sql`${t.resits} between 0 and 3`),
    check('class_cancelled', sql`${t.cancelledBecause} is null or ${t.status} = 'cancelled'`),
    check('class_enrolment_window', sql`${t.enrolClosesAt} > ${t.enrolOpensAt}`),
    ...policies('class', {
      read: [
        sql`(${t.origin} = 'system' and ${t.status} <> 'draft')`,
        ...overseers(t.academyId),
        ownClass(t.id),
        ownSeat(t.id),
        purposeIn('seats', 'credit', 'ledger', 'figures', 'attendance', 'timetable', 'materials'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('ledger', 'setup')],
      update: [ownAcademy(t.academyId), handler, purposeIn('seats', 'ledger', 'attendance')],
      // A draft of one's own, which nobody else has seen.
      remove: [
        sql`(${ownAcademy(t.academyId)} and ${t.origin} = 'system' and ${t.status} = 'draft')`,
        purposeIn('ledger'),
      ],
    }),
  ],
)

/** Who teaches or heads a class: an instructor's own classes are these. Who does both has a row for each. */
export const classStaff = pgTable(
  'class_staff',
  {
    academyId: uuid('academy_id').notNull(),
    classId: uuid('class_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    role: text('role').notNull().default('instructor'),
    /** Here because it teaches a session (`session_instructor`): goes when it teaches none of the class any more. */
    ofSessions: boolean('of_sessions').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.classId, t.accountId, t.role] }),
    index('class_staff_account').on(t.accountId),
    // A class has one head.
    uniqueIndex('class_staff_head').on(t.academyId, t.classId).where(sql`${t.role} = 'head'`),
    check('class_staff_role', oneOf(t.role, STAFF_ROLES)),
    check('class_staff_of_sessions', sql`not ${t.ofSessions} or ${t.role} = 'instructor'`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    ...policies('class_staff', {
      read: [
        ownAccount(t.accountId),
        ...overseers(t.academyId),
        purposeIn('questions', 'timetable', 'attendance', 'seats'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup', 'timetable')],
      remove: [ownAcademy(t.academyId), purposeIn('timetable')],
    }),
  ],
)
