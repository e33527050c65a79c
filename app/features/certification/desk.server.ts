import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import { maskCertificateNumber, maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, person } from '#db/schema/index.ts'
import type { CertificateStatus, CertificateType, Level, Result } from '#db/values.ts'
import type { Attempt } from './results.ts'

export type DeskAttempt = Attempt & { assessmentId: string; enrolmentId: string; assessedOn: string }

/** A certificate as the desk shows it; a number that contains a document number is masked like one. */
export type DeskCertificate = {
  certificateId: string
  assessmentId: string
  type: CertificateType
  workItem: string
  number: string
  level: Level | null
  issuer: string | null
  issuedOn: string
  status: CertificateStatus
}

/** The attempts of some enrolments, the latest first. */
export async function listAttempts(
  tx: Tx,
  { academyId, enrolmentIds }: { academyId: string; enrolmentIds: string[] },
): Promise<DeskAttempt[]> {
  if (enrolmentIds.length === 0) return []
  const rows = await tx
    .select({
      assessmentId: assessment.id,
      enrolmentId: assessment.enrolmentId,
      assessedOn: assessment.assessedOn,
      result: assessment.result,
      theoryScore: assessment.theoryScore,
      practicalScore: assessment.practicalScore,
    })
    .from(assessment)
    .where(and(eq(assessment.academyId, academyId), inArray(assessment.enrolmentId, enrolmentIds)))
    .orderBy(desc(assessment.assessedOn))
  return rows.map((row) => ({ ...row, result: row.result as Result }))
}

export type PassedRow = {
  assessmentId: string
  name: string
  /** Masked. */
  document: string | null
  assessedOn: string
  certificates: DeskCertificate[]
}

const PASSED_PAGE = 100

/** A page of a class's passed assessments with the certificates that each earned. `after`: an assessment's id. */
export async function listPassed(
  tx: Tx,
  { academyId, classId, after }: { academyId: string; classId: string; after: string | null },
): Promise<{ rows: PassedRow[]; hasMore: boolean }> {
  const rows = await tx
    .select({
      assessmentId: assessment.id,
      name: enrolment.name,
      assessedOn: assessment.assessedOn,
      personId: person.id,
      sealed: person.documentSealed,
    })
    .from(assessment)
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        eq(assessment.academyId, academyId),
        eq(enrolment.classId, classId),
        eq(assessment.result, 'passed'),
        after ? gt(assessment.id, after) : undefined,
      ),
    )
    .orderBy(asc(assessment.id))
    .limit(PASSED_PAGE + 1)
  const shown = rows.slice(0, PASSED_PAGE)
  const certificates = await listCertificates(tx, { academyId, assessmentIds: shown.map((row) => row.assessmentId) })
  const ofRow = (id: string) => certificates.filter((one) => one.assessmentId === id)
  return {
    rows: shown.map(({ personId, sealed, ...row }) => ({
      ...row,
      document: personId && sealed && maskDocument(open('person.document', personId, sealed), 'working'),
      certificates: ofRow(row.assessmentId),
    })),
    hasMore: rows.length > PASSED_PAGE,
  }
}

/** The certificates of some assessments, in the order of their issue. */
export async function listCertificates(
  tx: Tx,
  { academyId, assessmentIds }: { academyId: string; assessmentIds: string[] },
): Promise<DeskCertificate[]> {
  if (assessmentIds.length === 0) return []
  const rows = await tx
    .select()
    .from(certificate)
    .where(and(eq(certificate.academyId, academyId), inArray(certificate.assessmentId, assessmentIds)))
    .orderBy(asc(certificate.issuedOn), asc(certificate.id))
  return rows.map((row) => toShown(row, 'working'))
}

/** One certificate of a class, or null. */
export async function findCertificate(
  tx: Tx,
  { academyId, classId, certificateId }: { academyId: string; classId: string; certificateId: string },
): Promise<DeskCertificate | null> {
  const [row] = await tx
    .select({ certificate })
    .from(certificate)
    .innerJoin(
      assessment,
      and(eq(assessment.academyId, certificate.academyId), eq(assessment.id, certificate.assessmentId)),
    )
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .where(and(eq(certificate.academyId, academyId), eq(certificate.id, certificateId), eq(enrolment.classId, classId)))
  return row ? toShown(row.certificate, 'working') : null
}

/** A certificate's row as it is shown: `working` to those who work with the person. */
export function toShown(row: typeof certificate.$inferSelect, sight: 'working' | 'elsewhere'): DeskCertificate {
  const { id, assessmentId, workItem, issuer, issuedOn } = row
  return {
    certificateId: id,
    assessmentId,
    type: row.type as CertificateType,
    workItem,
    number:
      row.number ?? maskCertificateNumber(open('certificate.number', id, row.numberSealed ?? Buffer.alloc(0)), sight),
    level: row.level as Level | null,
    issuer,
    issuedOn,
    status: row.status as CertificateStatus,
  }
}
