import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, oneOf } from './kit.ts'
import { headedClass, ownAcademy, ownClass, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'
import { enrolment } from './training-enrolments.ts'
import { classSession } from './training-sessions.ts'

/** Whether a class asks those who check in for their rough position. No row: it does not. */
export const attendanceLocationAsked = pgTable(
  'attendance_location_asked',
  {
    academyId: uuid('academy_id').notNull(),
    classId: uuid('class_id').notNull(),
    isAsked: boolean('is_asked').notNull(),
    changedBy: uuid('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.classId] }),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    ...policies('attendance_location_asked', {
      read: [
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
        purposeIn('attendance'),
      ],
      insert: [ownAcademy(t.academyId), headedClass(t.classId)],
      update: [ownAcademy(t.academyId), headedClass(t.classId)],
    }),
  ],
)

/**
 * Roughly where a worker was on checking in or out, if the class asks for it and the worker gave it: evidence for those who take the sheet,
 * nothing is counted by it. Removed when the sheet is locked.
 */
export const attendanceLocation = pgTable(
  'attendance_location',
  {
    academyId: uuid('academy_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    act: text('act').notNull(),
    classId: uuid('class_id').notNull(),
    /** In degrees, to a thousandth: about 100 m. */
    latitude: numeric('latitude', { precision: 5, scale: 3, mode: 'number' }).notNull(),
    longitude: numeric('longitude', { precision: 6, scale: 3, mode: 'number' }).notNull(),
    /** What the phone says of it, in metres; never less than 100. */
    accuracy: integer('accuracy').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.sessionId, t.enrolmentId, t.act] }),
    index('attendance_location_class').on(t.academyId, t.classId),
    foreignKey({ columns: [t.academyId, t.sessionId], foreignColumns: [classSession.academyId, classSession.id] }),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('attendance_location_act', oneOf(t.act, ['in', 'out'])),
    check('attendance_location_place', sql`abs(${t.latitude}) <= 90 and abs(${t.longitude}) <= 180`),
    check('attendance_location_accuracy', sql`${t.accuracy} between 100 and 100000`),
    ...policies('attendance_location', {
      read: [ownAcademy(t.academyId), ownClass(t.classId), purposeIn('attendance')],
      insert: [purposeIn('attendance')],
      remove: [purposeIn('attendance')],
    }),
  ],
)
