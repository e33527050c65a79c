import { and, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { certificateNumber } from '#db/schema/index.ts'

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
