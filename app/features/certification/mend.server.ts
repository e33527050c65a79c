import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { isDateString, shanghaiDate } from '#app/lib/calendar.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, enrolment, trainingClass } from '#db/schema/index.ts'
import { faultsOfRedating, type PlacedRedateFault } from './mend.ts'

export type Redated =
  | { ok: true; moved: number }
  | { ok: false; reason: 'faults'; faults: PlacedRedateFault[]; why: ReasonFault | null }
  | { ok: false; reason: 'changed_meanwhile' }

/** Which attempts: those of one day of a class, or one of them. */
export type RedateOf = { academyId: string; classId: string; from: string; assessmentId: string | null }

/** What the page showed of these attempts, as a hidden field: a digest of which ones they are. */
export const attemptsMark = (ids: readonly string[]): string => markOf([...ids].sort().join(' '))

/**
 * Gives the attempts of one day of a class (or one attempt) their right date, by the province (domain.md: "a wrong date is
 * mended in the system, with a reason"). Refused where a worker has an assessment on that date already, where a certificate
 * was issued before it, before the class begins, after today. The old date is kept. Null: no such class or attempt.
 * @returns `moved` 0 where they have the date already: a second click has the same result as the first.
 */
export async function redateAssessments(
  tx: Tx,
  input: RedateOf & { viewer: Viewer; to: string; was: string; reason: string; now: Date; requestId?: string },
): Promise<Redated | null> {
  const { academyId, classId, from, to, now, viewer } = input
  const [held] = await tx
    .select({ startsOn: trainingClass.startsOn })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update') // results of the class wait
  if (!held) return null
  const ids = await lockAttempts(tx, input)
  const why = readReason(input.reason)
  if (isDateString(to) && ids.length === 0 && attemptsMark(await listMoved(tx, input)) === input.was)
    return { ok: true, moved: 0 }
  if (ids.length === 0 && input.assessmentId !== null && !(await isOfClass(tx, input))) return null
  if (attemptsMark(ids) !== input.was) return { ok: false, reason: 'changed_meanwhile' }
  const faults = faultsOfRedating(
    to,
    { from, classStartsOn: held.startsOn, ...(await groundOf(tx, academyId, ids, to)) },
    shanghaiDate(now),
  )
  if (faults.length > 0 || 'fault' in why)
    return { ok: false, reason: 'faults', faults, why: 'fault' in why ? why.fault : null }

  await createStagedRevisions(tx)
  await tx.execute(sql`
    insert into staged_revision
    select a.academy_id, 'assessment', a.id, to_jsonb(a) from assessment a
    where a.academy_id = ${academyId}::uuid and a.id = any(${sql.param(ids)}::uuid[])`)
  await tx.execute(sql`
    update assessment set assessed_on = ${to}::date
    where academy_id = ${academyId}::uuid and id = any(${sql.param(ids)}::uuid[])`)
  await keepStagedRevisions(tx, { importId: null, reason: why.reason, accountId: viewer.accountId, now })
  const subjectId = input.assessmentId ?? classId
  const detail = { classId, from, to, attempts: ids.length }
  await record(tx, {
    by: viewer,
    now,
    kind: 'assessment.redated',
    detail,
    academyId,
    subjectId,
    requestId: input.requestId,
  })
  return { ok: true, moved: ids.length }
}

const ofClass = ({ academyId, classId }: RedateOf) =>
  and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId))

const ofEnrolment = and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId))

async function lockAttempts(tx: Tx, of: RedateOf): Promise<string[]> {
  if (!isDateString(of.from)) return []
  const rows = await tx
    .select({ id: assessment.id })
    .from(assessment)
    .innerJoin(enrolment, ofEnrolment)
    .where(
      and(
        ofClass(of),
        eq(assessment.assessedOn, of.from),
        of.assessmentId ? eq(assessment.id, of.assessmentId) : undefined,
      ),
    )
    .orderBy(asc(assessment.id))
    .for('update', { of: assessment })
  return rows.map((row) => row.id)
}

/** Attempts that have the new date and once had the old one. */
async function listMoved(tx: Tx, of: RedateOf & { to: string }): Promise<string[]> {
  const once = sql`exists (select 1 from revision r where r.academy_id = ${assessment.academyId}
    and r.fact_id = ${assessment.id} and r.fact = 'assessment' and r.before ->> 'assessed_on' = ${of.from})`
  const rows = await tx
    .select({ id: assessment.id })
    .from(assessment)
    .innerJoin(enrolment, ofEnrolment)
    .where(
      and(
        ofClass(of),
        eq(assessment.assessedOn, of.to),
        once,
        of.assessmentId ? eq(assessment.id, of.assessmentId) : undefined,
      ),
    )
  return rows.map((row) => row.id)
}

async function isOfClass(tx: Tx, of: RedateOf): Promise<boolean> {
  const rows = await tx
    .select({ id: assessment.id })
    .from(assessment)
    .innerJoin(enrolment, ofEnrolment)
    .where(and(ofClass(of), eq(assessment.id, of.assessmentId ?? '')))
  return rows.length > 0
}

async function groundOf(tx: Tx, academyId: string, ids: string[], to: string) {
  if (!isDateString(to)) return { collisions: 0, issuedBefore: { count: 0, first: null } }
  const [row] = (await tx.execute(sql`
    with attempt as (
      select a.id, a.enrolment_id from assessment a where a.academy_id = ${academyId}::uuid and a.id = any(${sql.param(ids)}::uuid[]))
    select
      (select count(*)::int from attempt t join assessment o on o.academy_id = ${academyId}::uuid
        and o.enrolment_id = t.enrolment_id and o.id <> t.id and o.assessed_on = ${to}::date) as collisions,
      count(k.id)::int as issued, min(k.issued_on)::text as first
    from attempt t join certificate k on k.academy_id = ${academyId}::uuid and k.assessment_id = t.id
      and k.issued_on < ${to}::date`)) as unknown as { collisions: number; issued: number; first: string | null }[]
  return { collisions: row!.collisions, issuedBefore: { count: row!.issued, first: row!.first } }
}
