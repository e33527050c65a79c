import type { Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'
import { readWorkerCode, workerDigits } from './codes.server.ts'
import { readDigits } from './digits.ts'
import type { HeldSheet } from './sheet-held.server.ts'
import { seated } from './sheet-rows.server.ts'

/** The enrolment that a worker's code names, scanned or typed as digits; null: of nobody in this session. */
export type Named = (code: string) => string | null

/** Whose these codes are. Digits name whoever has a seat in the session now, so that they are compared with everybody's. */
export async function namedBy(tx: Tx, held: HeldSheet, codes: readonly string[]): Promise<Named> {
  const isTyped = codes.some((code) => readDigits(code) !== null)
  const rows = isTyped ? await tx.select({ id: enrolment.id }).from(enrolment).where(seated(held)) : []
  const byDigits = new Map<string, string | null>()
  for (const { id } of rows) {
    const digits = workerDigits({ sessionId: held.sessionId, enrolmentId: id })
    byDigits.set(digits, byDigits.has(digits) ? null : id) // two of one number: neither
  }
  return (code) => byDigits.get(code) ?? readWorkerCode(code, held)
}
