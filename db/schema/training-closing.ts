import { sql } from 'drizzle-orm'
import { check, foreignKey, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { type ClosingLack, ROLES } from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { account, overseers, ownAcademy, ownClass, policies, purposeIn, sponsored, standingIn } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * 结班: that a class was closed, when, by whom and why. A class is closed (class.status) as long as one of its closings was not taken back;
 * a trigger keeps the two in step. Whoever takes one back (重新打开) is another person than who closed it.
 */
export const classClosing = pgTable(
  'class_closing',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    closedBy: uuid('closed_by').notNull(),
    closedAt: instant('closed_at').notNull(),
    /** What was missing then and was let be; `n`: how many. */
    missing: jsonb('missing').$type<{ lack: ClosingLack; n: number }[]>().notNull(),
    /** Why it was closed all the same; null: nothing was missing. */
    closedBecause: text('closed_because'),
    /** Null: it is closed still. */
    reopenedBy: uuid('reopened_by'),
    /** Of that account then. */
    reopenedRole: text('reopened_role'),
    reopenedAt: instant('reopened_at'),
    reopenedBecause: text('reopened_because'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('class_closing_current').on(t.academyId, t.classId).where(sql`${t.reopenedAt} is null`),
    foreignKey({ columns: [t.academyId, t.classId], foreignColumns: [trainingClass.academyId, trainingClass.id] }),
    check('class_closing_reason', sql`(jsonb_array_length(${t.missing}) > 0) = (${t.closedBecause} is not null)`),
    check(
      'class_closing_reopened',
      sql`num_nulls(${t.reopenedBy}, ${t.reopenedRole}, ${t.reopenedAt}, ${t.reopenedBecause}) in (0, 4)`,
    ),
    check('class_closing_second_person', sql`${t.reopenedBy} <> ${t.closedBy}`),
    check('class_closing_role', oneOf(t.reopenedRole, ROLES)),
    ...policies('class_closing', {
      read: [...overseers(t.academyId), ownClass(t.classId), purposeIn('seats')],
      insert: [sql`(${t.closedBy} = ${account} and ${t.reopenedAt} is null and ${ownAcademy(t.academyId)})`],
      update: [ownAcademy(t.academyId), sponsored(t.academyId), standingIn(t.academyId)],
      updateTo: [
        sql`(${t.reopenedBy} = ${account} and (${ownAcademy(t.academyId)} or ${sponsored(t.academyId)} or ${standingIn(t.academyId)}))`,
      ],
    }),
  ],
)
