import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ATTENDANCE_ACTS, ATTENDANCE_MARKS, ATTENDANCE_WAYS } from '../values.ts'
import { hours, id, instant, oneOf } from './kit.ts'
import { keepers, overseers, ownClass, ownEnrolment, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'
import { classSession } from './training-sessions.ts'

/** The attendance sheet of a session. Made by whoever marks first; no row: nobody has marked anything yet. */
export const attendanceSheet = pgTable(
  'attendance_sheet',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    /** From then on its hours count, and only a second person may correct it; null: still taken. */
    closedAt: instant('closed_at'),
    /** Null while it is taken, or where the clock closed it. */
    closedBy: uuid('closed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId] }),
    index('attendance_sheet_class').on(t.academyId, t.classId),
    index('attendance_sheet_open').on(t.academyId, t.sessionId).where(sql`${t.closedAt} is null`),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    check('attendance_sheet_closed', sql`${t.closedBy} is null or ${t.closedAt} is not null`),
    ...policies('attendance_sheet', {
      // Its worker reads whether it is closed: whoever sees the class's sessions.
      read: [
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
        purposeIn('attendance'),
      ],
      insert: [...keepers(t.academyId, t.classId), purposeIn('attendance')],
      update: [...keepers(t.academyId, t.classId), purposeIn('attendance')],
    }),
  ],
)

/**
 * What somebody said about one worker in one session. Rows are never edited or removed: what holds (attendance_mark) is what
 * they come to, in the order in which it happened, so that a mark that arrives late conflicts with none.
 */
export const attendanceEntry = pgTable(
  'attendance_entry',
  {
    academyId: uuid('academy_id').notNull(),
    /** Made where the mark was made, so that sending it again adds nothing. */
    id: id().notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    act: text('act').notNull(),
    /** Of `mark`: how the worker attended; null: unmarked again. Null with `in` and `out`. */
    mark: text('mark'),
    /** Of `mark`: the times that were said with it; null: none. */
    checkedInAt: instant('checked_in_at'),
    checkedOutAt: instant('checked_out_at'),
    way: text('way').notNull(),
    /** Why it was done by hand; null where a code speaks for itself. */
    reason: text('reason'),
    /** When it happened, by the clock of the device that noted it. */
    at: instant('at').notNull(),
    /** When the server heard of it. */
    recordedAt: instant('recorded_at').notNull(),
    /** Who said so: the worker for a code, else staff. */
    accountId: uuid('account_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('attendance_entry_worker').on(t.academyId, t.sessionId, t.enrolmentId, t.at),
    // A code works once per worker.
    uniqueIndex('attendance_entry_code_once')
      .on(t.academyId, t.sessionId, t.enrolmentId, t.act)
      .where(sql`${t.way} in ('code', 'spoken')`),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_entry_act', oneOf(t.act, ATTENDANCE_ACTS)),
    check('attendance_entry_mark', oneOf(t.mark, ATTENDANCE_MARKS)),
    check('attendance_entry_way', oneOf(t.way, ATTENDANCE_WAYS)),
    check(
      'attendance_entry_said',
      sql`${t.act} = 'mark' or (${t.mark} is null and ${t.checkedInAt} is null and ${t.checkedOutAt} is null)`,
    ),
    check('attendance_entry_why', sql`${t.way} in ('code', 'spoken', 'scanned') or ${t.reason} is not null`),
    ...policies('attendance_entry', {
      read: [...overseers(t.academyId), ownClass(t.classId), ownEnrolment(t.enrolmentId), purposeIn('attendance')],
      insert: [...keepers(t.academyId, t.classId), purposeIn('attendance')],
    }),
  ],
)

/** How one worker attended one session: what its entries come to. No row, or no mark: unmarked, which is not absent. */
export const attendanceMark = pgTable(
  'attendance_mark',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    classId: uuid('class_id').notNull(),
    mark: text('mark'),
    checkedInAt: instant('checked_in_at'),
    checkedOutAt: instant('checked_out_at'),
    /** How the latest entry came; null: there is none yet. */
    way: text('way'),
    /** What it comes to of the session's hours. */
    hours: hours('hours').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId, t.enrolmentId] }),
    index('attendance_mark_enrolment').on(t.academyId, t.enrolmentId),
    index('attendance_mark_class').on(t.academyId, t.classId),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_mark_mark', oneOf(t.mark, ATTENDANCE_MARKS)),
    check('attendance_mark_way', oneOf(t.way, ATTENDANCE_WAYS)),
    check('attendance_mark_hours', sql`${t.hours} >= 0`),
    ...policies('attendance_mark', {
      read: [...overseers(t.academyId), ownClass(t.classId), ownEnrolment(t.enrolmentId), purposeIn('attendance')],
      insert: [...keepers(t.academyId, t.classId), purposeIn('attendance')],
      update: [...keepers(t.academyId, t.classId), purposeIn('attendance')],
    }),
  ],
)

/** Wrong spoken codes of one worker in one session: who guesses too often has to ask the instructor. */
export const attendanceGuess = pgTable(
  'attendance_guess',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    classId: uuid('class_id').notNull(),
    wrong: integer('wrong').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId, t.enrolmentId] }),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_guess_wrong', sql`${t.wrong} >= 0`),
    ...policies('attendance_guess', {
      read: [purposeIn('attendance')],
      insert: [purposeIn('attendance')],
      update: [purposeIn('attendance')],
    }),
  ],
)
