import { and, desc, eq, notExists, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessment, certificate, enrolment, trainingClass } from '#db/schema/index.ts'
import { type DeskCertificate, toShown } from './desk.server.ts'

/** A certificate of the worker's own. A licence's number that contains the document number is masked. */
export type MyCertificate = DeskCertificate & { className: string; academyName: string }

/** Passed, and no certificate recorded yet (合格待发证). */
export type PendingCertificate = { assessmentId: string; assessedOn: string; className: string; academyName: string }

const MOST = 100

/** The worker's certificates, the latest first, and what was passed and not issued yet. */
export async function listMyCertificates(
  tx: Tx,
  viewer: Viewer,
): Promise<{ certificates: MyCertificate[]; pending: PendingCertificate[] }> {
  const inAcademy = and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId))
  const ofClass = and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId))
  const ofAssessment = and(eq(certificate.academyId, assessment.academyId), eq(certificate.assessmentId, assessment.id))
  const names = { className: trainingClass.name, academyName: academy.name }
  const [certificates, pending] = await Promise.all([
    tx
      .select({ certificate, ...names })
      .from(certificate)
      .innerJoin(assessment, ofAssessment)
      .innerJoin(enrolment, inAcademy)
      .innerJoin(trainingClass, ofClass)
      .innerJoin(academy, eq(academy.id, trainingClass.academyId))
      .where(isOwnEnrolment(viewer))
      .orderBy(desc(certificate.issuedOn), desc(certificate.id))
      .limit(MOST),
    tx
      .select({ assessmentId: assessment.id, assessedOn: assessment.assessedOn, ...names })
      .from(assessment)
      .innerJoin(enrolment, inAcademy)
      .innerJoin(trainingClass, ofClass)
      .innerJoin(academy, eq(academy.id, trainingClass.academyId))
      .where(
        and(
          isOwnEnrolment(viewer),
          eq(assessment.result, 'passed'),
          notExists(tx.select({ one: sql`1` }).from(certificate).where(ofAssessment)),
        ),
      )
      .orderBy(desc(assessment.assessedOn))
      .limit(MOST),
  ])
  return {
    certificates: certificates.map(({ certificate: row, ...rest }) => ({ ...toShown(row, 'elsewhere'), ...rest })),
    pending,
  }
}
