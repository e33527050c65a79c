import { and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { ownClassOf } from '#app/features/training/desk.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  assessment,
  attendanceSheet,
  certificate,
  classFile,
  classSession,
  enrolment,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import type { ClassFilePart, FileKind } from '#db/values.ts'
import { type PartState, partStates } from './parts.ts'

/** A class that has a file: run here, at a place, and public. */
export type FiledClass = {
  academyId: string
  academyCode: string
  academyName: string
  id: string
  code: string
  name: string
  startsOn: string
  endsOn: string
  hasOccupation: boolean
  site: string | null
}

/** Whose files the viewer reads: an instructor's own classes', an academy's, a sponsor's academies', the province's. */
function scopeOf(tx: Tx, viewer: Viewer): SQL {
  if (viewer.role === 'provincial_handler' || viewer.role === 'provincial_reviewer') return sql`true`
  if (viewer.role === 'sponsor_reviewer') return sql`${academy.sponsorId} = ${viewer.unionId}`
  const own = sql`${trainingClass.academyId} = ${viewer.academyId}`
  return viewer.role === 'instructor' ? sql`(${own} and ${ownClassOf(tx, viewer)})` : own
}

/** A class whose file the viewer may read; null for any other, and for drafts, online classes and a ledger's. */
export async function findFiledClass(
  tx: Tx,
  { viewer, academyCode, classId }: { viewer: Viewer; academyCode: string; classId: string },
): Promise<FiledClass | null> {
  const [row] = await tx
    .select({
      academyId: trainingClass.academyId,
      academyName: academy.name,
      id: trainingClass.id,
      code: trainingClass.code,
      name: trainingClass.name,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      occupationCode: trainingClass.occupationCode,
      site: site.name,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .where(
      and(
        eq(academy.code, academyCode),
        eq(trainingClass.id, classId),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.mode, 'online'),
        ne(trainingClass.status, 'draft'),
        scopeOf(tx, viewer),
      ),
    )
  if (!row) return null
  const { occupationCode, ...of } = row
  return { ...of, academyCode, hasOccupation: occupationCode !== null }
}

/** A document that is there. */
export type FiledDocument = {
  id: string
  part: ClassFilePart
  name: string
  kind: FileKind
  bytes: number
  digest: Buffer
  addedBy: string
  addedAt: Date
}

/** The documents of a class that are there, in the order in which they came. */
export async function listDocuments(tx: Tx, of: FiledClass): Promise<FiledDocument[]> {
  const rows = await tx
    .select({
      id: classFile.id,
      part: classFile.part,
      name: classFile.name,
      kind: classFile.kind,
      bytes: classFile.bytes,
      digest: classFile.digest,
      addedBy: classFile.addedBy,
      addedAt: classFile.addedAt,
    })
    .from(classFile)
    .where(and(eq(classFile.academyId, of.academyId), eq(classFile.classId, of.id), isNull(classFile.removedAt)))
    .orderBy(asc(classFile.id))
  return rows as FiledDocument[]
}

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
    .leftJoin(
      attendanceSheet,
      and(eq(attendanceSheet.academyId, classSession.academyId), eq(attendanceSheet.sessionId, classSession.id)),
    )
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
    ...{ enrolled, assessed, certificates, pending: passed - holding, added },
    ...{ today: shanghaiDate(now), startsOn: of.startsOn, endsOn: of.endsOn, hasOccupation: of.hasOccupation },
  })
}
