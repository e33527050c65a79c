import { and, desc, eq } from 'drizzle-orm'
import { maskCertificateNumber } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { assessment, certificate, enrolment, revision } from '#db/schema/index.ts'

/** A licence's number that was changed by hand; `before`: the number that it had, masked. */
export type LicenceChange = {
  id: string
  before: { number: string }
  reason: string
  accountId: string
  at: Date
}

/**
 * The numbers that a person's special-operation licences had before they were changed by hand, the latest first. A change
 * after which the number was the same (its dates, its status) is not told. What a revision made of a number is what the
 * next one found: so the ledgers' are followed too, and not told.
 */
export async function listLicenceHistory(tx: Tx, personId: string): Promise<LicenceChange[]> {
  const rows = await tx
    .select({
      id: revision.id,
      licence: certificate.id,
      holds: certificate.numberIndex,
      before: revision.before,
      reason: revision.reason,
      accountId: revision.actorAccountId,
      importId: revision.importId,
      at: revision.at,
    })
    .from(revision)
    .innerJoin(certificate, and(eq(certificate.academyId, revision.academyId), eq(certificate.id, revision.factId)))
    .innerJoin(
      assessment,
      and(eq(assessment.academyId, certificate.academyId), eq(assessment.id, certificate.assessmentId)),
    )
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .where(
      and(
        eq(enrolment.personId, personId),
        eq(certificate.type, 'special_operation'),
        eq(revision.fact, 'certificate'),
      ),
    )
    .orderBy(desc(revision.at), desc(revision.id))
    .limit(100)
  const became = new Map(rows.map(({ licence, holds }) => [licence, holds]))
  return rows.flatMap(({ id, licence, before, reason, accountId, importId, at }) => {
    const index = bytes(before.number_index)
    const isSame = became.get(licence)?.equals(index)
    became.set(licence, index)
    if (isSame || importId !== null || accountId === null) return []
    const number = maskCertificateNumber(open('certificate.number', licence, bytes(before.number_sealed)))
    return [{ id, before: { number }, reason: reason ?? '', accountId, at }]
  })
}

/** A bytea as `to_jsonb` wrote it into the revision. */
const bytes = (hex: unknown): Buffer => Buffer.from(String(hex).replace(/^\\x/, ''), 'hex')
