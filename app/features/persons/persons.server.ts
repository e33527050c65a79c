import { eq } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { person } from '#db/schema/index.ts'
import type { DocumentType } from '#db/values.ts'
import { documentKey } from './documents.ts'
import { indexOf, open, seal } from './vault.server.ts'

/** A document as `checkDocument` passed it: the number normalised, the birth date `YYYY-MM-DD` where it holds one. */
export type CheckedDocument = { type: DocumentType; number: string; birthDate: string | null }

/** What a person is found by: HMAC of type and normalised number. */
export const documentIndex = (type: DocumentType, number: string): Buffer =>
  indexOf('document', documentKey(type, number))

/**
 * The person with a document, or null; of a record that was merged, the person kept. For the purposes `register`, `identity`, `ledger`, `seats`.
 */
export async function findPersonByDocument(
  tx: Tx,
  document: Pick<CheckedDocument, 'type' | 'number'>,
): Promise<{ id: string } | null> {
  const index = documentIndex(document.type, document.number)
  const [found] = await tx
    .select({ id: person.id, mergedInto: person.mergedInto })
    .from(person)
    .where(eq(person.documentIndex, index))
  return found ? { id: found.mergedInto ?? found.id } : null
}

/**
 * The person with a document, made where there is none: once, however many ask at the same moment. Does the same work
 * either way, so that its time does not tell whether the person was known. For the purpose `register`; a ledger makes its
 * persons in bulk.
 */
export async function findOrMakePerson(tx: Tx, document: CheckedDocument, now: Date): Promise<{ id: string }> {
  const id = newId()
  await tx
    .insert(person)
    .values({
      id,
      documentType: document.type,
      documentIndex: documentIndex(document.type, document.number),
      documentSealed: seal('person.document', id, document.number),
      birthDateSealed: document.birthDate === null ? null : seal('person.birth_date', id, document.birthDate),
      createdAt: now,
    })
    .onConflictDoNothing({ target: person.documentIndex })
  const found = await findPersonByDocument(tx, document)
  if (!found) throw new Error('a person that was just made cannot be read: the purpose of this transaction may not')
  return found
}

/** Type and number of a person's document, or null where the actor may not see the person. Mask before showing. */
export async function findDocument(tx: Tx, personId: string): Promise<{ type: DocumentType; number: string } | null> {
  const [row] = await tx
    .select({ type: person.documentType, sealed: person.documentSealed })
    .from(person)
    .where(eq(person.id, personId))
  return row ? { type: row.type as DocumentType, number: open('person.document', personId, row.sealed) } : null
}
