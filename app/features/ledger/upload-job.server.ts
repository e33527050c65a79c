import { and, eq } from 'drizzle-orm'
import { ledgerUpload } from '#db/schema/index.ts'

/** An upload as its worker has it. */
export type Job = typeof ledgerUpload.$inferSelect

/** Why a job ended without a result, other than by a bug. */
export class GivenUp extends Error {}

/** The job's row, as long as it is at the step that the worker took it at: somebody may cancel meanwhile. */
export const still = ({ academyId, id, state }: Job) =>
  and(eq(ledgerUpload.academyId, academyId), eq(ledgerUpload.id, id), eq(ledgerUpload.state, state))
