import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { findOrMakePerson } from '#app/features/persons/persons.server.ts'
import { open, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, enterprise, enterpriseWorker } from '#db/schema/index.ts'
import type { RollEntry } from './roll.ts'

/** The enterprise whose union signs in. */
export type Enterprise = { id: string; name: string }

/** The viewer's enterprise; null for everybody but an enterprise's union. */
export async function findOwnEnterprise(tx: Tx, { accountId, role }: Viewer): Promise<Enterprise | null> {
  if (role !== 'enterprise_union') return null
  const [found] = await tx
    .select({ id: enterprise.id, name: enterprise.name })
    .from(account)
    .innerJoin(enterprise, eq(enterprise.id, account.enterpriseId))
    .where(eq(account.id, accountId))
  return found ?? null
}

/** A worker on the roll, masked as for those who work with the person. */
export type RollRow = { id: string; name: string; document: string; phone: string | null }

/** As many as a page chooses from; it says where there are more. */
const MOST = 500

/** The roll of the viewer's enterprise, by name. */
export async function listRoll(tx: Tx, enterpriseId: string): Promise<(RollRow & { personId: string })[]> {
  const rows = await tx
    .select()
    .from(enterpriseWorker)
    .where(and(eq(enterpriseWorker.enterpriseId, enterpriseId), isNull(enterpriseWorker.leftAt)))
    .orderBy(asc(enterpriseWorker.name), asc(enterpriseWorker.id))
    .limit(MOST)
  return rows.map(({ id, personId, name, documentSealed, phoneSealed }) => ({
    id,
    personId,
    name,
    document: maskDocument(open('enterprise_worker.document', id, documentSealed), 'working'),
    phone: phoneSealed && maskPhone(open('enterprise_worker.phone', id, phoneSealed)),
  }))
}

/** How many are on the roll. */
export const countRoll = (tx: Tx, enterpriseId: string): Promise<number> =>
  tx.$count(enterpriseWorker, and(eq(enterpriseWorker.enterpriseId, enterpriseId), isNull(enterpriseWorker.leftAt)))

type By = { viewer: Viewer; now: Date; requestId?: string }

/**
 * Puts workers on the roll, once each, however often they are entered; who was taken off comes back. Whether a person was known to the
 * system before does not show. Runs as the viewer. @returns the roll's ids of all of them, in their order, and how many are new on it.
 */
export async function enterOnRoll(
  tx: Tx,
  own: Enterprise,
  entries: readonly RollEntry[],
  { viewer, now, requestId }: By,
): Promise<{ ids: string[]; added: number }> {
  const ids: string[] = []
  let added = 0
  for (const { name, document, phone } of entries) {
    const { id: personId } = await within(tx, system('register'), () => findOrMakePerson(tx, document, now))
    const id = newId()
    const row = {
      ...{ enterpriseId: own.id, id, personId, name, addedBy: viewer.accountId, addedAt: now },
      documentSealed: seal('enterprise_worker.document', id, document.number),
      phoneSealed: phone === null ? null : seal('enterprise_worker.phone', id, phone),
    }
    const [made] = await tx
      .insert(enterpriseWorker)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: enterpriseWorker.id })
    if (made) added += 1
    ids.push(made?.id ?? (await bringBack(tx, own.id, personId)))
  }
  if (added > 0) await recordRoll(tx, own, { added, removed: 0 }, { viewer, now, requestId })
  return { ids, added }
}

async function bringBack(tx: Tx, enterpriseId: string, personId: string): Promise<string> {
  const [row] = await tx
    .update(enterpriseWorker)
    .set({ leftAt: null })
    .where(and(eq(enterpriseWorker.enterpriseId, enterpriseId), eq(enterpriseWorker.personId, personId)))
    .returning({ id: enterpriseWorker.id })
  if (!row) throw new Error('a worker on the roll cannot be read: the policies of enterprise_worker are wrong')
  return row.id
}

/** Puts pasted workers on the roll of the viewer's enterprise. Null: the viewer has none. */
export const addToRoll = (
  viewer: Viewer,
  { entries, ...by }: { entries: readonly RollEntry[]; now: Date; requestId?: string },
) =>
  as(viewer, async (tx) => {
    const own = await findOwnEnterprise(tx, viewer)
    return own && enterOnRoll(tx, own, entries, { viewer, ...by })
  })

/** Takes workers off the roll; the places that they have stay, and stay in sight. Null: the viewer has no enterprise. */
export const takeOffRoll = (
  viewer: Viewer,
  { ids, now, requestId }: { ids: readonly string[]; now: Date; requestId?: string },
) =>
  as(viewer, async (tx) => {
    const own = await findOwnEnterprise(tx, viewer)
    if (!own) return null
    const gone = await tx
      .update(enterpriseWorker)
      .set({ leftAt: now })
      .where(
        and(
          eq(enterpriseWorker.enterpriseId, own.id),
          inArray(enterpriseWorker.id, [...ids]),
          isNull(enterpriseWorker.leftAt),
        ),
      )
      .returning({ id: enterpriseWorker.id })
    if (gone.length > 0) await recordRoll(tx, own, { added: 0, removed: gone.length }, { viewer, now, requestId })
    return { removed: gone.length }
  })

const recordRoll = (
  tx: Tx,
  own: Enterprise,
  detail: { added: number; removed: number },
  { viewer, now, requestId }: By,
) => record(tx, { by: viewer, now, kind: 'roll.changed', detail, subjectId: own.id, requestId })

/** Workers of the roll by their ids, as a command of seats needs them; in the order of `ids`. */
export async function findOnRoll(tx: Tx, own: Enterprise, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(enterpriseWorker)
    .where(
      and(
        eq(enterpriseWorker.enterpriseId, own.id),
        inArray(enterpriseWorker.id, [...ids]),
        isNull(enterpriseWorker.leftAt),
      ),
    )
    .orderBy(sql`array_position(${sql.param([...ids])}::uuid[], ${enterpriseWorker.id})`)
  return rows.map(({ id, personId, name, phoneSealed }) => ({
    rollId: id,
    personId,
    name,
    phone: phoneSealed && open('enterprise_worker.phone', id, phoneSealed),
  }))
}
