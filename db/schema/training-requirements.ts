import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { REQUIREMENT_KINDS } from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { ownAcademy, policies, purposeIn } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * One thing that a class needs of each of its workers, to be handed in here: a photograph, an earlier certificate … What is to
 * be shown on arrival only is a text of the class (`documents_needed`). What was handed in is `material`.
 */
export const classRequirement = pgTable(
  'class_requirement',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    kind: text('kind').notNull(),
    /** The academy's own words; null: the kind says it. */
    name: text('name'),
    /** Since when it is not asked for any more; null: it is. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    // Asked for again it is the same one.
    unique('class_requirement_once').on(t.academyId, t.classId, t.kind, t.name).nullsNotDistinct(),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_requirement_kind', oneOf(t.kind, REQUIREMENT_KINDS)),
    check(
      'class_requirement_name',
      sql`(${t.kind} = 'other') = (${t.name} is not null) and char_length(${t.name}) between 2 and 40`,
    ),
    ...policies('class_requirement', {
      read: [
        sql`exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId})`,
        purposeIn('setup'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('setup')],
      update: [ownAcademy(t.academyId)],
      // With its draft.
      remove: [
        sql`(${ownAcademy(t.academyId)} and exists (select 1 from class c where c.academy_id = ${t.academyId} and c.id = ${t.classId} and c.status = 'draft'))`,
      ],
    }),
  ],
)
