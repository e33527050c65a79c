import { asc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'

/** Accounts of two records of one person. `unconfirmed`: those that will be claims again, since a person has one confirmed. */
export type AccountsOfBoth = { moved: number; unconfirmed: number }

const ofBoth = (tx: Tx, keptId: string, mergedId: string) =>
  tx
    .select({ id: account.id, personId: account.personId, confirmedAt: account.personConfirmedAt })
    .from(account)
    .where(inArray(account.personId, [keptId, mergedId]))
    .orderBy(asc(account.id))

type Row = Awaited<ReturnType<typeof ofBoth>>[number]

function counted(rows: Row[], { keptId, mergedId }: { keptId: string; mergedId: string }): AccountsOfBoth {
  const isKeptConfirmed = rows.some((row) => row.personId === keptId && row.confirmedAt !== null)
  const moving = rows.filter((row) => row.personId === mergedId)
  return {
    moved: moving.length,
    unconfirmed: isKeptConfirmed ? moving.filter((row) => row.confirmedAt !== null).length : 0,
  }
}

/** What {@link moveAccounts} would do. */
export const countAccountsOfBoth = async (
  tx: Tx,
  pair: { keptId: string; mergedId: string },
): Promise<AccountsOfBoth> => counted(await ofBoth(tx, pair.keptId, pair.mergedId), pair)

/**
 * Moves the accounts of a record that is merged to the person kept. Where both have an account that an academy confirmed,
 * the kept one's stays confirmed; the other is a claim again (it still sees what it made itself), and an academy that has
 * the document on the table decides.
 */
export async function moveAccounts(tx: Tx, pair: { keptId: string; mergedId: string }): Promise<AccountsOfBoth> {
  const rows = await ofBoth(tx, pair.keptId, pair.mergedId).for('update')
  const counts = counted(rows, pair)
  if (counts.unconfirmed > 0)
    await tx
      .update(account)
      .set({ personConfirmedAt: null, personConfirmedBy: null })
      .where(eq(account.personId, pair.mergedId))
  await tx.update(account).set({ personId: pair.keptId }).where(eq(account.personId, pair.mergedId))
  return counts
}
