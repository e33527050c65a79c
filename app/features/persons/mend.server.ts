import { and, eq, ne, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { markOf } from '#app/lib/mark.server.ts'
import { databaseCode, type Tx } from '#db/client.server.ts'
import { person } from '#db/schema/index.ts'
import { DOCUMENT_TYPES } from '#db/values.ts'
import { checkDocument, type DocumentRefusal } from './documents.ts'
import { keepPersonRevision, wholePerson } from './history.server.ts'
import { documentIndex } from './persons.server.ts'
import { seal } from './vault.server.ts'

const UNIQUE_VIOLATION = '23505'

export type DocumentMendRefusal =
  | { ok: false; reason: 'faults'; document: DocumentRefusal | 'type' | null; why: ReasonFault | null }
  | { ok: false; reason: 'busy' | 'changed_meanwhile' | 'same' | 'merged' }
  /** Another person has this document; `otherId` where the two may be merged, null where that was done already. */
  | { ok: false; reason: 'taken'; otherId: string | null }

/** What the page showed of a person's document, as a hidden field; tells nothing of the number. */
export const documentMark = (personId: string, index: Uint8Array): string => markOf(personId, index)

/**
 * Gives a person the right document, by the province, with a reason: sealed and indexed anew, the old one kept. From then on
 * a ledger that names the new document finds this person, and one that names the old one does not. Refused where another
 * person has it (the two may then be merged), and while a ledger is being imported. Null: no such person.
 * @returns `isNew` false where the person has it already: a second click has the same result as the first.
 */
export async function mendDocument(
  tx: Tx,
  input: {
    by: { kind: 'user'; accountId: string }
    personId: string
    type: string
    number: string
    was: string
    reason: string
    now: Date
    requestId?: string
  },
): Promise<{ ok: true; isNew: boolean } | DocumentMendRefusal | null> {
  const { personId, now, by } = input
  if (!(await takeLedgerTurn(tx))) return { ok: false, reason: 'busy' }
  const [held] = await tx
    .select({ index: person.documentIndex, mergedInto: person.mergedInto, before: wholePerson })
    .from(person)
    .where(eq(person.id, personId))
    .for('update')
  if (!held) return null
  if (held.mergedInto) return { ok: false, reason: 'merged' }
  const type = DOCUMENT_TYPES.find((known) => known === input.type)
  const checked = type && checkDocument(type, input.number, shanghaiDate(now))
  const why = readReason(input.reason)
  if (!type || !checked?.ok) {
    const document = !type ? 'type' : checked && !checked.ok ? checked.reason : null
    return { ok: false, reason: 'faults', document, why: 'fault' in why ? why.fault : null }
  }
  const index = documentIndex(type, checked.number)
  const isStale = documentMark(personId, held.index) !== input.was
  if (index.equals(held.index)) return isStale ? { ok: true, isNew: false } : { ok: false, reason: 'same' }
  if (isStale) return { ok: false, reason: 'changed_meanwhile' }
  if ('fault' in why) return { ok: false, reason: 'faults', document: null, why: why.fault }
  const [other] = await tx
    .select({ id: person.id, mergedInto: person.mergedInto })
    .from(person)
    .where(and(eq(person.documentIndex, index), ne(person.id, personId)))
  if (other) return { ok: false, reason: 'taken', otherId: takenBy(personId, other) }

  const values = {
    documentType: type,
    documentIndex: index,
    documentSealed: seal('person.document', personId, checked.number),
    birthDateSealed: checked.birthDate === null ? null : seal('person.birth_date', personId, checked.birthDate),
  }
  try {
    await tx.transaction((savepoint) => savepoint.update(person).set(values).where(eq(person.id, personId)))
  } catch (error) {
    if (databaseCode(error) !== UNIQUE_VIOLATION) throw error
    return { ok: false, reason: 'changed_meanwhile' } // somebody has just registered with it: seen on the next try
  }
  const revision = { personId, before: held.before, reason: why.reason, accountId: by.accountId, now }
  await keepPersonRevision(tx, { ...revision, change: 'document' })
  await record(tx, {
    by,
    now,
    kind: 'person.document_mended',
    detail: { type },
    subjectId: personId,
    requestId: input.requestId,
  })
  return { ok: true, isNew: true }
}

const takenBy = (personId: string, other: { id: string; mergedInto: string | null }) =>
  other.mergedInto === personId ? null : (other.mergedInto ?? other.id)

/**
 * Imports hold this for as long as they write (ledger, `takeTurn`): who a document belongs to must not change under them.
 * Not waited for, since an import may take a minute. Shared, since those who mend keep out of each other's way by the rows
 * they lock, and a lock that is just being let go of by the one before must not look like an import.
 * @returns whether it is ours until the transaction ends.
 */
export async function takeLedgerTurn(tx: Tx): Promise<boolean> {
  const [turn] = (await tx.execute(
    sql`select pg_try_advisory_xact_lock_shared(hashtext('ledger')) as is_ours`,
  )) as unknown as { is_ours: boolean }[]
  return turn!.is_ours
}
