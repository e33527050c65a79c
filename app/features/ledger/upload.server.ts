import { and, count, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  account,
  ledgerImport,
  ledgerImportAcademy,
  ledgerMapping,
  ledgerUndo,
  ledgerUpload,
  trainingClass,
} from '#db/schema/index.ts'
import type { UploadState } from '#db/values.ts'
import type { Field } from './columns.ts'
import type { PlacedProblem } from './problem.ts'
import { type Correction, type Mapping, MOST_AN_HOUR, MOST_KEPT, type Phase, type SheetView } from './upload.ts'

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
  counts: { rows: number; created: number; corrected: number; unchanged: number; rejected: number } | null
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

export type ListedImport = {
  id: string
  fileName: string
  digest: string
  at: Date
  /** Null: from the shell. */
  by: string | null
  isOfAccount: boolean
  rows: number
  created: number
  corrected: number
  unchanged: number
  rejected: number
  undoneAt: Date | null
  /** Somebody asked to have it undone, and it waits or runs. */
  isUndoing: boolean
  uploadId: string | null
}

const PAGE = 20

/** An academy's imports, newest first, a page of 20; `before`: the id of the last one of the page before. */
export async function listImports(
  tx: Tx,
  { academyId, before }: { academyId: string; before: string | null },
): Promise<{ imports: ListedImport[]; hasMore: boolean }> {
  const rows = await tx
    .select({
      id: ledgerImport.id,
      fileName: ledgerImport.fileName,
      digest: ledgerImport.digest,
      at: ledgerImport.at,
      by: account.displayName,
      accountId: ledgerImport.accountId,
      rows: ledgerImport.rows,
      created: ledgerImport.created,
      corrected: ledgerImport.corrected,
      unchanged: ledgerImport.unchanged,
      rejected: ledgerImport.rejected,
      undoneAt: ledgerImport.undoneAt,
      isUndoing: sql<boolean>`coalesce(${ledgerUndo.state} = 'waiting', false)`,
      uploadId: ledgerUpload.id,
    })
    .from(ledgerImport)
    .leftJoin(account, eq(account.id, ledgerImport.accountId))
    .leftJoin(
      ledgerUpload,
      and(eq(ledgerUpload.importId, ledgerImport.id), eq(ledgerUpload.academyId, sql`${academyId}::uuid`)),
    )
    .leftJoin(
      ledgerUndo,
      and(eq(ledgerUndo.importId, ledgerImport.id), eq(ledgerUndo.academyId, sql`${academyId}::uuid`)),
    )
    .where(
      and(
        sql`exists (select 1 from ledger_import_academy lia
          where lia.academy_id = ${academyId}::uuid and lia.import_id = ${ledgerImport.id})`,
        before ? sql`${ledgerImport.id} < ${before}::uuid` : undefined,
      ),
    )
    .orderBy(desc(ledgerImport.id))
    .limit(PAGE + 1)
  const imports = rows.slice(0, PAGE).map(({ accountId, digest, ...row }) => ({
    ...row,
    digest: digest.toString('hex'),
    isOfAccount: accountId !== null,
  }))
  return { imports, hasMore: rows.length > PAGE }
}

/** The years in which an academy's classes ended, the latest first. */
export async function listLedgerYears(tx: Tx, academyId: string): Promise<number[]> {
  const year = sql<number>`extract(year from ${trainingClass.endsOn})::int`
  const rows = await tx.selectDistinct({ year }).from(trainingClass).where(eq(trainingClass.academyId, academyId))
  return rows.map((row) => row.year).toSorted((one, other) => other - one)
}

/** May whoever asks see this import of their academy? */
export async function seesImport(tx: Tx, importId: string): Promise<boolean> {
  const rows = await tx
    .select({ academyId: ledgerImportAcademy.academyId })
    .from(ledgerImportAcademy)
    .where(eq(ledgerImportAcademy.importId, importId))
  return rows.length > 0
}

/** An earlier import of the very same file that was not undone; null where there is none. */
export async function findSameFile(
  tx: Tx,
  { academyId, digest }: { academyId: string; digest: string },
): Promise<{ at: Date } | null> {
  const [found] = await tx
    .select({ at: ledgerImport.at })
    .from(ledgerImport)
    .where(
      and(
        eq(ledgerImport.digest, Buffer.from(digest, 'hex')),
        isNull(ledgerImport.undoneAt),
        sql`exists (select 1 from ledger_import_academy lia
          where lia.academy_id = ${academyId}::uuid and lia.import_id = ${ledgerImport.id})`,
      ),
    )
    .orderBy(desc(ledgerImport.id))
    .limit(1)
  return found ?? null
}
