import { and, eq, sql } from 'drizzle-orm'
import { sheetOfSession } from '#app/features/attendance/joins.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, attendanceSheet, certificate, classSession, enrolment } from '#db/schema/index.ts'
import type { ClassFilePart } from '#db/values.ts'
import type { FiledClass, FiledDocument } from './find.server.ts'
import { findNone } from './none.server.ts'
import { type PartState, partStates } from './parts.ts'

/** What of the class's file is there and what is missing. */
export async function findStates(
  tx: Tx,
  of: FiledClass,
  documents: readonly FiledDocument[],
  now: Date,
): Promise<PartState[]> {
  const [sessions] = await tx
    .select({
      sessions: sql<number>`count(*)::int`,
      over: sql<number>`count(*) filter (where ${classSession.endsAt} <= ${now.toISOString()})::int`,
      unclosed: sql<number>`count(*) filter (where ${classSession.endsAt} <= ${now.toISOString()} and ${attendanceSheet.closedAt} is null)::int`,
    })
    .from(classSession)
    .leftJoin(attendanceSheet, sheetOfSession)
    .where(
      and(
        eq(classSession.academyId, of.academyId),
        eq(classSession.classId, of.id),
        eq(classSession.status, 'planned'),
      ),
    )
  const [results] = await tx
    .select({
      enrolled: sql<number>`count(distinct ${enrolment.id})::int`,
      assessed: sql<number>`count(distinct ${assessment.enrolmentId})::int`,
      passed: sql<number>`count(distinct ${assessment.enrolmentId}) filter (where ${assessment.result} = 'passed')::int`,
      holding: sql<number>`count(distinct ${enrolment.id}) filter (where ${certificate.id} is not null)::int`,
      certificates: sql<number>`count(distinct ${certificate.id})::int`,
    })
    .from(enrolment)
    .leftJoin(assessment, and(eq(assessment.academyId, enrolment.academyId), eq(assessment.enrolmentId, enrolment.id)))
    .leftJoin(
      certificate,
      and(
        eq(certificate.academyId, assessment.academyId),
        eq(certificate.assessmentId, assessment.id),
        eq(certificate.status, 'valid'),
      ),
    )
    .where(and(eq(enrolment.academyId, of.academyId), eq(enrolment.classId, of.id), eq(enrolment.seat, 'enrolled')))
  const { enrolled = 0, assessed = 0, passed = 0, holding = 0, certificates = 0 } = results ?? {}
  const added: Partial<Record<ClassFilePart, number>> = {}
  for (const { part } of documents) added[part] = (added[part] ?? 0) + 1
  return partStates({
    ...{ sessions: 0, over: 0, unclosed: 0, ...sessions },
    ...{ enrolled, assessed, certificates, pending: passed - holding, added, none: await findNone(tx, of) },
    ...{ today: shanghaiDate(now), startsOn: of.startsOn, endsOn: of.endsOn, hasOccupation: of.hasOccupation },
  })
}
