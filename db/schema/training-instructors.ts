import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instructor } from './academies-instructors.ts'
import { period } from './kit.ts'
import { person } from './persons.ts'
import { overseers, ownAcademy, policies, purposeIn } from './rls.ts'
import { sittingAssessor } from './training-assessment.ts'
import { classSession } from './training-sessions.ts'

/**
 * Who teaches a session. Triggers keep `instructor_time` and, for instructors with an account, `class_staff` in line with it.
 */
export const sessionInstructor = pgTable(
  'session_instructor',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    instructorId: uuid('instructor_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId, t.instructorId] }),
    index('session_instructor_of').on(t.academyId, t.instructorId),
    foreignKey({
      columns: [t.academyId, t.sessionId],
      foreignColumns: [classSession.academyId, classSession.id],
    }).onDelete('cascade'),
    foreignKey({ columns: [t.academyId, t.instructorId], foreignColumns: [instructor.academyId, instructor.id] }),
    ...policies('session_instructor', {
      read: [
        ...overseers(t.academyId),
        sql`exists (select 1 from instructor i where i.academy_id = ${t.academyId} and i.id = ${t.instructorId} and i.account_id = (select nullif(current_setting('app.account', true), '')::uuid))`,
        purposeIn('timetable', 'setup', 'seats', 'attendance'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)

/**
 * The time of an instructor, province-wide: what a planned session, or a sitting at which the person assesses, takes of it, so that
 * nobody is in two places at once (exclusion constraint `instructor_time_once`), nor teaches a class and assesses it
 * (`instructor_time_apart`). Written by triggers from who teaches and assesses what.
 */
export const instructorTime = pgTable(
  'instructor_time',
  {
    academyId: uuid('academy_id').notNull(),
    classId: uuid('class_id').notNull(),
    /** Null: a sitting takes it. */
    sessionId: uuid('session_id'),
    sittingId: uuid('sitting_id'),
    instructorId: uuid('instructor_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** Half-open, as the session. */
    during: period('during').notNull(),
  },
  (t) => [
    primaryKey({ name: 'instructor_time_pk', columns: [t.academyId, t.instructorId, t.classId, t.during] }),
    index('instructor_time_session').on(t.academyId, t.sessionId).where(sql`${t.sessionId} is not null`),
    index('instructor_time_sitting').on(t.academyId, t.sittingId).where(sql`${t.sittingId} is not null`),
    check('instructor_time_of', sql`(${t.sessionId} is null) <> (${t.sittingId} is null)`),
    foreignKey({
      columns: [t.academyId, t.sessionId, t.instructorId],
      foreignColumns: [sessionInstructor.academyId, sessionInstructor.sessionId, sessionInstructor.instructorId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'instructor_time_assessor',
      columns: [t.academyId, t.sittingId, t.instructorId],
      foreignColumns: [sittingAssessor.academyId, sittingAssessor.sittingId, sittingAssessor.instructorId],
    }).onDelete('cascade'),
    ...policies('instructor_time', {
      read: [purposeIn('timetable')],
      insert: [purposeIn('timetable')],
      remove: [purposeIn('timetable')],
    }),
  ],
)
