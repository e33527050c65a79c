import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { person } from '#db/schema/index.ts'
import { keepPersonRevision, wholePerson } from './history.server.ts'

/** Two records of one person: the one that stays, and the one that will point to it. */
export type Pair = { keptId: string; mergedId: string }

/** Merges take turns among themselves: two of the same pair at once, and the second finds it done. */
export const takeMergeTurn = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('persons.merging'))`)

/**
 * Lets whoever is writing a person's id finish, and keeps others from beginning until the transaction ends: the trigger
 * `follow_merged_person` takes the same lock shared. To be taken after the rows of classes, as those who take seats do.
 */
export const keepWritersOut = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('persons.merge'))`)

/** Both records, locked in the order of their ids; null where one is not there. */
export async function lockPair(tx: Tx, { keptId, mergedId }: Pair) {
  const rows = await tx
    .select({ id: person.id, mergedInto: person.mergedInto, before: wholePerson })
    .from(person)
    .where(inArray(person.id, [keptId, mergedId]))
    .orderBy(asc(person.id))
    .for('update')
  const kept = rows.find((row) => row.id === keptId)
  const merged = rows.find((row) => row.id === mergedId)
  return kept && merged ? { kept, merged } : null
}

/**
 * Makes one record point to the other, and those that pointed to it with it, so that no way is two steps long. Its document
 * stays, and finds the person kept from now on. Both histories tell it. What belongs to the person is moved by its owners.
 */
export async function pointToKept(
  tx: Tx,
  pair: Pair,
  change: {
    before: { kept: Record<string, unknown>; merged: Record<string, unknown> }
    reason: string
    accountId: string
    now: Date
  },
): Promise<void> {
  const { keptId, mergedId } = pair
  const { before, ...about } = change
  await tx
    .update(person)
    .set({ mergedInto: keptId })
    .where(or(eq(person.id, mergedId), eq(person.mergedInto, mergedId)))
  await keepPersonRevision(tx, {
    ...about,
    personId: mergedId,
    change: 'merged',
    before: before.merged,
    otherId: keptId,
  })
  await keepPersonRevision(tx, { ...about, personId: keptId, change: 'kept', before: before.kept, otherId: mergedId })
}
