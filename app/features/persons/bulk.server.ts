import { type SQL, sql } from 'drizzle-orm'
import { databaseCode, type Tx } from '#db/client.server.ts'

const FOREIGN_KEY_VIOLATION = '23503'

/**
 * Statements that make the persons of an import that are new, from `staged_person` (id, document_index, first_row, is_new),
 * whose sealed values stand in `staged_row` (row, document_type, document_sealed, birth_date_sealed), sealed for that id.
 */
export const personsToAdd = ({ importId, now }: { importId: string; now: Date }): SQL[] => [
  sql`
    insert into person (id, document_type, document_index, document_sealed, birth_date_sealed, import_id, created_at)
    select n.id, r.document_type, n.document_index, r.document_sealed, r.birth_date_sealed, ${importId}::uuid,
      ${now.toISOString()}::timestamptz
    from staged_person n join staged_row r on r."row" = n.first_row
    where n.is_new`,
]

/**
 * Removes the persons whom an import brought and whom nothing names any more. Accounts are not visible to an import: where
 * one of these persons has an account, all of them stay (they are sealed, and found again). Whoever was mended or merged stays.
 * @returns how many were removed.
 */
export async function removeImportedPersons(tx: Tx, importId: string): Promise<number> {
  try {
    return await tx.transaction(async (savepoint) => {
      const removed = await savepoint.execute(sql`
        delete from person p
        where p.import_id = ${importId}::uuid and p.merged_into is null
          and not exists (select 1 from enrolment e where e.person_id = p.id)
          and not exists (select 1 from instructor i where i.person_id = p.id)
          and not exists (select 1 from person m where m.merged_into = p.id)
          and not exists (select 1 from person_revision r where r.person_id = p.id or r.other_id = p.id)`)
      return removed.count
    })
  } catch (error) {
    if (databaseCode(error) !== FOREIGN_KEY_VIOLATION) throw error
    return 0
  }
}
