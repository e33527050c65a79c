import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './kit.ts'
import { overseers, policies, province, purposeIn } from './rls.ts'

/** One event of the audit trail. Append only: no policy lets anyone change or remove a row. No personal data in it. */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: id().primaryKey(),
    at: instant('at').notNull(),
    /** `anonymous`, `user` or `system`. */
    actorKind: text('actor_kind').notNull(),
    /** The account that acted; null for anonymous visitors and the system. */
    actorAccountId: uuid('actor_account_id'),
    /** The system purpose that acted; null for people. */
    purpose: text('purpose'),
    /** The academy whose records were touched; null for what belongs to none. */
    academyId: uuid('academy_id'),
    /** Past tense, `noun.verb`: app/features/audit/events.ts. */
    kind: text('kind').notNull(),
    /** The row that was touched; null where the event is about many. */
    subjectId: uuid('subject_id'),
    /** Counts, states, digests: never names, numbers of documents or phones. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
    /** The request that caused it, as in the log; null from the shell. */
    requestId: text('request_id'),
  },
  (t) => [
    index('audit_event_academy_at').on(t.academyId, t.at),
    ...policies('audit_event', {
      read: [...overseers(t.academyId), purposeIn('health')],
      insert: [
        sql`(${t.actorAccountId} is not distinct from (select nullif(current_setting('app.account', true), '')::uuid))`,
      ],
    }),
  ],
)

/**
 * What a fact said before it was corrected: the old values, whole. Written in the transaction of the correction; an undone
 * import is put back from here. Append only.
 */
export const revision = pgTable(
  'revision',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    /** `class`, `enrolment`, `assessment` or `certificate`. */
    fact: text('fact').notNull(),
    factId: uuid('fact_id').notNull(),
    /** The row before the change, column names as in the database; sealed values stay sealed (hex). */
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    /** Why, in the words of whoever changed it; null for a ledger's correction. */
    reason: text('reason'),
    /** The import that changed it; null for a change made by hand. */
    importId: uuid('import_id'),
    actorAccountId: uuid('actor_account_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('revision_fact').on(t.academyId, t.factId, t.at),
    index('revision_import').on(t.importId),
    ...policies('revision', {
      read: [...overseers(t.academyId), purposeIn('ledger')],
      insert: [overseers(t.academyId)[0]!, province, purposeIn('ledger', 'credit', 'seats')],
    }),
  ],
)
