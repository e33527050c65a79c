import { and, count, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, ledgerImport, ledgerMapping, ledgerUpload } from '#db/schema/index.ts'
import type { UploadState } from '#db/values.ts'
import type { Field } from './columns.ts'
import type { PlacedProblem } from './problem.ts'
import {
  type Correction,
  type Mapping,
  MOST_AN_HOUR,
  MOST_KEPT,
  type Phase,
  type RowCounts,
  type SheetView,
} from './upload.ts'

/** An upload as its page shows it, without findings. Counts: of the last check or the import; null before. */
export type Upload = {
  id: string
  fileName: string
  bytes: number
  digest: string
  state: UploadState
  sheets: SheetView[]
  chosen: string[]
  mapping: Mapping
  constants: Partial<Record<Field, string>>
  validOnly: boolean
  phase: Phase | null
  rowsRead: number
  rowsTotal: number | null
  counts: RowCounts | null
  errorsListed: number
  warningsListed: number
  importId: string | null
  /** When its import was undone; null: it stands, or there is none. */
  undoneAt: Date | null
  uploadedAt: Date
  hasFile: boolean
}

const COLUMNS = {
  id: ledgerUpload.id,
  fileName: ledgerUpload.fileName,
  bytes: ledgerUpload.bytes,
  digest: ledgerUpload.digest,
  state: ledgerUpload.state,
  sheets: ledgerUpload.sheets,
  chosen: ledgerUpload.chosen,
  mapping: ledgerUpload.mapping,
  constants: ledgerUpload.constants,
  validOnly: ledgerUpload.validOnly,
  phase: ledgerUpload.phase,
  rowsRead: ledgerUpload.rowsRead,
  rowsTotal: ledgerUpload.rowsTotal,
  rows: ledgerUpload.rows,
  created: ledgerUpload.created,
  corrected: ledgerUpload.corrected,
  unchanged: ledgerUpload.unchanged,
  rejected: ledgerUpload.rejected,
  errorsListed: sql<number>`jsonb_array_length(${ledgerUpload.errors})`,
  warningsListed: sql<number>`jsonb_array_length(${ledgerUpload.warnings})`,
  importId: ledgerUpload.importId,
  undoneAt: ledgerImport.undoneAt,
  uploadedAt: ledgerUpload.uploadedAt,
  removedAt: ledgerUpload.removedAt,
}

/** One upload of an academy; null where it has none of this id. */
export async function findUpload(
  tx: Tx,
  { academyId, uploadId }: { academyId: string; uploadId: string },
): Promise<Upload | null> {
  const [found] = await tx
    .select(COLUMNS)
    .from(ledgerUpload)
    .leftJoin(ledgerImport, eq(ledgerImport.id, ledgerUpload.importId))
    .where(and(eq(ledgerUpload.academyId, academyId), eq(ledgerUpload.id, uploadId)))
  if (!found) return null
  const { rows, created, corrected, unchanged, rejected, removedAt, digest, ...rest } = found
  const counts =
    rows === null
      ? null
      : { rows, created: created ?? 0, corrected: corrected ?? 0, unchanged: unchanged ?? 0, rejected: rejected ?? 0 }
  return { ...(rest as unknown as Upload), digest: digest.toString('hex'), counts, hasFile: removedAt === null }
}

export type Findings = { errors: PlacedProblem[]; warnings: PlacedProblem[]; corrections: Correction[] }

/** What the last check found; at most 1,000 of each. */
export async function findFindings(
  tx: Tx,
  { academyId, uploadId }: { academyId: string; uploadId: string },
): Promise<Findings> {
  const [found] = await tx
    .select({
      errors: ledgerUpload.errors,
      warnings: ledgerUpload.warnings,
      sealed: ledgerUpload.correctionsSealed,
    })
    .from(ledgerUpload)
    .where(and(eq(ledgerUpload.academyId, academyId), eq(ledgerUpload.id, uploadId)))
  const { errors = [], warnings = [], sealed = null } = found ?? {}
  const corrections = sealed ? (JSON.parse(open('ledger_upload.corrections', uploadId, sealed)) as Correction[]) : []
  return { errors: errors as PlacedProblem[], warnings: warnings as PlacedProblem[], corrections }
}

/** What an academy taught about its own headers: normalised header → field. */
export async function findMapping(tx: Tx, academyId: string): Promise<Mapping> {
  const rows = await tx
    .select({ header: ledgerMapping.header, field: ledgerMapping.field })
    .from(ledgerMapping)
    .where(eq(ledgerMapping.academyId, academyId))
  return Object.fromEntries(rows.map(({ header, field }) => [header, field as Field | 'ignored']))
}

/** Why no more may be uploaded just now; null where it may. Asked before the file is read. */
export async function findUploadLimit(tx: Tx, viewer: Viewer, now: Date): Promise<'too_often' | 'too_many' | null> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const [recent] = await tx
    .select({ uploads: count() })
    .from(ledgerUpload)
    .where(and(eq(ledgerUpload.accountId, viewer.accountId), gt(ledgerUpload.uploadedAt, hourAgo)))
  if (recent!.uploads >= MOST_AN_HOUR) return 'too_often'
  const [kept] = await tx
    .select({ uploads: count() })
    .from(ledgerUpload)
    .where(and(eq(ledgerUpload.academyId, viewer.academyId ?? ''), isNull(ledgerUpload.removedAt)))
  return kept!.uploads >= MOST_KEPT ? 'too_many' : null
}

export type OpenUpload = { id: string; fileName: string; state: UploadState; uploadedAt: Date; by: string | null }

/** Uploads that somebody still has to decide about, or that are on their way; and what could not be read, until somebody has seen it. */
export async function listOpenUploads(tx: Tx, academyId: string): Promise<OpenUpload[]> {
  const rows = await tx
    .select({
      id: ledgerUpload.id,
      fileName: ledgerUpload.fileName,
      state: ledgerUpload.state,
      uploadedAt: ledgerUpload.uploadedAt,
      by: account.displayName,
    })
    .from(ledgerUpload)
    .leftJoin(account, eq(account.id, ledgerUpload.accountId))
    .where(
      and(
        eq(ledgerUpload.academyId, academyId),
        or(
          eq(ledgerUpload.state, 'unreadable'),
          and(
            inArray(ledgerUpload.state, ['received', 'uploaded', 'mapped', 'previewed', 'importing', 'failed']),
            isNull(ledgerUpload.removedAt),
          ),
        ),
      ),
    )
    .orderBy(desc(ledgerUpload.uploadedAt))
    .limit(MOST_KEPT)
  return rows as OpenUpload[]
}
