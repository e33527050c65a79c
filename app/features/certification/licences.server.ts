import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { listDocuments } from '#app/features/persons/history.server.ts'
import { maskCertificateNumber } from '#app/features/persons/masking.ts'
import { takeLedgerTurn } from '#app/features/persons/mend.server.ts'
import { indexOf, open, seal } from '#app/features/persons/vault.server.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessment, certificate, enrolment } from '#db/schema/index.ts'
import type { CertificateStatus } from '#db/values.ts'
import { type Held, heldBy, renumbered } from './licences.ts'
import { changeCertificate, NumberTaken } from './register.server.ts'

/** A special-operation licence (特种作业操作证) of a person; its number, which contains a document number, is masked. */
export type LicenceShown = {
  id: string
  academyName: string
  workItem: string
  issuedOn: string
  status: CertificateStatus
  number: string
  held: Held
}

export type Licences = { shown: LicenceShown[]; mark: string }

/** The licences of a person, each with which document its number holds. For the province's handler. */
export async function listLicences(tx: Tx, personId: string): Promise<Licences> {
  const found = await findLicences(tx, personId, { isLocking: false })
  return {
    shown: found.map(({ id, academyName, workItem, issuedOn, status, number, held }) => ({
      ...{ id, academyName, workItem, issuedOn, held },
      status: status as CertificateStatus,
      number: maskCertificateNumber(number),
    })),
    mark: licencesMark(found),
  }
}

export type LicenceMend =
  | { ok: true; mended: number }
  | { ok: false; reason: 'busy' | 'changed_meanwhile' | 'number_taken' }
  | { ok: false; reason: 'faults'; why: ReasonFault }

/**
 * Puts the document on record into the numbers of those licences that hold an earlier one, by the province, with a reason:
 * mending a document leaves them as they are, since only the licence itself says whether it was issued with the wrong
 * number or typed wrongly with it. The old numbers are kept.
 * @param input.was the `mark` that the page showed.
 */
export async function mendLicences(
  tx: Tx,
  input: { viewer: Viewer; personId: string; was: string; reason: string; now: Date; requestId?: string },
): Promise<LicenceMend> {
  const { viewer, personId, now, requestId } = input
  if (!(await takeLedgerTurn(tx))) return { ok: false, reason: 'busy' }
  const found = await findLicences(tx, personId, { isLocking: true })
  const behind = found.filter(({ held }) => held === 'earlier')
  if (behind.length === 0) return { ok: true, mended: 0 }
  if (licencesMark(found) !== input.was) return { ok: false, reason: 'changed_meanwhile' }
  const why = readReason(input.reason)
  if ('fault' in why) return { ok: false, reason: 'faults', why: why.fault }
  try {
    await tx.transaction(async (savepoint) => {
      for (const licence of behind)
        await renumber(savepoint as Tx, licence, { viewer, now, reason: why.reason, requestId })
    })
  } catch (error) {
    if (!(error instanceof NumberTaken)) throw error
    return { ok: false, reason: 'number_taken' }
  }
  return { ok: true, mended: behind.length }
}

type Found = Awaited<ReturnType<typeof findLicences>>[number]

async function findLicences(tx: Tx, personId: string, { isLocking }: { isLocking: boolean }) {
  const { current, earlier } = await listDocuments(tx, personId)
  const query = tx
    .select({
      id: certificate.id,
      academyId: certificate.academyId,
      academyName: academy.name,
      assessmentId: certificate.assessmentId,
      workItem: certificate.workItem,
      issuedOn: certificate.issuedOn,
      status: certificate.status,
      sealed: certificate.numberSealed,
      before: sql<Record<string, unknown>>`to_jsonb(${certificate})`,
    })
    .from(certificate)
    .innerJoin(
      assessment,
      and(eq(assessment.academyId, certificate.academyId), eq(assessment.id, certificate.assessmentId)),
    )
    .innerJoin(enrolment, and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)))
    .innerJoin(academy, eq(academy.id, certificate.academyId))
    .where(and(eq(enrolment.personId, personId), eq(certificate.type, 'special_operation')))
    .orderBy(asc(certificate.issuedOn), asc(certificate.id))
  const rows = await (isLocking ? query.for('update', { of: certificate }) : query)
  return rows.map(({ sealed, ...row }) => {
    const number = open('certificate.number', row.id, sealed!) // the database lets none be without
    return { ...row, number, current, ...heldBy(number, current, earlier) }
  })
}

/** What the page showed, as a hidden field; tells nothing of the numbers. */
const licencesMark = (found: readonly Found[]): string =>
  markOf(...found.flatMap(({ id, number, current }) => [id, indexOf('certificate', number + current)]))

async function renumber(
  tx: Tx,
  { id, academyId, assessmentId, workItem, number, document, current, before }: Found,
  why: { viewer: Viewer; now: Date; reason: string; requestId?: string },
): Promise<void> {
  const right = renumbered(number, document ?? '', current)
  const values = { numberSealed: seal('certificate.number', id, right), numberIndex: indexOf('certificate', right) }
  const licence = { academyId, id, assessmentId, type: 'special_operation', workItem }
  await changeCertificate(tx, licence, values, { ...why, before })
}
