import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { account, enterprise } from './accounts.ts'
import { bytea, id, instant } from './kit.ts'
import { person } from './persons.ts'
import { ownEnterprise, policies } from './rls.ts'

/**
 * A worker on the roll of an enterprise's union: whom it may enrol as its own. It got there because the union entered the
 * whole document; an employer that somebody wrote is free text and makes nobody anyone's own. Being on the roll gives no sight of
 * anything: what the union sees are the places that it enrolled itself (`enrolment.enterprise_id`).
 */
export const enterpriseWorker = pgTable(
  'enterprise_worker',
  {
    enterpriseId: uuid('enterprise_id')
      .notNull()
      .references(() => enterprise.id),
    id: id().notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** The name as the union writes it. */
    name: text('name').notNull(),
    /** The number as it was entered, so that the union may see it (masked) without seeing the person. */
    documentSealed: bytea('document_sealed').notNull(),
    phoneSealed: bytea('phone_sealed'),
    addedBy: uuid('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
    /** When the union took the worker off; null: is on it. */
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.enterpriseId, t.id] }),
    uniqueIndex('enterprise_worker_once').on(t.enterpriseId, t.personId),
    index('enterprise_worker_person').on(t.personId),
    foreignKey({ columns: [t.addedBy], foreignColumns: [account.id] }),
    ...policies('enterprise_worker', {
      read: [ownEnterprise(t.enterpriseId)],
      insert: [ownEnterprise(t.enterpriseId)],
      update: [ownEnterprise(t.enterpriseId)],
    }),
  ],
)
