import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { DAY_CHANGES, DAY_KINDS, type PlanDoubt } from '../values.ts'
import { day, id, instant, oneOf } from './kit.ts'
import { account, overseers, ownAcademy, ownClass, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'
import { assessmentSitting } from './training-assessment.ts'
import { classSession } from './training-sessions.ts'

/**
 * Why the timetable of a class is as it is, where something about it was unusual when its academy published it or handed it in
 * for approval, or why its sessions or sittings stay on days that the work calendar changed since ({@link sessionDayChange}). Never edited: another timetable asks for another reason, in another row.
 */
export const classPlanAffirmed = pgTable(
  'class_plan_affirmed',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    /** What was shown beside the reason. */
    doubts: jsonb('doubts').$type<PlanDoubt[]>().notNull(),
    /** A digest of the doubts: others have to be explained anew. */
    mark: text('mark').notNull(),
    reason: text('reason').notNull(),
    accountId: uuid('account_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_plan_affirmed_class').on(t.academyId, t.classId, t.at),
    // A draft may be thrown away.
    foreignKey({
      columns: [t.academyId, t.classId],
      foreignColumns: [trainingClass.academyId, trainingClass.id],
    }).onDelete('cascade'),
    check('class_plan_affirmed_reason', sql`char_length(${t.reason}) between 2 and 200`),
    ...policies('class_plan_affirmed', {
      // The class's own instructors: its head reads why a session stays.
      read: [...overseers(t.academyId), ownClass(t.classId)],
      insert: [sql`(${t.accountId} = ${account} and ${ownAcademy(t.academyId)})`],
    }),
  ],
)

/**
 * The work calendar made the day of a planned session, or of a sitting of the assessment, another one after the class was published. It is
 * asked about until that is moved or cancelled, the academy says that it stays (`class_plan_affirmed`), or the day is again what it was. Rows are never edited.
 */
export const sessionDayChange = pgTable(
  'session_day_change',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    /** One of the two. */
    sessionId: uuid('session_id'),
    sittingId: uuid('sitting_id'),
    /** The day of it then: of one that was moved since nothing is asked any more. */
    day: day('day').notNull(),
    /** What the day was when somebody planned on it, as far as the calendar's changes since say. */
    was: text('was').notNull(),
    becomes: text('becomes').notNull(),
    /** The holiday; of a workday the one that it no longer is of. */
    name: text('name').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('session_day_change_class').on(t.academyId, t.classId),
    index('session_day_change_session').on(t.academyId, t.sessionId),
    index('session_day_change_sitting').on(t.academyId, t.sittingId).where(sql`${t.sittingId} is not null`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({
      columns: [t.academyId, t.sittingId],
      foreignColumns: [assessmentSitting.academyId, assessmentSitting.id],
    }),
    check('session_day_change_of', sql`(${t.sessionId} is null) <> (${t.sittingId} is null)`),
    check('session_day_change_was', oneOf(t.was, DAY_KINDS)),
    check('session_day_change_becomes', oneOf(t.becomes, DAY_CHANGES)),
    ...policies('session_day_change', {
      read: [...overseers(t.academyId), ownClass(t.classId), purposeIn('timetable')],
      insert: [purposeIn('timetable')],
    }),
  ],
)
