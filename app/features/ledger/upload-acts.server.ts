import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { nudge } from '#app/lib/jobs.server.ts'
import type { ReceivedFile } from '#app/lib/receive-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerMapping, ledgerUpload } from '#db/schema/index.ts'
import type { Field } from './columns.ts'
import type { Choice } from './mapping-form.ts'
import { openLedger } from './open.server.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { sheetView } from './sheet-view.ts'
import type { Source } from './source.ts'
import { findMapping } from './upload.server.ts'
import { keepFile, removeFile } from './upload-files.server.ts'

/** Whoever holds `ledger.manage`. */
export type Administrator = Viewer & { academyId: string }

export type Kept = { ok: true; uploadId: string } | { ok: false; problems: PlacedProblem[] }

/**
 * Takes a received file in: looks at its sheets and headers, applies what the academy taught before, and where nothing is
 * left to ask lets the check begin at once. The file is moved to its place.
 * @returns the problems of a file that cannot be a ledger at all; it stays where it is.
 */
export async function keepUpload(
  viewer: Administrator,
  { file, locale, now }: { file: ReceivedFile; locale: Locale; now: Date },
): Promise<Kept> {
  const mapping = await as(viewer, (tx) => findMapping(tx, viewer.academyId))
  const constants: Partial<Record<Field, string>> = viewer.academyCode ? { academyCode: viewer.academyCode } : {}
  const opened = await openLedger(file.path, { mapping, constants })
  if (!opened.ok) return { ok: false, problems: [opened.problem] }
  const { source } = opened
  const problems = source.sheets.flatMap((sheet) => sheet.problems)
  if (!source.sheets.some(({ headerRow }) => headerRow !== null))
    return { ok: false, problems: problems.length > 0 ? problems : [{ row: null, ...problem(null, 'fileEmpty') }] }

  const views = source.sheets.map((sheet) => sheetView(sheet, mapping, shanghaiDate(now)))
  const chosen = source.sheets.flatMap(({ name, isRead }) => (isRead && name !== null ? [name] : []))
  const read = views.filter((_, at) => source.sheets[at]!.isRead)
  const isClear =
    views.filter(({ isLedger }) => isLedger).length === 1 &&
    problems.length === 0 &&
    read.every(({ headers }) => headers.every(({ known }) => known !== null))
  const uploadId = newId()
  await keepFile(file.path, uploadId)
  try {
    await as(viewer, (tx) =>
      tx.insert(ledgerUpload).values({
        academyId: viewer.academyId,
        id: uploadId,
        accountId: viewer.accountId,
        fileName: file.fileName,
        bytes: file.bytes,
        digest: file.digest,
        state: isClear ? 'mapped' : 'uploaded',
        sheets: views,
        chosen,
        mapping,
        constants,
        locale,
        rowsTotal: source.kind === 'csv' ? file.lines : rowsOf(source, chosen),
        uploadedAt: now,
        touchedAt: now,
      }),
    )
  } catch (error) {
    await removeFile(uploadId)
    throw error
  }
  if (isClear) nudge()
  return { ok: true, uploadId }
}

const rowsOf = ({ sheets }: Pick<Source, 'sheets'>, chosen: readonly string[]): number | null => {
  const read = sheets.filter(({ name }) => name === null || chosen.includes(name))
  return read.some(({ rows }) => rows === null) ? null : read.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}

/** States in which columns may be chosen: before the check, and again after it. */
export const CHOOSING = ['uploaded', 'previewed', 'failed'] as const

/**
 * Keeps which sheets are read and what their columns mean, remembers it for the academy's next file, and lets the check
 * begin. False where the upload is at another step by now (a second tab, a double click).
 */
export async function chooseColumns(
  tx: Tx,
  { viewer, uploadId, choice, now }: { viewer: Administrator; uploadId: string; choice: Choice; now: Date },
): Promise<boolean> {
  const { sheets, mapping, constants, rowsTotal } = choice
  const changed = await tx
    .update(ledgerUpload)
    .set({
      state: 'mapped',
      chosen: sheets,
      mapping,
      constants,
      ...(rowsTotal === null ? {} : { rowsTotal }),
      ...again(now),
    })
    .where(and(mine(viewer, uploadId), inArray(ledgerUpload.state, [...CHOOSING]), isNull(ledgerUpload.removedAt)))
    .returning({ id: ledgerUpload.id })
  if (changed.length > 0) await remember(tx, viewer, choice, now)
  return changed.length > 0
}

async function remember(tx: Tx, viewer: Administrator, { mapping, taught }: Choice, now: Date): Promise<void> {
  const { academyId, accountId } = viewer
  const before = await findMapping(tx, academyId)
  const outdated = Object.keys(before).filter((header) => mapping[header] && mapping[header] !== before[header])
  if (outdated.length > 0)
    await tx
      .delete(ledgerMapping)
      .where(and(eq(ledgerMapping.academyId, academyId), inArray(ledgerMapping.header, outdated)))
  const rows = Object.entries(taught).map(([header, field]) => ({ academyId, header, field, accountId, at: now }))
  if (rows.length > 0) await tx.insert(ledgerMapping).values(rows).onConflictDoNothing()
}

/** Decides to import what was checked. False where it is at another step by now: a second click imports nothing twice. */
export async function decideImport(
  tx: Tx,
  { viewer, uploadId, validOnly, now }: { viewer: Administrator; uploadId: string; validOnly: boolean; now: Date },
): Promise<boolean> {
  const changed = await tx
    .update(ledgerUpload)
    .set({ state: 'importing', validOnly, ...again(now) })
    .where(and(mine(viewer, uploadId), eq(ledgerUpload.state, 'previewed'), isNull(ledgerUpload.removedAt)))
    .returning({ id: ledgerUpload.id })
  return changed.length > 0
}

/** Lets go of an upload that is not imported; its file and findings go. False while its import waits or runs. */
export async function cancelUpload(
  tx: Tx,
  { viewer, uploadId, now }: { viewer: Administrator; uploadId: string; now: Date },
): Promise<boolean> {
  const changed = await tx
    .update(ledgerUpload)
    .set({ state: 'cancelled', touchedAt: now, removedAt: now, ...NO_FINDINGS })
    .where(and(mine(viewer, uploadId), inArray(ledgerUpload.state, ['uploaded', 'mapped', 'previewed', 'failed'])))
    .returning({ id: ledgerUpload.id })
  return changed.length > 0
}

/** What is not kept longer than the file. */
export const NO_FINDINGS = { errors: [], warnings: [], correctionsSealed: null } as const

const again = (now: Date) => ({ touchedAt: now, attempts: 0, waitUntil: null, phase: null, rowsRead: 0 })

const mine = (viewer: { academyId: string }, uploadId: string) =>
  and(eq(ledgerUpload.academyId, viewer.academyId), eq(ledgerUpload.id, uploadId))
