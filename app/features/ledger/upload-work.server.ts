import { rm, writeFile } from 'node:fs/promises'
import { seal } from '#app/features/persons/vault.server.ts'
import { toLocale } from '#app/lib/i18n.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import { listCorrections } from './corrections.server.ts'
import { importLedger, type Outcome } from './import.server.ts'
import { openLedger } from './open.server.ts'
import { rejectedWorkbook } from './rejected.server.ts'
import type { Constants, Source } from './source.ts'
import { type Correction, headerPlaces, type Mapping, type SheetView } from './upload.ts'
import { NO_FINDINGS } from './upload-acts.server.ts'
import { rejectedPath, uploadPath } from './upload-files.server.ts'
import { GivenUp, type Job, still } from './upload-job.server.ts'
import { reporter } from './upload-progress.server.ts'

/**
 * Checks or imports an upload and keeps what came of it, in the transaction of the caller, system('ledger'), which holds the
 * upload's lock. `removes`: nobody needs the file any more once this is committed.
 * @throws GivenUp where the process stops, or somebody cancelled meanwhile.
 */
export async function work(tx: Tx, job: Job, signal: AbortSignal): Promise<{ removes: boolean }> {
  const isPreview = job.state === 'mapped'
  const now = new Date()
  const { outcome, source, corrections } = await read(tx, job, { isPreview, now, signal })
  if (signal.aborted) throw new GivenUp()

  const { rows, created, corrected, unchanged, rejected, errors, warnings, importId } = outcome
  // What was decided holds for what was seen: where rows have errors by now, somebody must look again.
  const isRefused = !isPreview && !job.validOnly && importId === null && errors.length > 0
  if (isRefused) return again(tx, job)
  await keepRejected(job, source, outcome)
  const isFinal = !isPreview && rejected === 0
  const findings = { errors, warnings, correctionsSealed: sealed(job.id, corrections) }
  const changed = await tx
    .update(ledgerUpload)
    .set({
      ...{ rows, created, corrected, unchanged, rejected, importId },
      state: isPreview ? 'previewed' : 'done',
      phase: null,
      rowsRead: rows,
      rowsTotal: rows,
      touchedAt: now,
      ...(isFinal ? { ...NO_FINDINGS, removedAt: now } : findings),
    })
    .where(still(job))
    .returning({ id: ledgerUpload.id })
  // Cancelled meanwhile: whoever did has removed the file.
  if (changed.length === 0) throw new GivenUp()
  return { removes: isFinal }
}

type Read = { outcome: Outcome; source: Source | null; corrections: Correction[] }

async function read(
  tx: Tx,
  job: Job,
  { isPreview, now, signal }: { isPreview: boolean; now: Date; signal: AbortSignal },
): Promise<Read> {
  const chosen = job.chosen as string[]
  const opened = await openLedger(uploadPath(job.id), {
    mapping: job.mapping as Mapping,
    constants: job.constants as Constants,
    headerRows: headerPlaces(job.sheets as SheetView[]),
    ...(chosen.length > 0 ? { sheets: chosen } : {}),
  })
  if (!opened.ok) return { outcome: { ...UNREAD, errors: [opened.problem] }, source: null, corrections: [] }
  const source = { ...opened.source, fileName: job.fileName }
  const progress = reporter(job.id, signal)
  let corrections: Correction[] = []
  try {
    const outcome = await importLedger(tx, source, {
      dryRun: isPreview,
      validOnly: isPreview || job.validOnly,
      onlyAcademyId: job.academyId,
      accountId: job.accountId,
      now,
      collectRejected: true,
      progress: progress.rows,
      onPhase: progress.phase,
      onCounted: async (staged) => {
        corrections = await listCorrections(staged, source.sheets)
      },
    })
    return { outcome, source, corrections }
  } finally {
    await progress.end()
  }
}

const UNREAD: Outcome = {
  importId: null,
  rows: 0,
  created: 0,
  corrected: 0,
  unchanged: 0,
  rejected: 0,
  errors: [],
  warnings: [],
}

/** The rows are checked once more instead of imported, so that the page shows what is wrong by now. */
async function again(tx: Tx, job: Job): Promise<{ removes: boolean }> {
  await tx.update(ledgerUpload).set({ state: 'mapped', phase: null, attempts: 0, rowsRead: 0 }).where(still(job))
  return { removes: false }
}

/** Writes the workbook of the rows with errors beside the file; of a try before this one nothing is left. */
async function keepRejected({ id, locale }: Job, source: Source | null, { rejectedRows }: Outcome): Promise<void> {
  const path = rejectedPath(id)
  if (source && rejectedRows && rejectedRows.size > 0)
    await writeFile(path, rejectedWorkbook(source, rejectedRows, toLocale(locale)), { mode: 0o600 })
  else await rm(path, { force: true })
}

function sealed(id: string, corrections: readonly Correction[]): Buffer | null {
  return corrections.length > 0 ? seal('ledger_upload.corrections', id, JSON.stringify(corrections)) : null
}
