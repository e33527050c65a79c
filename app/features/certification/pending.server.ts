import { and, asc, count, desc, eq, gt, min, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { daysBetween } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, person, proposedResult, trainingClass } from '#db/schema/index.ts'
import type { PendingPlace, PendingRow } from './pending.ts'

const PAGE = 50
/** As many as the database is asked for at once for a file. */
const PIECE = 500

const ofEnrolment = and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId))
const ofClass = and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId))

/**
 * Whoever passed in a class and has no certificate from any attempt in it, not even one that was revoked: the last attempt that
 * was passed stands for the worker, so that nobody is listed twice.
 */
function isPending(tx: Tx, academyId: string) {
  const other = alias(assessment, 'other')
  const ofSame = and(eq(other.academyId, assessment.academyId), eq(other.enrolmentId, assessment.enrolmentId))
  const certified = tx
    .select({ one: sql`1` })
    .from(certificate)
    .innerJoin(other, and(eq(other.academyId, certificate.academyId), eq(other.id, certificate.assessmentId)))
    .where(ofSame)
  const passedLater = tx
    .select({ one: sql`1` })
    .from(other)
    .where(and(ofSame, eq(other.result, 'passed'), gt(other.assessedOn, assessment.assessedOn)))
  return and(
    eq(assessment.academyId, academyId),
    eq(assessment.result, 'passed'),
    eq(enrolment.seat, 'enrolled'),
    notExists(certified),
    notExists(passedLater),
  )
}

type Of = { academyId: string; place: PendingPlace; today: string }

/** A page of those who wait for a certificate, the longest waiting first. */
export async function listPending(tx: Tx, of: Of, size = PAGE): Promise<{ rows: PendingRow[]; hasMore: boolean }> {
  const { academyId, place, today } = of
  const { classId, after } = place
  const rows = await tx
    .select({
      assessmentId: assessment.id,
      assessedOn: assessment.assessedOn,
      name: enrolment.name,
      personId: person.id,
      sealed: person.documentSealed,
      classId: trainingClass.id,
      classCode: trainingClass.code,
      className: trainingClass.name,
      expectedOn: trainingClass.certificatesExpectedOn,
    })
    .from(assessment)
    .innerJoin(enrolment, ofEnrolment)
    .innerJoin(trainingClass, ofClass)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        isPending(tx, academyId),
        classId ? eq(enrolment.classId, classId) : undefined,
        after
          ? sql`(${assessment.assessedOn}, ${assessment.id}) > (${after.assessedOn}::date, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(assessment.assessedOn), asc(assessment.id))
    .limit(size + 1)
  return {
    rows: rows.slice(0, size).map(({ personId, sealed, ...row }) => ({
      ...row,
      document: personId && sealed && maskDocument(open('person.document', personId, sealed), 'working'),
      daysWaiting: daysBetween(row.assessedOn, today),
    })),
    hasMore: rows.length > size,
  }
}

/** All of them, piece by piece, for a file. */
export async function* eachPending(tx: Tx, of: Of): AsyncGenerator<PendingRow> {
  let after: PendingPlace['after'] = null
  for (;;) {
    const { rows, hasMore }: { rows: PendingRow[]; hasMore: boolean } = await listPending(
      tx,
      { ...of, place: { ...of.place, after } },
      PIECE,
    )
    yield* rows
    const last = rows.at(-1)
    if (!hasMore || !last) return
    after = { assessedOn: last.assessedOn, id: last.assessmentId }
  }
}

export type ClassCount = { classId: string; name: string; of: number }

/** How many wait for a certificate, by class; the classes of longest waiting first. */
export async function countPending(tx: Tx, academyId: string): Promise<ClassCount[]> {
  return tx
    .select({ classId: trainingClass.id, name: trainingClass.name, of: count() })
    .from(assessment)
    .innerJoin(enrolment, ofEnrolment)
    .innerJoin(trainingClass, ofClass)
    .where(isPending(tx, academyId))
    .groupBy(trainingClass.id, trainingClass.name)
    .orderBy(asc(min(assessment.assessedOn)), desc(trainingClass.id))
}

/** Results of the academy that wait for a second person, by class, the oldest first. */
export async function countToConfirm(tx: Tx, academyId: string): Promise<(ClassCount & { since: Date })[]> {
  const since = min(proposedResult.proposedAt)
  const rows = await tx
    .select({ classId: trainingClass.id, name: trainingClass.name, of: count(), since })
    .from(proposedResult)
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, proposedResult.academyId), eq(enrolment.id, proposedResult.enrolmentId)),
    )
    .innerJoin(trainingClass, ofClass)
    .where(and(eq(proposedResult.academyId, academyId), eq(proposedResult.state, 'open')))
    .groupBy(trainingClass.id, trainingClass.name)
    .orderBy(asc(since))
  return rows.flatMap((row) => (row.since ? [{ ...row, since: row.since }] : []))
}
