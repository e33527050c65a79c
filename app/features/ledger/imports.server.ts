import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import {
  account,
  ledgerImport,
  ledgerImportAcademy,
  ledgerUndo,
  ledgerUpload,
  trainingClass,
} from '#db/schema/index.ts'
import type { RowCounts } from './upload.ts'

export type ListedImport = RowCounts & {
  id: string
  fileName: string
  digest: string
  at: Date
  /** Null: from the shell. */
  by: string | null
  isOfAccount: boolean
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
