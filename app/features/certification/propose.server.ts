import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { isDateString, shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, classSession, enrolment, proposedResult, trainingClass } from '#db/schema/index.ts'
import type { Result, ResultDoubt } from '#db/values.ts'
import {
  type AssessedOnFault,
  type Attempt,
  attemptMark,
  doubtsOf,
  faultOfDay,
  isSameAttempt,
  type ResultEntry,
  type ResultFault,
  readResult,
} from './results.ts'
import { tellOfWaiting } from './waiting-told.server.ts'

export type ResultFaults = { enrolmentId: string; fault: ResultFault }[]
export type ResultDoubts = { enrolmentId: string; doubts: ResultDoubt[] }[]
/** `doubted`: what speaks against results, as long as nobody affirmed them all the same. */
export type ProposedResults =
  | { ok: true; changed: number }
  | { ok: false; day: AssessedOnFault | null; faults: ResultFaults; doubted: ResultDoubts }

type Asked = {
  viewer: Viewer
  academyId: string
  classId: string
  assessedOn: string
  entries: readonly ResultEntry[]
  reason: string
  /** Whoever enters them said that those with doubts are right all the same. */
  isAffirmed: boolean
  now: Date
  requestId?: string
}

/**
 * Enters what came of one day's assessment for many workers of a class at once, for a second person to confirm
 * (confirm.server.ts), who is told that they wait: until then it counts nowhere. All or nothing. What was entered before and is not confirmed yet is replaced; a
 * confirmed result is corrected in the same way, with a reason. `changed`: how many now wait, or wait no more. Null: no such class of the academy, or a closed one.
 */
export async function proposeResults(tx: Tx, asked: Asked): Promise<ProposedResults | null> {
  const checked = await checkResults(tx, asked)
  if (!checked?.ok) return checked
  const { academyId, classId, assessedOn, now, viewer } = asked
  const { changes, className } = checked
  const open = changes.flatMap(({ row }) => row.proposal?.id ?? [])
  if (open.length > 0)
    await tx
      .update(proposedResult)
      .set({ state: 'replaced', decidedBy: viewer.accountId, decidedAt: now })
      .where(and(eq(proposedResult.academyId, academyId), inArray(proposedResult.id, open)))
  const entered = changes.filter(({ row, attempt }) => !isSameAttempt(attempt, row.attempt))
  const doubted = entered.filter(({ doubts }) => doubts.length > 0).length
  const reason = asked.reason.trim()
  if (entered.length > 0)
    await tx.insert(proposedResult).values(
      entered.map(({ row, attempt, doubts }) => ({
        ...{ academyId, id: newId(), enrolmentId: row.enrolmentId, assessedOn, ...attempt, doubts },
        ...(row.attempt ? { corrects: attemptMark(row.attempt), reason } : {}),
        ...{ state: 'open', proposedBy: viewer.accountId, proposedAt: now },
      })),
    )
  if (changes.length > 0) {
    const corrections = entered.filter(({ row }) => row.attempt !== null).length
    const detail = { assessedOn, results: entered.length, corrections, replaced: open.length, doubted }
    const event = { by: viewer, now, academyId, subjectId: classId, requestId: asked.requestId }
    await record(tx, { ...event, kind: 'results.proposed', detail })
    if (entered.length > 0) await tellOfWaiting(tx, { viewer, academyId, classId, className, now })
  }
  return { ok: true, changed: changes.length }
}

type Change = { row: DayRow; attempt: Attempt; doubts: ResultDoubt[] }

