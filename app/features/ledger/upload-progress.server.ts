import { and, eq, inArray } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import type { Phase } from './upload.ts'

/** A person sees no more than this of it. */
const EVERY_MS = 400

/** Tells how far a job is, beside its transaction, which nobody sees before it ends. */
export function reporter(id: string, signal: AbortSignal) {
  let phase: Phase = 'reading'
  let rowsRead = 0
  let last = Date.now()
  let telling: Promise<unknown> = Promise.resolve()
  let isTelling = false
  let hasEnded = false

  function tell(): void {
    if (isTelling || hasEnded) return
    isTelling = true
    last = Date.now()
    telling = as(system('ledger'), (tx) =>
      tx
        .update(ledgerUpload)
        .set({ phase, rowsRead })
        .where(and(eq(ledgerUpload.id, id), inArray(ledgerUpload.state, ['mapped', 'importing']))),
    )
      .catch((error: unknown) => runtime().logger.warn({ err: error }, 'progress could not be told'))
      .finally(() => {
        isTelling = false
      })
  }

  return {
    rows: (rows: number) => {
      if (signal.aborted) throw new Error('the process stops')
      rowsRead = rows
      if (Date.now() - last > EVERY_MS) tell()
    },
    phase: (next: Phase) => {
      if (signal.aborted) throw new Error('the process stops')
      phase = next
      void telling.then(tell)
    },
    /** Afterwards nothing is told: the job's own transaction has the last word. */
    end: async () => {
      hasEnded = true
      await telling
    },
  }
}
