import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { OPENING_STATES } from '../values.ts'
import { id, instant, oneOf } from './kit.ts'
import { account, overseers, ownAcademy, policies, sponsored, standingIn } from './rls.ts'
import { trainingClass } from './training.ts'

/**
 * A draft that its academy handed to whoever has to approve it before it is published, where policy asks for that (policy subject
 * `opening`). Each handing in is a row; the class stays a draft until its academy publishes what was approved.
 */
export const classOpening = pgTable(
  'class_opening',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    classId: uuid('class_id').notNull(),
    state: text('state').notNull().default('waiting'),
    /** A digest of what was handed in, or approved: a draft that says something else by now has to be looked at again. */
    mark: text('mark').notNull(),
    askedBy: uuid('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
    /** Why it was returned, as the academy reads it. */
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('class_opening_class').on(t.academyId, t.classId, t.askedAt),
    uniqueIndex('class_opening_waiting').on(t.academyId, t.classId).where(sql`${t.state} = 'waiting'`),
    index('class_opening_asked').on(t.askedAt).where(sql`${t.state} = 'waiting'`),
    // A draft may be thrown away.
    foreignKey({
      columns: [t.academyId, t.classId],
      foreignColumns: [trainingClass.academyId, trainingClass.id],
    }).onDelete('cascade'),
    check('class_opening_state', oneOf(t.state, OPENING_STATES)),
    check(
      'class_opening_answered',
      sql`(${t.state} = 'waiting') = (${t.answeredBy} is null) and (${t.answeredBy} is null) = (${t.answeredAt} is null) and (${t.state} = 'returned') = (${t.reason} is not null)`,
    ),
    ...policies('class_opening', {
      read: overseers(t.academyId),
      insert: [sql`(${t.askedBy} = ${account} and ${t.state} = 'waiting' and ${ownAcademy(t.academyId)})`],
      update: [ownAcademy(t.academyId), sponsored(t.academyId), standingIn(t.academyId)],
      // Nobody approves what is their own academy's.
      updateTo: [
        sql`(${t.answeredBy} = ${account} and ${t.state} = 'withdrawn' and ${ownAcademy(t.academyId)})`,
        sql`(${t.answeredBy} = ${account} and ${t.state} in ('approved', 'returned') and (${sponsored(t.academyId)} or ${standingIn(t.academyId)}))`,
      ],
    }),
  ],
)