/** What {@link proposeResults} would do, or why it would not, without doing it. */
export async function checkResults(
  tx: Tx,
  { academyId, classId, assessedOn, entries, reason, isAffirmed, now }: Asked,
): Promise<{ ok: true; changes: Change[]; className: string } | Extract<ProposedResults, { ok: false }> | null> {
  const [held] = await tx
    .select({ startsOn: trainingClass.startsOn, className: trainingClass.name, lastSessionOn })
    .from(trainingClass)
    .where(
      and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId), ne(trainingClass.status, 'closed')),
    )
    .for('no key update') // those who enter and confirm results of one class take turns
  if (!held) return null
  const day = isDateString(assessedOn) ? faultOfDay(assessedOn, held.startsOn, shanghaiDate(now)) : 'date'
  if (day) return { ok: false, day, faults: [], doubted: [] }

  const ids = entries.map((entry) => entry.enrolmentId)
  const rows = new Map(
    (await listDay(tx, { academyId, classId, assessedOn }, ids)).map((row) => [row.enrolmentId, row]),
  )
  const faults: ResultFaults = []
  const changes: Change[] = []
  for (const entry of entries) {
    const { enrolmentId } = entry
    const row = rows.get(enrolmentId)
    const read = readResult(entry, row?.proposal ?? row?.attempt ?? null)
    if ('faults' in read) faults.push(...read.faults.map((fault) => ({ enrolmentId, fault })))
    else if (read.attempt && !row) faults.push({ enrolmentId, fault: 'gone' })
    else if (read.attempt && row?.hasCertificate && read.attempt.result !== 'passed')
      faults.push({ enrolmentId, fault: 'has_certificate' })
    else if (read.attempt && row)
      changes.push({ row, attempt: read.attempt, doubts: doubtsOf(read.attempt, { assessedOn, ...held, ...row }) })
  }
  const corrected = changes.find(({ row, attempt }) => row.attempt && !isSameAttempt(attempt, row.attempt))
  if (corrected && reason.trim() === '') faults.push({ enrolmentId: corrected.row.enrolmentId, fault: 'reason_needed' })
  const doubted = changes
    .filter(({ row, attempt, doubts }) => doubts.length > 0 && !isSameAttempt(attempt, row.attempt))
    .map(({ row, doubts }) => ({ enrolmentId: row.enrolmentId, doubts }))
  return faults.length > 0 || (doubted.length > 0 && !isAffirmed)
    ? { ok: false, day: null, faults, doubted }
    : { ok: true, changes, className: held.className }
}

/** The day of a class's last session that takes place. */
const lastSessionOn = sql<
  string | null
>`(select max((${classSession.startsAt} at time zone 'Asia/Shanghai')::date)::text
  from ${classSession} where ${classSession.academyId} = "class"."academy_id" and ${classSession.classId} = "class"."id"
  and ${classSession.status} = 'planned')`

/** A worker with a seat, on one day: what is confirmed, and what waits for confirmation. */
type DayRow = {
  enrolmentId: string
  attempt: Attempt | null
  proposal: (Attempt & { id: string }) | null
  hasCertificate: boolean
  isCredited: boolean
}

async function listDay(
  tx: Tx,
  { academyId, classId, assessedOn }: { academyId: string; classId: string; assessedOn: string },
  ids: string[],
): Promise<DayRow[]> {
  if (ids.length === 0) return []
  const hasCertificate = sql<boolean>`exists (select 1 from ${certificate} k where k.academy_id = ${assessment.academyId}
    and k.assessment_id = ${assessment.id} and k.status = 'valid')`
  const ofDay = (of: typeof assessment | typeof proposedResult) =>
    and(eq(of.academyId, enrolment.academyId), eq(of.enrolmentId, enrolment.id), eq(of.assessedOn, assessedOn))
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      confirmed: assessment,
      proposed: proposedResult,
      hasCertificate,
      isCredited: isNotNull(enrolment.creditedOn).mapWith(Boolean),
    })
    .from(enrolment)
    .leftJoin(assessment, ofDay(assessment))
    .leftJoin(proposedResult, and(ofDay(proposedResult), eq(proposedResult.state, 'open')))
    .where(
      and(
        eq(enrolment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(enrolment.seat, 'enrolled'),
        inArray(enrolment.id, ids),
      ),
    )
    .orderBy(asc(enrolment.id))
  return rows.map(({ enrolmentId, confirmed, proposed, hasCertificate: held, isCredited }) => ({
    enrolmentId,
    isCredited,
    attempt: confirmed && attemptOf(confirmed),
    proposal: proposed && { id: proposed.id, ...attemptOf(proposed) },
    hasCertificate: held,
  }))
}

export const attemptOf = (row: Omit<Attempt, 'result'> & { result: string }): Attempt => ({
  result: row.result as Result,
  theoryScore: row.theoryScore,
  practicalScore: row.practicalScore,
})
