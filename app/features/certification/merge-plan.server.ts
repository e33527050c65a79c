import { and, asc, eq, inArray } from 'drizzle-orm'
import { type AccountsOfBoth, countAccountsOfBoth } from '#app/features/accounts/merge-accounts.server.ts'
import type { Pair } from '#app/features/persons/merge.server.ts'
import { listTaughtTwice } from '#app/features/training/merge-instructors.server.ts'
import { listSharedClasses, type SharedClass } from '#app/features/training/merge-places.server.ts'
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

/** What merging two records would do, without doing it. */
export async function planMerge(tx: Tx, pair: Pair & { now: Date }): Promise<MergePlan> {
  return (await decideMerge(tx, pair, pair.now)).shown
}

/** What merging comes to: as its page shows it, and what moves. Under the locks of the merge itself it is what is done. */
export async function decideMerge(tx: Tx, pair: Pair, now: Date) {
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
