import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { keepRevision, record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  assessment,
  certificate,
  classStaff,
  enrolment,
  proposedResult,
  trainingClass,
} from '#db/schema/index.ts'
import type { Result } from '#db/values.ts'
import { type LeftUnconfirmed, leftBecause } from './confirm.ts'
import { attemptOf } from './propose.server.ts'
import { attemptMark } from './results.ts'
import { tellOfResults } from './told.server.ts'

export type Confirmed = { ok: true; changed: number; left: { id: string; because: LeftUnconfirmed }[] }

type Asked = {
  viewer: Viewer
  academyId: string
  classId: string
  /** Proposals. What is not open any more is passed over: confirming twice is confirming once. */
  ids: readonly string[]
  now: Date
  requestId?: string
}

/**
 * Confirms results that somebody else entered: each becomes an assessment, or corrects the one of its day, whose old values are
 * kept with the reason. Who may not, and what has changed since, is left as it is and told (confirm.ts). Null: no such class of the academy.
 */
export async function confirmResults(tx: Tx, asked: Asked): Promise<Confirmed | null> {
  const { viewer, academyId, classId, now, requestId } = asked
  const held = await lockClass(tx, asked)
  if (!held) return null
  const staff = await tx
    .select({ accountId: classStaff.accountId })
    .from(classStaff)
    .where(and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId)))
  const of = {
    accountId: viewer.accountId,
    staff: staff.map((one) => one.accountId),
    classStartsOn: held.startsOn,
  }
  const answer: Confirmed = { ok: true, changed: 0, left: [] }
  const made: (typeof assessment.$inferInsert)[] = []
  const done: { id: string; proposal: typeof proposedResult.$inferSelect; corrected: boolean }[] = []
  for (const row of await listWaiting(tx, asked)) {
    const { proposal, confirmed, before } = row
    const because = leftBecause(
      {
        ...proposal,
        isSeated: row.seat === 'enrolled',
        isPassed: proposal.result === 'passed',
        now: confirmed && attemptMark(attemptOf(confirmed)),
        hasCertificate: row.hasCertificate,
      },
      of,
    )
    if (because) {
      answer.left.push({ id: proposal.id, because })
      continue
    }
    const id = confirmed?.id ?? newId()
    const { enrolmentId, assessedOn } = proposal
    if (confirmed && before) {
      const kept = { academyId, factId: id, before, reason: proposal.reason ?? undefined, now }
      await keepRevision(tx, { ...kept, fact: 'assessment', accountId: viewer.accountId })
      await tx
        .update(assessment)
        .set(attemptOf(proposal))
        .where(and(eq(assessment.academyId, academyId), eq(assessment.id, id)))
    } else made.push({ academyId, id, enrolmentId, assessedOn, ...attemptOf(proposal), createdAt: now })
    done.push({ id, proposal, corrected: confirmed !== null })
  }
  // What row-level security asks of a result is that its proposal is open: decided last.
  if (made.length > 0) await tx.insert(assessment).values(made)
  await decide(
    tx,
    asked,
    done.map(({ proposal }) => proposal.id),
    { state: 'confirmed' },
  )
  for (const { id, corrected, proposal } of done) {
    const { result, proposedBy } = proposal
    const event = { by: viewer, now, academyId, subjectId: id, requestId }
    await record(tx, { ...event, kind: 'assessment.recorded', detail: { classId, result, corrected, proposedBy } })
  }
  const results = done.map(({ proposal: { id: proposalId, enrolmentId, assessedOn, result } }) => ({
    ...{ proposalId, enrolmentId, assessedOn, result: result as Result },
  }))
  const { academyCode, name: className } = held
  await tellOfResults(tx, { academyId, academyCode, classId, className, results, now })
  answer.changed = done.length
  return answer
}

/**
 * Does not confirm results: they wait no more, and who entered them sees why. Whoever entered them may take them back so. Null: no
 * such class of the academy.
 */
export async function returnResults(
  tx: Tx,
  asked: Asked & { reason: string },
): Promise<{ ok: true; changed: number } | { ok: false; reason: 'reason_needed' } | null> {
  if (!(await lockClass(tx, asked))) return null
  const returnedBecause = asked.reason.trim()
  if (returnedBecause === '') return { ok: false, reason: 'reason_needed' }
  const ids = (await listWaiting(tx, asked)).map(({ proposal }) => proposal.id)
  if (ids.length === 0) return { ok: true, changed: 0 }
  await decide(tx, asked, ids, { state: 'returned', returnedBecause })
  const { viewer: by, now, academyId, classId: subjectId, requestId } = asked
  const detail = { results: ids.length }
  await record(tx, { by, now, academyId, subjectId, requestId, kind: 'results.returned', detail })
  return { ok: true, changed: ids.length }
}

/** Those who enter and confirm results of one class take turns. Of a closed class nothing waits, and nothing is found. */
async function lockClass(tx: Tx, { academyId, classId }: Asked) {
  const [held] = await tx
    .select({ startsOn: trainingClass.startsOn, name: trainingClass.name, academyCode: academy.code })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(
      and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId), ne(trainingClass.status, 'closed')),
    )
    .for('no key update', { of: trainingClass })
  return held
}

/** The open ones among `ids`, each with what is confirmed of its day, locked. */
async function listWaiting(tx: Tx, { academyId, classId, ids }: Asked) {
  if (ids.length === 0) return []
  return tx
    .select({
      proposal: proposedResult,
      seat: enrolment.seat,
      confirmed: assessment,
      before: sql<Record<string, unknown> | null>`to_jsonb(${assessment})`,
      hasCertificate: sql<boolean>`exists (select 1 from ${certificate} k where k.academy_id = ${assessment.academyId}
        and k.assessment_id = ${assessment.id} and k.status = 'valid')`,
    })
    .from(proposedResult)
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, proposedResult.academyId), eq(enrolment.id, proposedResult.enrolmentId)),
    )
    .leftJoin(
      assessment,
      and(
        eq(assessment.academyId, proposedResult.academyId),
        eq(assessment.enrolmentId, proposedResult.enrolmentId),
        eq(assessment.assessedOn, proposedResult.assessedOn),
      ),
    )
    .where(
      and(
        eq(proposedResult.academyId, academyId),
        eq(proposedResult.state, 'open'),
        eq(enrolment.classId, classId),
        inArray(proposedResult.id, [...ids]),
      ),
    )
    .orderBy(asc(proposedResult.id))
    .for('update', { of: proposedResult })
}

async function decide(
  tx: Tx,
  { viewer, academyId, now }: Asked,
  ids: string[],
  to: { state: 'confirmed' } | { state: 'returned'; returnedBecause: string },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(proposedResult)
    .set({ ...to, decidedBy: viewer.accountId, decidedAt: now })
    .where(and(eq(proposedResult.academyId, academyId), inArray(proposedResult.id, ids)))
}
