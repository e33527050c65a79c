import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { keepRevision, record } from '#app/features/audit/audit.server.ts'
import { isDateString, shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, trainingClass } from '#db/schema/index.ts'
import type { Result } from '#db/values.ts'
import {
  type AssessedOnFault,
  type Attempt,
  faultOfDay,
  type ResultEntry,
  type ResultFault,
  readResult,
} from './results.ts'

export type ResultFaults = { enrolmentId: string; fault: ResultFault }[]
export type RecordedResults =
  | { ok: true; changed: number }
  | { ok: false; day: AssessedOnFault | null; faults: ResultFaults }

/**
 * Records what came of one day's assessment for many workers of a class at once. All or nothing. An attempt of that day
 * that was recorded before is corrected: the old values are kept, and a reason is needed. Null: no such class of the academy.
 */
export async function recordResults(
  tx: Tx,
  input: {
    viewer: Viewer
    academyId: string
    classId: string
    assessedOn: string
    entries: readonly ResultEntry[]
    reason: string
    now: Date
    requestId?: string
  },
): Promise<RecordedResults | null> {
  const { academyId, classId, assessedOn, entries, now, viewer } = input
  const [held] = await tx
    .select({ startsOn: trainingClass.startsOn })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update') // two administrators who record the same day take turns
  if (!held) return null
  const day = isDateString(assessedOn) ? faultOfDay(assessedOn, held.startsOn, shanghaiDate(now)) : 'date'
  if (day) return { ok: false, day, faults: [] }

  const rows = await listAttempts(
    tx,
    { academyId, classId, assessedOn },
    entries.map((entry) => entry.enrolmentId),
  )
  const faults: ResultFaults = []
  const changes: { row: AttemptRow; attempt: Attempt }[] = []
  for (const entry of entries) {
    const { enrolmentId } = entry
    const row = rows.find((candidate) => candidate.enrolmentId === enrolmentId)
    const read = readResult(entry, row?.attempt ?? null)
    if ('faults' in read) faults.push(...read.faults.map((fault) => ({ enrolmentId, fault })))
    else if (read.attempt && !row) faults.push({ enrolmentId, fault: 'gone' })
    else if (read.attempt && row?.hasCertificate && read.attempt.result !== 'passed')
      faults.push({ enrolmentId, fault: 'has_certificate' })
    else if (read.attempt && row) changes.push({ row, attempt: read.attempt })
  }
  const reason = input.reason.trim()
  const corrected = changes.find(({ row }) => row.attempt !== null)
  if (corrected && reason === '') faults.push({ enrolmentId: corrected.row.enrolmentId, fault: 'reason_needed' })
  if (faults.length > 0) return { ok: false, day: null, faults }

  for (const { row, attempt } of changes) {
    const id = row.assessmentId ?? newId()
    if (row.assessmentId && row.before) {
      const kept = { academyId, factId: id, before: row.before, reason, accountId: viewer.accountId, now }
      await keepRevision(tx, { ...kept, fact: 'assessment' })
      await tx
        .update(assessment)
        .set(attempt)
        .where(and(eq(assessment.academyId, academyId), eq(assessment.id, id)))
    } else {
      const { enrolmentId } = row
      await tx.insert(assessment).values({ academyId, id, enrolmentId, assessedOn, ...attempt, createdAt: now })
    }
    const detail = { classId, result: attempt.result, corrected: row.assessmentId !== null }
    const event = { by: viewer, now, academyId, subjectId: id, requestId: input.requestId }
    await record(tx, { ...event, kind: 'assessment.recorded', detail })
  }
  return { ok: true, changed: changes.length }
}

type AttemptRow = {
  enrolmentId: string
  assessmentId: string | null
  attempt: Attempt | null
  hasCertificate: boolean
  before: Record<string, unknown> | null
}

/** The seated workers among `ids` with their attempt of the day, if there is one. */
async function listAttempts(
  tx: Tx,
  { academyId, classId, assessedOn }: { academyId: string; classId: string; assessedOn: string },
  ids: string[],
): Promise<AttemptRow[]> {
  if (ids.length === 0) return []
  const hasCertificate = sql<boolean>`exists (select 1 from ${certificate} k where k.academy_id = ${assessment.academyId}
    and k.assessment_id = ${assessment.id} and k.status = 'valid')`
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      assessmentId: assessment.id,
      result: assessment.result,
      theoryScore: assessment.theoryScore,
      practicalScore: assessment.practicalScore,
      hasCertificate,
      before: sql<Record<string, unknown> | null>`to_jsonb(${assessment})`,
    })
    .from(enrolment)
    .leftJoin(
      assessment,
      and(
        eq(assessment.academyId, enrolment.academyId),
        eq(assessment.enrolmentId, enrolment.id),
        eq(assessment.assessedOn, assessedOn),
      ),
    )
    .where(
      and(
        eq(enrolment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(enrolment.seat, 'enrolled'),
        inArray(enrolment.id, ids),
      ),
    )
    .orderBy(asc(enrolment.id))
  return rows.map(({ result, theoryScore, practicalScore, ...row }) => ({
    ...row,
    attempt: result === null ? null : { result: result as Result, theoryScore, practicalScore },
  }))
}
