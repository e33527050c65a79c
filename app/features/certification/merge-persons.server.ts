import { sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { moveAccounts } from '#app/features/accounts/merge-accounts.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { takeLedgerTurn } from '#app/features/persons/mend.server.ts'
import { keepWritersOut, lockPair, type Pair, pointToKept, takeMergeTurn } from '#app/features/persons/merge.server.ts'
import { lockSharedClasses, movePlaces } from '#app/features/training/merge-places.server.ts'
import { wasFree } from '#app/features/training/unless-taken.server.ts'
import type { Tx } from '#db/client.server.ts'
import { decideMerge, type PlacedClash } from './merge-plan.server.ts'

export type Merged =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: 'faults'; isConfirmed: boolean; why: ReasonFault | null }
  | { ok: false; reason: 'clashes'; clashes: PlacedClash[] }
  | { ok: false; reason: 'busy' | 'changed_meanwhile' | 'merged_elsewhere' | 'kept_is_merged' | 'same_person' }

/**
 * Merges two records of one person, by the province, with a reason and a confirmation that was typed: all enrolments with
 * their assessments and certificates, and all accounts, belong to the person kept; the other record stays and points there,
 * so that a later ledger with its document finds the person kept. Where both sit in one class the rules of training/merge.ts
 * and merge.ts here decide, or it is refused and says what an academy has to correct first. Everything that changes is kept
 * as it was; an import that brought any of it can no longer be undone. Null: no such records.
 * It stands here because certification is the highest of the owners whose rows move.
 * Who teaches at one time as both, in a session to come, is substituted first.
 * @returns `isNew` false where they were merged so already: a second click has the same result as the first.
 */
export async function mergePersons(
  tx: Tx,
  input: Pair & { viewer: Viewer; isConfirmed: boolean; was: string; reason: string; now: Date; requestId?: string },
): Promise<Merged | null> {
  const { keptId, mergedId, viewer, now } = input
  const pair = { keptId, mergedId }
  if (keptId === mergedId) return { ok: false, reason: 'same_person' }
  await takeMergeTurn(tx)
  if (!(await takeLedgerTurn(tx))) return { ok: false, reason: 'busy' }
  await lockSharedClasses(tx, pair)
  await keepWritersOut(tx)
  const held = await lockPair(tx, pair)
  if (!held) return null
  if (held.merged.mergedInto === keptId) return { ok: true, isNew: false }
  if (held.merged.mergedInto) return { ok: false, reason: 'merged_elsewhere' }
  if (held.kept.mergedInto) return { ok: false, reason: 'kept_is_merged' }
  const { shown, shared, attempts, certificates } = await decideMerge(tx, pair, now)
  const why = readReason(input.reason)
  if (shown.clashes.length > 0) return { ok: false, reason: 'clashes', clashes: shown.clashes }
  if (shown.mark !== input.was) return { ok: false, reason: 'changed_meanwhile' }
  if (!input.isConfirmed || 'fault' in why)
    return { ok: false, reason: 'faults', isConfirmed: input.isConfirmed, why: 'fault' in why ? why.fault : null }

  const write = async (tx: Tx) => {
    await createStagedRevisions(tx)
    await moveToKept(tx, attempts, certificates)
    const moved = await movePlaces(tx, pair, shared)
    const accounts = await moveAccounts(tx, pair)
    const about = { reason: why.reason, accountId: viewer.accountId, now }
    await keepStagedRevisions(tx, { ...about, importId: null })
    await pointToKept(tx, pair, { ...about, before: { kept: held.kept.before, merged: held.merged.before } })
    await record(tx, {
      by: viewer,
      now,
      kind: 'persons.merged',
      detail: { mergedId, enrolments: moved, combined: shared.length, accounts: accounts.moved },
      subjectId: keptId,
      requestId: input.requestId,
    })
  }
  return (await wasFree(tx, write)) ? { ok: true, isNew: true } : { ok: false, reason: 'changed_meanwhile' }
}

/** Hangs attempts and certificates of places that are left behind on those that stay; the old values are staged. */
async function moveToKept(
  tx: Tx,
  attempts: readonly { id: string; enrolmentId: string }[],
  certificates: readonly { id: string; assessmentId: string }[],
): Promise<void> {
  const [movedAttempts, movedCertificates] = [JSON.stringify(attempts), JSON.stringify(certificates)]
  const attempt = sql`jsonb_to_recordset(${movedAttempts}::jsonb) as m (id uuid, "enrolmentId" uuid)`
  const held = sql`jsonb_to_recordset(${movedCertificates}::jsonb) as m (id uuid, "assessmentId" uuid)`
  await tx.execute(sql`
    insert into staged_revision
    select a.academy_id, 'assessment', a.id, to_jsonb(a) from assessment a join ${attempt} on m.id = a.id
    union all
    select k.academy_id, 'certificate', k.id, to_jsonb(k) from certificate k join ${held} on m.id = k.id`)
  await tx.execute(sql`update assessment a set enrolment_id = m."enrolmentId" from ${attempt} where m.id = a.id`)
  await tx.execute(sql`update certificate k set assessment_id = m."assessmentId" from ${held} where m.id = k.id`)
}
