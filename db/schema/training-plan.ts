import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { PlanDoubt } from '../values.ts'
import { id, instant } from './kit.ts'
import { account, overseers, ownAcademy, policies } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * Why the timetable of a class is as it is, where something about it was unusual when its academy published it or handed it in
 * for approval. Never edited: another timetable asks for another reason, in another row.
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
      read: overseers(t.academyId),
      insert: [sql`(${t.accountId} = ${account} and ${ownAcademy(t.academyId)})`],
    }),
  ],
)
