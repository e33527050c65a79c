import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { LEVELS, MATERIAL_KINDS, MATERIAL_STATES } from '../values.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { account, headedClass, ownAcademy, ownEnrolment, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'
import { classRequirement } from './training-requirements.ts'

/**
 * What one worker handed in of what a class needs. It is for the worker, the class head and the academy's administrators alone: neither
 * other instructors nor sponsor and province see it, and no zip of a class's file has it. Kept as long as it is of use (app/features/materials/rules.ts): it goes,
 * with its files, when the seat is given back or refused, the class is cancelled or over for half a year, or it is not
 * asked for any more. That there was one stays in the trail.
 */
export const material = pgTable(
  'material',
  {
    academyId: uuid('academy_id').notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    requirementId: uuid('requirement_id').notNull(),
    /** Of this handing in: a new one each time, so that nobody accepts what has been replaced meanwhile. */
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    state: text('state').notNull(),
    /** Of an earlier certificate, as the worker says; null: not said, or it is none. */
    level: text('level'),
    /** Its number, sealed: one of a special-operation licence contains the document number. */
    numberSealed: bytea('number_sealed'),
    handedAt: instant('handed_at').notNull(),
    /** The worker's account. */
    handedBy: uuid('handed_by').notNull(),
    /** Null while it waits. */
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by'),
    /** Why it was refused, as the worker reads it; null: it was not. */
    refusedBecause: text('refused_because'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.enrolmentId, t.requirementId] }),
    uniqueIndex('material_id').on(t.academyId, t.id),
    index('material_class').on(t.academyId, t.classId, t.state),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    foreignKey({
      columns: [t.academyId, t.requirementId],
      foreignColumns: [classRequirement.academyId, classRequirement.id],
    }),
    check('material_state', oneOf(t.state, MATERIAL_STATES)),
    check('material_level', oneOf(t.level, LEVELS)),
    check(
      'material_answered',
      sql`(${t.state} = 'handed_in') = (${t.answeredAt} is null) and (${t.answeredAt} is null) = (${t.answeredBy} is null)`,
    ),
    check('material_why', sql`(${t.state} = 'refused') = (${t.refusedBecause} is not null)`),
    ...policies('material', {
      read: [ownAcademy(t.academyId), headedClass(t.classId), ownEnrolment(t.enrolmentId), purposeIn('materials')],
      insert: [sql`(${ownEnrolment(t.enrolmentId)} and ${t.handedBy} = ${account} and ${t.state} = 'handed_in')`],
      update: [
        ownAcademy(t.academyId),
        headedClass(t.classId),
        sql`(${ownEnrolment(t.enrolmentId)} and ${t.state} <> 'accepted')`,
      ],
      updateTo: [
        sql`((${ownAcademy(t.academyId)} or ${headedClass(t.classId)}) and ${t.answeredBy} = ${account})`,
        sql`(${ownEnrolment(t.enrolmentId)} and ${t.handedBy} = ${account} and ${t.state} = 'handed_in')`,
      ],
      remove: [purposeIn('materials')],
    }),
  ],
)

/**
 * A file of it. Its bytes lie sealed (AES-256-GCM, as columns are) under DATA_DIR by its id, where no address leads. Written as one
 * that is to go soon, and kept once the material says so: of a process that is killed in between nothing stays for long.
 */
export const materialFile = pgTable(
  'material_file',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    requirementId: uuid('requirement_id').notNull(),
    classId: uuid('class_id').notNull(),
    /** What its content is. What it was called is not kept: people write their names into it. */
    kind: text('kind').notNull(),
    /** Bytes before sealing: of a picture without what the camera wrote into it. */
    bytes: integer('bytes').notNull(),
    /** From when on it is to be removed; null: it belongs to the material. */
    dropAt: instant('drop_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('material_file_of').on(t.academyId, t.enrolmentId, t.requirementId),
    index('material_file_drop').on(t.dropAt).where(sql`${t.dropAt} is not null`),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    foreignKey({
      columns: [t.academyId, t.requirementId],
      foreignColumns: [classRequirement.academyId, classRequirement.id],
    }),
    check('material_file_kind', oneOf(t.kind, MATERIAL_KINDS)),
    check('material_file_bytes', sql`${t.bytes} > 0`),
    ...policies('material_file', {
      read: [ownAcademy(t.academyId), headedClass(t.classId), ownEnrolment(t.enrolmentId), purposeIn('materials')],
      insert: [sql`(${ownEnrolment(t.enrolmentId)} and ${t.dropAt} is not null)`],
      // What was accepted stays as it is: its files are not marked for removal, and none is put beside them.
      update: [
        sql`(${ownEnrolment(t.enrolmentId)} and (${t.dropAt} is not null or not exists (
          select 1 from material m where m.academy_id = ${t.academyId} and m.enrolment_id = ${t.enrolmentId}
            and m.requirement_id = ${t.requirementId} and m.state = 'accepted')))`,
        purposeIn('materials'),
      ],
      remove: [purposeIn('materials')],
    }),
  ],
)
