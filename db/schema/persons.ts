import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { DOCUMENT_TYPES } from '../values.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { ownPerson, policies, purposeIn } from './rls.ts'

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
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('person_document').on(t.documentIndex),
    index('person_import').on(t.importId).where(sql`${t.importId} is not null`),
    check('person_document_type', oneOf(t.documentType, DOCUMENT_TYPES)),
    ...policies('person', {
      // Whoever may see one of a person's enrolments may see the (sealed) person: the sub-select runs under
      // the enrolments' own policies.
      read: [
        ownPerson(t.id),
        sql`exists (select 1 from enrolment e where e.person_id = ${t.id})`,
        purposeIn('register', 'identity', 'ledger', 'figures', 'seats'),
      ],
      insert: [purposeIn('register', 'ledger')],
      remove: [purposeIn('ledger')],
    }),
  ],
)
