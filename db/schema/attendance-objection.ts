import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { ATTENDANCE_MARKS, OBJECTION_STATES } from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { account, overseers, ownAcademy, ownEnrolment, policies, purposeIn, sponsored, standingIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'
import { classSession } from './training-sessions.ts'

/**
 * A worker's objection (异议) to how a closed sheet marked them. It changes nothing by itself: whoever accepts it corrects the
 * sheet (`attendance_entry`, way `correction`). Rows are never removed.
 */
export const attendanceObjection = pgTable(
  'attendance_objection',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    sessionId: uuid('session_id').notNull(),
    classId: uuid('class_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    /** The worker's own words. */
    text: text('text').notNull(),
    /** What the sheet said when it was objected to; null: unmarked. */
    mark: text('mark'),
    /** The correction that it is about, by when it was made; null: what the sheet said when it was closed. */
    correctedAt: instant('corrected_at'),
    state: text('state').notNull(),
    objectedAt: instant('objected_at').notNull(),
    /** The worker's account. */
    objectedBy: uuid('objected_by').notNull(),
    /** Null while it waits. */
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by'),
    /** Why it was accepted or refused, as the worker reads it; null while it waits. */
    answer: text('answer'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    // Of one sheet a worker objects once, and once more after each correction.
    unique('attendance_objection_once').on(t.academyId, t.sessionId, t.enrolmentId, t.correctedAt).nullsNotDistinct(),
    index('attendance_objection_enrolment').on(t.academyId, t.enrolmentId),
    index('attendance_objection_open').on(t.academyId, t.objectedAt).where(sql`${t.state} = 'open'`),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_objection_mark', oneOf(t.mark, ATTENDANCE_MARKS)),
    check('attendance_objection_state', oneOf(t.state, OBJECTION_STATES)),
    check(
      'attendance_objection_answered',
      sql`(${t.state} = 'open') = (${t.answeredAt} is null and ${t.answeredBy} is null and ${t.answer} is null)`,
    ),
    check('attendance_objection_other', sql`${t.answeredBy} <> ${t.objectedBy}`),
    ...policies('attendance_objection', {
      read: [...overseers(t.academyId), ownEnrolment(t.enrolmentId), purposeIn('attendance')],
      insert: [sql`(${ownEnrolment(t.enrolmentId)} and ${t.objectedBy} = ${account} and ${t.state} = 'open')`],
      update: [ownAcademy(t.academyId), sponsored(t.academyId), standingIn(t.academyId)],
    }),
  ],
)
