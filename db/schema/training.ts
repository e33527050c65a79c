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
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  CATEGORIES,
  CLASS_CHANGE_FIELDS,
  CLASS_ORIGINS,
  CLASS_STATUSES,
  type ClassChangeValue,
  DECLARED_LEVELS,
  LEVELS,
  MODES,
  PLAN_CHANGE_FIELDS,
  ROLES,
  SEAT_ENDINGS,
  SEATS,
  SESSION_CHANGES,
  SESSION_KINDS,
  SESSION_STATUSES,
  type SessionKind,
  STAFF_ROLES,
} from '../values.ts'
import { academy, site } from './academies.ts'
import { account, enterprise } from './accounts.ts'
import { bytea, day, hours, id, instant, oneOf, period } from './kit.ts'
import { occupation } from './occupations.ts'
import { person } from './persons.ts'
import {
  handler,
  overseers,
  ownAcademy,
  ownAccount,
  ownClass,
  ownEnterprise,
  ownPerson,
  ownSeat,
  policies,
  purposeIn,
} from './rls.ts'

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

/** A session (课次): one dated meeting of a class. */
export const classSession = pgTable(
  'class_session',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** Exclusive. */
    endsAt: instant('ends_at').notNull(),
    hours: hours('hours').notNull(),
    /** What its hours are for; null: not said, as of a mixed class's sessions planned before it was asked. */
    kind: text('kind'),
    topic: text('topic'),
    /** Null: at the class's own site. */
    siteId: uuid('site_id'),
    /**
     * Whether nobody else may be at its site meanwhile (exclusion constraint `class_session_site_free`); false where two
     * sessions shared one before that was looked at.
     */
    holdsSite: boolean('holds_site').notNull().default(true),
    /** 工位: the first and the last of the workstations that it holds there, both inclusive; both null: the whole place. */
    firstStation: integer('first_station'),
    lastStation: integer('last_station'),
    status: text('status').notNull().default('planned'),
    /** Why it does not take place, as workers read it (台风停课); null while it is planned. */
    cancelReason: text('cancel_reason'),
    /**
     * 补课: the cancelled session in whose place it stands, or the one that was held and whose hours it brings back to those who missed them, so
     * that they count once; null: it stands for itself.
     */
    makesUpForId: uuid('makes_up_for_id'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    // One make-up at a time: the trigger `made_up_once` (of a session that was held another one, once the sheet of the last is closed).
    index('class_session_makes_up').on(t.academyId, t.makesUpForId).where(sql`${t.makesUpForId} is not null`),
    foreignKey({ columns: [t.academyId, t.makesUpForId], foreignColumns: [t.academyId, t.id] }),
    check('class_session_kind', oneOf(t.kind, SESSION_KINDS)),
    check('class_session_status', oneOf(t.status, SESSION_STATUSES)),
    check('class_session_cancelled', sql`(${t.status} = 'cancelled') = (${t.cancelReason} is not null)`),
    index('class_session_month').on(t.academyId, t.startsAt),
    index('class_session_class').on(t.academyId, t.classId, t.startsAt),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    foreignKey({ columns: [t.academyId, t.siteId], foreignColumns: [site.academyId, site.id] }),
    check(
      'class_session_stations',
      sql`(${t.firstStation} is null) = (${t.lastStation} is null) and ${t.firstStation} between 1 and ${t.lastStation} and ${t.lastStation} <= 10000 and (${t.firstStation} is null or ${t.siteId} is not null)`,
    ),
    check('class_session_times', sql`${t.endsAt} > ${t.startsAt}`),
    check('class_session_hours', sql`${t.hours} > 0`),
    ...policies('class_session', {
      read: [
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
        purposeIn('setup'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId), purposeIn('setup')],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)

/** What a session said before or after a change; the site by name, which may be gone by the time it is read. */
export type SessionFacts = {
  /** A day and wall-clock times of Shanghai. */
  date: string
  from: string
  to: string
  hours: number
  kind: SessionKind | null
  topic: string | null
  site: string | null
  /** Where the place is; said only where that was changed. */
  address?: string
  /** The workstations it holds there; null: the whole place; left out in changes from before they were asked. */
  stations?: { first: number; last: number } | null
  /** By name; left out in changes from before sessions had instructors. */
  instructors?: string[]
}

/**
 * A change of a published class's timetable: what those enrolled were told, and what stands beside the timetable. Rows are
 * never edited. A draft's timetable changes without them.
 */
export const classSessionChange = pgTable(
  'class_session_change',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    change: text('change').notNull(),
    /** Null where a session was added; of one that makes up for another what that other said. */
    before: jsonb('before').$type<SessionFacts>(),
    /** Null where it was cancelled. */
    after: jsonb('after').$type<SessionFacts>(),
    /** As workers read it; null where a session was added. */
    reason: text('reason'),
    accountId: uuid('account_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_session_change_class').on(t.academyId, t.classId, t.at),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_session_change_kind', oneOf(t.change, SESSION_CHANGES)),
    ...policies('class_session_change', {
      read: [sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`],
      insert: [ownAcademy(t.academyId)],
    }),
  ],
)

/**
 * A change of what a published class says of itself, a row a field: what stands beside its page as 发布后的变动, and what those with a
 * place were told. Rows are never edited. A draft changes without them; sessions have rows of their own ({@link classSessionChange}).
 */
export const classChange = pgTable(
  'class_change',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    field: text('field').notNull(),
    /** As the class's row had it; a site and an occupation by name. Null: not said; of a phone never kept. */
    before: jsonb('before').$type<ClassChangeValue>(),
    after: jsonb('after').$type<ClassChangeValue>(),
    /** As workers read it; null where none was asked for. */
    reason: text('reason'),
    accountId: uuid('account_id').notNull(),
    /** Of that account then: who changed it, as workers read it. */
    role: text('role').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_change_class').on(t.academyId, t.classId, t.at),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_change_field', oneOf(t.field, [...CLASS_CHANGE_FIELDS, ...PLAN_CHANGE_FIELDS])),
    check('class_change_role', oneOf(t.role, ROLES)),
    ...policies('class_change', {
      read: [sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`],
      insert: [ownAcademy(t.academyId), handler, purposeIn('seats')],
    }),
  ],
)

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
