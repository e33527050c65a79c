import { eq } from 'drizzle-orm'
import type { Actor } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { type Outgoing, writeOutgoing } from '#app/lib/outgoing.server.ts'
import { csvCell } from '#app/lib/sheet-text.ts'
import { type OutCell, writeWorkbook } from '#app/lib/workbook/write.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import { FIELDS, headerOf } from './columns.ts'
import { type ExportFilter, exportRows, hasMoreRows, type LedgerCells } from './export-rows.server.ts'
import { outCell, outColumn } from './out-cells.ts'
import { headerCells } from './template.server.ts'
import { SHEETS } from './template-words.ts'

export type ExportFormat = 'xlsx' | 'csv'

/** A workbook of more rows is refused: it would not come in again. A csv file takes as many as there are. */
export const MOST_EXPORTED: Record<ExportFormat, number> = { xlsx: 50_000, csv: Number.POSITIVE_INFINITY }

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export type Exported = { ok: true; file: Outgoing; rows: number } | { ok: false; reason: 'tooMany'; most: number }

/**
 * Exports the ledger, with full document, phone and certificate numbers, as a file that imports again unchanged. The file
 * is whole on the disk before anything leaves, and nothing leaves without its audit event: who, which filter, counts,
 * digest. However many rows, some hundreds at a time are held.
 * @param input.by who asks: the transaction's actor.
 */
export async function exportLedger(
  tx: Tx,
  input: { by: Actor; filter: ExportFilter; format: ExportFormat; now: Date; requestId?: string },
): Promise<Exported> {
  const { by, filter, format, now } = input
  const most = MOST_EXPORTED[format]
  const today = shanghaiDate(now)
  if (Number.isFinite(most) && (await hasMoreRows(tx, filter, today, most)))
    return { ok: false, reason: 'tooMany', most }
  const counts = { rows: 0 }
  const rows = counted(exportRows(tx, filter, today), counts)
  const file = await writeOutgoing(format === 'xlsx' ? asWorkbook(rows) : asCsv(rows))
  if (counts.rows === 0) return { ok: true, file, rows: 0 } // a header and nothing else: nothing left
  const { academyId, year, classCode, personIds } = filter
  await record(tx, {
    by,
    now,
    kind: 'ledger.exported',
    academyId,
    requestId: input.requestId,
    detail: {
      format,
      year: year ?? null,
      classCode: classCode ?? null,
      chosenPersons: personIds?.length ?? null,
      rows: counts.rows,
      digest: file.digest,
    },
  })
  return { ok: true, file, rows: counts.rows }
}

/** The same for one academy by its code; null where there is none. */
export async function exportAcademy(
  tx: Tx,
  input: Parameters<typeof exportLedger>[1] & { academyCode: string },
): Promise<Exported | null> {
  const [found] = await tx.select({ id: academy.id }).from(academy).where(eq(academy.code, input.academyCode))
  return found ? exportLedger(tx, { ...input, filter: { ...input.filter, academyId: found.id } }) : null
}

async function* counted(pieces: AsyncIterable<LedgerCells[]>, counts: { rows: number }): AsyncGenerator<LedgerCells> {
  for await (const piece of pieces) {
    counts.rows += piece.length
    yield* piece
  }
}

async function* asCsv(rows: AsyncIterable<LedgerCells>): AsyncGenerator<Buffer> {
  let text = `\uFEFF${FIELDS.map(headerOf).join(',')}\r\n`
  for await (const cells of rows) {
    text += `${FIELDS.map((field) => csvCell(cells[field])).join(',')}\r\n`
    if (text.length < 64_000) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function asWorkbook(rows: AsyncIterable<LedgerCells>): AsyncGenerator<Buffer> {
  async function* cells(): AsyncGenerator<OutCell[]> {
    yield headerCells()
    for await (const row of rows) yield FIELDS.map((field) => outCell(field, row[field]))
  }
  return writeWorkbook([{ name: SHEETS.ledger, columns: FIELDS.map(outColumn), frozenRows: 1, rows: cells() }])
}
