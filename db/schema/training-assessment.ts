import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { ASSESSED_PARTS, SESSION_STATUSES } from '../values.ts'
import { site } from './academies.ts'
import { instructor } from './academies-instructors.ts'
import { id, instant, oneOf } from './kit.ts'
import { ownAcademy, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * A sitting of a class's assessment plan (考核安排): what is assessed when and where. Who sat and with what result is an `assessment`.
 * A draft's are changed and removed; of a published class one that falls through stays, cancelled.
 */
export const assessmentSitting = pgTable(
  'assessment_sitting',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    part: text('part').notNull(),
    /** 1: the first sitting (several, where the class comes in groups); 2: the first re-sit (补考), for who has not passed by then. */
    attempt: integer('attempt').notNull().default(1),
    startsAt: instant('starts_at').notNull(),
    /** Exclusive. */
    endsAt: instant('ends_at').notNull(),
    /** A place of the academy, which nobody else has meanwhile (trigger `sitting_site`); null: elsewhere, as `place` says. */
    siteId: uuid('site_id'),
    place: text('place'),
    status: text('status').notNull().default('planned'),
    /** As workers read it; null while it is planned. */
    cancelReason: text('cancel_reason'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    unique('assessment_sitting_of_class').on(t.academyId, t.id, t.classId),
    index('assessment_sitting_class').on(t.academyId, t.classId, t.startsAt),
    index('assessment_sitting_site').on(t.academyId, t.siteId, t.startsAt).where(sql`${t.siteId} is not null`),
    // A draft may be thrown away.
    foreignKey({
      columns: [t.academyId, t.classId],
      foreignColumns: [trainingClass.academyId, trainingClass.id],
    }).onDelete('cascade'),
    foreignKey({ columns: [t.academyId, t.siteId], foreignColumns: [site.academyId, site.id] }),
    check('assessment_sitting_part', oneOf(t.part, ASSESSED_PARTS)),
    check('assessment_sitting_attempt', sql`${t.attempt} between 1 and 4`),
    check('assessment_sitting_times', sql`${t.endsAt} > ${t.startsAt}`),
    check('assessment_sitting_place', sql`(${t.siteId} is null) <> (${t.place} is null)`),
    check('assessment_sitting_status', oneOf(t.status, SESSION_STATUSES)),
    check('assessment_sitting_cancelled', sql`(${t.status} = 'cancelled') = (${t.cancelReason} is not null)`),
    ...policies('assessment_sitting', {
      read: [
        purposeIn('timetable', 'setup'),
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId)],
      // Of a class that nobody has seen yet.
      remove: [
        sql`(${ownAcademy(t.academyId)} and exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId} and c.status = 'draft'))`,
      ],
    }),
  ],
)

/**
 * Who assesses at a sitting (考评员): one of the academy's instructors, who then teaches nothing of the class (考培分离: exclusion
 * constraint `instructor_time_apart`; trigger `class_staff_apart` of who is on its staff without a session), or somebody from outside.
 */
export const sittingAssessor = pgTable(
  'sitting_assessor',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    sittingId: uuid('sitting_id').notNull(),
    classId: uuid('class_id').notNull(),
    /** Null: from outside. */
    instructorId: uuid('instructor_id'),
    /** As workers read it; of an instructor as the academy wrote it then. */
    name: text('name').notNull(),
    /** Who sends the person; null of the academy's own. */
    body: text('body'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    unique('sitting_assessor_once').on(t.academyId, t.sittingId, t.instructorId),
    index('sitting_assessor_class').on(t.academyId, t.classId),
    index('sitting_assessor_instructor').on(t.academyId, t.instructorId).where(sql`${t.instructorId} is not null`),
    foreignKey({
      columns: [t.academyId, t.sittingId, t.classId],
      foreignColumns: [assessmentSitting.academyId, assessmentSitting.id, assessmentSitting.classId],
    }).onDelete('cascade'),
    foreignKey({ columns: [t.academyId, t.instructorId], foreignColumns: [instructor.academyId, instructor.id] }),
    check('sitting_assessor_name', sql`char_length(${t.name}) between 2 and 50`),
    check('sitting_assessor_outside', sql`(${t.instructorId} is null) = (${t.body} is not null)`),
    ...policies('sitting_assessor', {
      read: [
        purposeIn('timetable', 'setup'),
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)
