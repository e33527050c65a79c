import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { type AccountsOfBoth, countAccountsOfBoth, moveAccounts } from '#app/features/accounts/merge-accounts.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { takeLedgerTurn } from '#app/features/persons/mend.server.ts'
import { keepWritersOut, lockPair, type Pair, pointToKept, takeMergeTurn } from '#app/features/persons/merge.server.ts'
import { listTaughtTwice } from '#app/features/training/merge-instructors.server.ts'
import {
  listSharedClasses,
  lockSharedClasses,
  movePlaces,
  type SharedClass,
} from '#app/features/training/merge-places.server.ts'
import { wasFree } from '#app/features/training/unless-taken.server.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment } from '#db/schema/index.ts'
import type { Result } from '#db/values.ts'
import { type MergeAttempt, type MergeClash, moveAttempts } from './merge.ts'

/** A class in which two records of one person clash; `other`: where the record kept teaches at that time. */
export type PlacedClash = (MergeClash | { on: string; reason: 'taught_twice' }) & {
  academyId: string
  academyName: string
  classId: string
  code: string
  other?: string
}

/** What merging would do. `mark`: what of the two records it was decided on. */
export type MergePlan = {
  mark: string
  /** Enrolments of the record that goes, and how many of them are combined with one of the kept person's. */
  enrolments: number
  combined: { academyName: string; code: string; name: string }[]
  accounts: AccountsOfBoth
  clashes: PlacedClash[]
  /** No enrolment of the one bears a name of the other: they may well be two people. */
  isOtherName: boolean
}

export type Merged =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: 'faults'; isConfirmed: boolean; why: ReasonFault | null }
  | { ok: false; reason: 'clashes'; clashes: PlacedClash[] }
  | { ok: false; reason: 'busy' | 'changed_meanwhile' | 'merged_elsewhere' | 'kept_is_merged' | 'same_person' }

/** What merging two records would do, without doing it. */
export async function planMerge(tx: Tx, pair: Pair & { now: Date }): Promise<MergePlan> {
  return (await plan(tx, pair, pair.now)).shown
}

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
  const { shown, shared, attempts, certificates } = await plan(tx, pair, now)
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

async function plan(tx: Tx, pair: Pair, now: Date) {
  const shared = await listSharedClasses(tx, pair)
  const found = await listAttemptsOf(tx, shared)
  const attempts: { id: string; enrolmentId: string }[] = []
  const certificates: { id: string; assessmentId: string }[] = []
  const clashes: PlacedClash[] = []
  for (const { academyId, academyName, classId, code, kept, merged, combined } of shared) {
    const of = (enrolmentId: string) => found.filter((attempt) => attempt.enrolmentId === enrolmentId)
    const moves = moveAttempts(kept.id, of(kept.id), of(merged.id))
    attempts.push(...moves.attempts)
    certificates.push(...moves.certificates)
    const hours: MergeClash[] = combined ? [] : [{ on: null, reason: 'hours_differ' }]
    const place = { academyId, academyName, classId, code }
    clashes.push(...[...hours, ...moves.clashes].map((clash) => ({ ...clash, ...place })))
  }
  const taught = await listTaughtTwice(tx, { ...pair, now })
  clashes.push(...taught.map((one) => ({ ...one, reason: 'taught_twice' as const })))
  const enrolments = await tx
    .select({ id: enrolment.id, personId: enrolment.personId, name: enrolment.name })
    .from(enrolment)
    .where(inArray(enrolment.personId, [pair.keptId, pair.mergedId]))
    .orderBy(asc(enrolment.id))
  const accounts = await countAccountsOfBoth(tx, pair)
  const [names, others] = [pair.keptId, pair.mergedId].map((id) => namesOf(enrolments, id)) as [string[], string[]]
  const decidedOn = [
    { keptId: pair.keptId, mergedId: pair.mergedId },
    enrolments,
    shared.map(({ kept, merged }) => [kept, merged]),
    found,
    accounts,
  ]
  const shown: MergePlan = {
    mark: markOf(JSON.stringify(decidedOn)),
    enrolments: enrolments.filter((row) => row.personId === pair.mergedId).length,
    combined: shared.map(({ academyName, code, name }) => ({ academyName, code, name })),
    accounts,
    clashes,
    isOtherName: names.length > 0 && others.length > 0 && !names.some((name) => others.includes(name)),
  }
  return { shown, shared, attempts, certificates }
}

const namesOf = (enrolments: readonly { personId: string; name: string }[], id: string): string[] =>
  enrolments.flatMap(({ personId, name }) => (personId === id ? [name] : []))

/** The attempts on places of shared classes, with their certificates. */
async function listAttemptsOf(tx: Tx, shared: readonly SharedClass[]): Promise<MergeAttempt[]> {
  const ids = shared.flatMap(({ kept, merged }) => [kept.id, merged.id])
  if (ids.length === 0) return []
  const rows = await tx
    .select({ attempt: assessment, certificate })
    .from(assessment)
    .leftJoin(
      certificate,
      and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id)),
    )
    .where(inArray(assessment.enrolmentId, ids))
    .orderBy(asc(assessment.id), asc(certificate.id))
  const attempts = new Map(rows.map(({ attempt }) => [attempt.id, attempt]))
  return [...attempts.values()].map(({ id, enrolmentId, assessedOn, result }) => ({
    id,
    enrolmentId,
    assessedOn,
    result: result as Result,
    certificates: rows.flatMap((row) => (row.attempt.id === id && row.certificate ? [row.certificate] : [])),
  }))
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
