import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { DOCUMENT_TYPES, PERSON_CHANGES } from '../values.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { handler, ownPerson, policies, province, purposeIn } from './rls.ts'

/**
 * A worker as a natural person, province-wide: (document type, normalised document number). Two accounts with the same
 * document are one person. What academies write differently about one person (name, employer, phone, category) stands on
 * the enrolment.
 */
export const person = pgTable(
  'person',
  {
    id: id().primaryKey(),
    documentType: text('document_type').notNull(),
    /** HMAC-SHA-256 of type and normalised number under the index key: finds the person without storing the number. */
    documentIndex: bytea('document_index').notNull(),
    /** The normalised number, AES-256-GCM, bound to this column and row. */
    documentSealed: bytea('document_sealed').notNull(),
    /** Birth date `YYYY-MM-DD`, sealed; null where the document does not tell it. */
    birthDateSealed: bytea('birth_date_sealed'),
    /** The import that brought the person first; null for those who registered. */
    importId: uuid('import_id'),
    /**
     * The person who is kept where two records were of one person; null: this one stands for itself. Never two steps long.
     * A merged record stays, so that its document finds the person kept.
     */
    mergedInto: uuid('merged_into').references((): AnyPgColumn => person.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('person_document').on(t.documentIndex),
    index('person_import').on(t.importId).where(sql`${t.importId} is not null`),
    index('person_merged').on(t.mergedInto).where(sql`${t.mergedInto} is not null`),
    check('person_document_type', oneOf(t.documentType, DOCUMENT_TYPES)),
    check('person_merged_elsewhere', sql`${t.mergedInto} <> ${t.id}`),
    ...policies('person', {
      // Whoever may see one of a person's enrolments may see the (sealed) person: the sub-select runs under
      // the enrolments' own policies. Of a merged record, those of the person kept. (No coalesce: PostgreSQL takes it
      // for something that might leak what it sees, and would read all enrolments instead of the index.)
      read: [
        ownPerson(t.id),
        sql`exists (select 1 from enrolment e
          where e.person_id = case when ${t.mergedInto} is null then ${t.id} else ${t.mergedInto} end)`,
        handler,
        purposeIn('register', 'identity', 'ledger', 'figures', 'seats'),
      ],
      insert: [purposeIn('register', 'ledger')],
      update: [handler],
      remove: [purposeIn('ledger')],
    }),
  ],
)

/**
 * What a person's record said before it was mended or merged by hand: the old values, whole. Written in the transaction of
 * the change. Append only. What changes on the person's enrolments, assessments and certificates is a `revision` of these.
 */
export const personRevision = pgTable(
  'person_revision',
  {
    id: id().primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** `document`: another number or type; `merged`: into `other_id`; `kept`: took in `other_id`; `name`: on every enrolment. */
    change: text('change').notNull(),
    /** The row before the change, column names as in the database; sealed values stay sealed (hex). */
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    /** The other person of a merge; null otherwise. */
    otherId: uuid('other_id').references(() => person.id),
    /** Why, in the words of whoever changed it. */
    reason: text('reason').notNull(),
    actorAccountId: uuid('actor_account_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('person_revision_of').on(t.personId, t.at),
    check('person_revision_change', oneOf(t.change, PERSON_CHANGES)),
    ...policies('person_revision', { read: [province, purposeIn('ledger')], insert: [handler] }),
  ],
)
