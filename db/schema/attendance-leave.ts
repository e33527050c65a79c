import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { LEAVE_REASONS, LEAVE_STATES } from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { account, ownAcademy, ownClass, ownEnrolment, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'
import { classSession } from './training-sessions.ts'

/**
 * Leave (请假) that a worker asked for from one session. What it does to the attendance is an entry of the sheet
 * (`attendance_entry`, way `leave`), made when it is granted. Rows are never removed.
 */
export const attendanceLeave = pgTable(
  'attendance_leave',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    /** When the session was to begin as it was asked for: it stays with the session, which may be moved. */
    startsAt: instant('starts_at').notNull(),
    reason: text('reason').notNull(),
    /** The worker's own words; null: none, which `other` does not allow. */
    remark: text('remark'),
    state: text('state').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** The worker's account. */
    askedBy: uuid('asked_by').notNull(),
    /** Of `revoked`, when that was. Null while it waits, or where the worker withdrew it before. */
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by'),
    /** Why it was refused or revoked, as the worker reads it; null: it was not. */
    refusedBecause: text('refused_because'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    // Of one session a worker asks once, and again only after a refusal or a withdrawal.
    uniqueIndex('attendance_leave_once')
      .on(t.academyId, t.sessionId, t.enrolmentId)
      .where(sql`${t.state} in ('asked', 'granted')`),
    index('attendance_leave_enrolment').on(t.academyId, t.enrolmentId),
    index('attendance_leave_class').on(t.academyId, t.classId, t.askedAt),
    index('attendance_leave_asked').on(t.academyId, t.askedAt).where(sql`${t.state} = 'asked'`),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_leave_reason', oneOf(t.reason, LEAVE_REASONS)),
    check('attendance_leave_state', oneOf(t.state, LEAVE_STATES)),
    check('attendance_leave_other', sql`${t.reason} <> 'other' or ${t.remark} is not null`),
    check(
      'attendance_leave_answered',
      sql`(${t.answeredAt} is null) = (${t.answeredBy} is null) and (${t.state} = 'withdrawn' or (${t.state} = 'asked') = (${t.answeredAt} is null))`,
    ),
    check('attendance_leave_why', sql`(${t.state} in ('refused', 'revoked')) = (${t.refusedBecause} is not null)`),
    ...policies('attendance_leave', {
      // What somebody writes of an illness is for those who answer; others read the mark that came of it.
      read: [ownAcademy(t.academyId), ownClass(t.classId), ownEnrolment(t.enrolmentId), purposeIn('attendance')],
      insert: [sql`(${ownEnrolment(t.enrolmentId)} and ${t.askedBy} = ${account} and ${t.state} = 'asked')`],
      update: [ownAcademy(t.academyId), ownClass(t.classId), ownEnrolment(t.enrolmentId)],
      updateTo: [
        ownAcademy(t.academyId),
        ownClass(t.classId),
        sql`(${ownEnrolment(t.enrolmentId)} and ${t.state} = 'withdrawn')`,
      ],
    }),
  ],
)
