import { and, desc, eq, or, sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { person, personRevision } from '#db/schema/index.ts'
import type { DocumentType, PersonChange } from '#db/values.ts'
import { maskDocument, maskName } from './masking.ts'
import { open } from './vault.server.ts'

/** Keeps what a person's record said before it is changed by hand, in the transaction of the change. */
export async function keepPersonRevision(
  tx: Tx,
  kept: {
    personId: string
    change: PersonChange
    before: Record<string, unknown>
    otherId?: string
    reason: string
    accountId: string
    now: Date
  },
): Promise<void> {
  await tx.insert(personRevision).values({
    id: newId(),
    personId: kept.personId,
    change: kept.change,
    before: kept.before,
    otherId: kept.otherId ?? null,
    reason: kept.reason,
    actorAccountId: kept.accountId,
    at: kept.now,
  })
}

/** The whole row of a person as a revision keeps it: sealed values stay sealed. */
export const wholePerson = sql<Record<string, unknown>>`to_jsonb(${person})`

/** A change of a person's record, masked. `before`: the document, or the names, that it had. */
export type PersonHistoryRow = {
  id: string
  change: PersonChange
  before: { type: DocumentType; document: string } | { names: string[] } | null
  otherId: string | null
  reason: string
  accountId: string
  at: Date
}

/** What was changed by hand in a person's record, the latest first; the province alone may read it. */
export async function listPersonHistory(tx: Tx, personId: string): Promise<PersonHistoryRow[]> {
  const rows = await tx
    .select()
    .from(personRevision)
    .where(eq(personRevision.personId, personId))
    .orderBy(desc(personRevision.at), desc(personRevision.id))
    .limit(100)
  return rows.map(({ id, change, before, otherId, reason, actorAccountId, at }) => ({
    id,
    change: change as PersonChange,
    before: shown(personId, change as PersonChange, before),
    otherId,
    reason,
    accountId: actorAccountId,
    at,
  }))
}

/**
 * The document of a person, and those that were on record before or that records merged into this one have, as numbers:
 * for comparing inside the server, never to be shown. The province's handler alone may read them.
 */
export async function listDocuments(tx: Tx, personId: string): Promise<{ current: string; earlier: string[] }> {
  const records = await tx
    .select({ id: person.id, sealed: person.documentSealed })
    .from(person)
    .where(or(eq(person.id, personId), eq(person.mergedInto, personId)))
  const numbers = new Map(records.map(({ id, sealed }) => [id, open('person.document', id, sealed)]))
  const kept = await tx
    .select({ id: personRevision.personId, before: personRevision.before })
    .from(personRevision)
    .innerJoin(person, eq(person.id, personRevision.personId))
    .where(and(or(eq(person.id, personId), eq(person.mergedInto, personId)), eq(personRevision.change, 'document')))
  const once = kept.map(({ id, before }) => open('person.document', id, sealedBefore(before)))
  const current = numbers.get(personId) ?? ''
  const earlier = new Set([...numbers.values(), ...once])
  earlier.delete(current)
  return { current, earlier: [...earlier] }
}

/** The sealed document of a row as a revision keeps it (`to_jsonb` writes bytea as hex). */
const sealedBefore = (before: Record<string, unknown>): Buffer =>
  Buffer.from(String(before.document_sealed).replace(/^\\x/, ''), 'hex')

function shown(personId: string, change: PersonChange, before: Record<string, unknown>): PersonHistoryRow['before'] {
  if (change === 'name') return { names: (before.names as string[]).map(maskName) }
  if (change !== 'document') return null
  const type = before.document_type as DocumentType
  return { type, document: maskDocument(open('person.document', personId, sealedBefore(before))) }
}
