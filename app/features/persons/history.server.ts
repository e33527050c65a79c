import { desc, eq, sql } from 'drizzle-orm'
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

function shown(personId: string, change: PersonChange, before: Record<string, unknown>): PersonHistoryRow['before'] {
  if (change === 'name') return { names: (before.names as string[]).map(maskName) }
  if (change !== 'document') return null
  const sealed = Buffer.from(String(before.document_sealed).replace(/^\\x/, ''), 'hex')
  const type = before.document_type as DocumentType
  return { type, document: maskDocument(open('person.document', personId, sealed)) }
}
