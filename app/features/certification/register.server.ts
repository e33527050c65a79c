import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { keepRevision, record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { certificate, certificateNumber } from '#db/schema/index.ts'

/** Thrown, so that what was written before is rolled back: whose number it is shows only when it is entered. */
export class NumberTaken extends Error {
  readonly assessmentId: string
  constructor(assessmentId: string) {
    super('another certificate of the province has this number')
    this.assessmentId = assessmentId
  }
}

/**
 * Enters a certificate's number in the province's register, in the place of what it had there before.
 * @throws NumberTaken
 */
export async function enterNumber(
  tx: Tx,
  entry: typeof certificateNumber.$inferInsert,
  assessmentId: string,
): Promise<void> {
  const { academyId, certificateId } = entry
  await tx
    .delete(certificateNumber)
    .where(and(eq(certificateNumber.academyId, academyId), eq(certificateNumber.certificateId, certificateId)))
  const entered = await tx
    .insert(certificateNumber)
    .values(entry)
    .onConflictDoNothing()
    .returning({ id: certificateNumber.certificateId })
  if (entered.length === 0) throw new NumberTaken(assessmentId)
}

type Changed = { academyId: string; id: string; assessmentId: string; type: string; workItem: string }
type Change = { viewer: Viewer; reason: string; now: Date; requestId?: string }

/**
 * Gives a certificate other values, its number among them; what it said `before` is kept, with the reason.
 * @throws NumberTaken
 */
export async function changeCertificate(
  tx: Tx,
  { academyId, id, assessmentId, type, workItem }: Changed,
  values: Partial<typeof certificate.$inferInsert> & { numberIndex: Buffer },
  { viewer, reason, before, now, requestId }: Change & { before: Record<string, unknown> },
): Promise<void> {
  const kept = { academyId, factId: id, before, reason, accountId: viewer.accountId, now }
  await keepRevision(tx, { ...kept, fact: 'certificate' })
  await tx
    .update(certificate)
    .set(values)
    .where(and(eq(certificate.academyId, academyId), eq(certificate.id, id)))
  const { numberIndex } = values
  await enterNumber(tx, { academyId, certificateId: id, type, workItem, numberIndex }, assessmentId)
  const event = { by: viewer, now, academyId, subjectId: id, requestId }
  await record(tx, { ...event, kind: 'certificate.recorded', detail: { type, corrected: true } })
}
