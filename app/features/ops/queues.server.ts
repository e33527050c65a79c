import { dueLocations } from '#app/features/attendance/due-locations.server.ts'
import { dueSheets } from '#app/features/attendance/due-sheets.server.ts'
import { dueSessionReminders } from '#app/features/attendance/session-reminders.server.ts'
import { dueSheetReminders } from '#app/features/attendance/sheet-reminders.server.ts'
import { strayDocuments } from '#app/features/classfile/stray.server.ts'
import { dueAttempts } from '#app/features/courses/due-attempts.server.ts'
import { undoQueue } from '#app/features/ledger/undo-jobs.server.ts'
import { readQueue, uploadQueue } from '#app/features/ledger/upload-jobs.server.ts'
import { dueMaterials } from '#app/features/materials/due-materials.server.ts'
import { dueReminders } from '#app/features/materials/reminders.server.ts'
import { deliveries } from '#app/features/notices/deliver.server.ts'
import { oldDeliveries } from '#app/features/notices/old-deliveries.server.ts'
import { dueSeats } from '#app/features/training/due-seats.server.ts'
import { startWorker } from '#app/lib/jobs.server.ts'
import type { Logger } from '#app/lib/logger.server.ts'

/** How long a running job may take once a stop was asked for, before it is given up and done again after the next start. */
const JOB_MS = 3000

/**
 * Begins what is done behind the pages. A line of the list is one worker, which does one thing at a time: reading a file keeps no
 * due seat waiting, nor does a gateway that does not answer.
 * @param options.sends whether messages leave the house (SMS or mail is set up). @returns stops all of them.
 */
export function startQueues({ logger, sends }: { logger: Logger; sends: boolean }): () => Promise<void> {
  const due = [
    dueAttempts,
    dueSeats,
    dueSheets,
    dueLocations,
    dueMaterials,
    dueReminders,
    dueSessionReminders,
    dueSheetReminders,
  ]
  // Two, so that one slow answer does not stop the rest.
  const sending = sends ? [[deliveries], [deliveries]] : []
  const lines = [[readQueue], [uploadQueue, undoQueue, ...due, strayDocuments, oldDeliveries], ...sending]
  const workers = lines.map((queues) => startWorker(queues, { logger }))
  return async () => {
    await Promise.all(workers.map((worker) => worker.stop(JOB_MS)))
  }
}
