import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { nudge } from '#app/lib/jobs.server.ts'
import type { ReceivedFile } from '#app/lib/receive-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerMapping, ledgerUpload } from '#db/schema/index.ts'
import type { Field } from './columns.ts'
import type { Choice } from './mapping-form.ts'
import { findMapping } from './upload.server.ts'
import { keepFile, removeFile } from './upload-files.server.ts'

/** Whoever holds `ledger.manage`. */
export type Administrator = Viewer & { academyId: string }

/**
 * Takes a received file in: moves it to its place, and lets a worker look at it (upload-read.server.ts). What the academy
 * taught before goes with it.
 * @returns the upload's id.
 */
export async function keepUpload(
  viewer: Administrator,
  { file, locale, now }: { file: ReceivedFile; locale: Locale; now: Date },
): Promise<string> {
  const constants: Partial<Record<Field, string>> = viewer.academyCode ? { academyCode: viewer.academyCode } : {}
  const uploadId = newId()
  await keepFile(file.path, uploadId)
  try {
    await as(viewer, async (tx) =>
      tx.insert(ledgerUpload).values({
        academyId: viewer.academyId,
        id: uploadId,
        accountId: viewer.accountId,
        fileName: file.fileName,
        bytes: file.bytes,
        digest: file.digest,
        state: 'received',
        sheets: [],
        chosen: [],
        mapping: await findMapping(tx, viewer.academyId),
        constants,
        locale,
        rowsTotal: file.lines,
        uploadedAt: now,
        touchedAt: now,
      }),
    )
  } catch (error) {
    await removeFile(uploadId)
    throw error
  }
  nudge()
  return uploadId
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

/** Lets an upload whose reading was given up be read once more. False where it is at another step by now. */
export async function readAgain(
  tx: Tx,
  { viewer, uploadId, now }: { viewer: Administrator; uploadId: string; now: Date },
): Promise<boolean> {
  const changed = await tx
    .update(ledgerUpload)
    .set({ state: 'received', ...again(now) })
    .where(and(mine(viewer, uploadId), eq(ledgerUpload.state, 'failed'), isNull(ledgerUpload.removedAt)))
    .returning({ id: ledgerUpload.id })
  return changed.length > 0
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

/** States in which somebody may let go of an upload. */
const LETTING_GO = ['received', 'unreadable', 'uploaded', 'mapped', 'previewed', 'failed'] as const

/** Lets go of an upload that is not imported; its file and findings go. False while its import waits or runs. */
export async function cancelUpload(
  tx: Tx,
  { viewer, uploadId, now }: { viewer: Administrator; uploadId: string; now: Date },
): Promise<boolean> {
  const changed = await tx
    .update(ledgerUpload)
    .set({ state: 'cancelled', touchedAt: now, removedAt: now, ...NO_FINDINGS })
    .where(and(mine(viewer, uploadId), inArray(ledgerUpload.state, [...LETTING_GO])))
    .returning({ id: ledgerUpload.id })
  return changed.length > 0
}

/** What is not kept longer than the file. */
export const NO_FINDINGS = { errors: [], warnings: [], correctionsSealed: null } as const

export const again = (now: Date) => ({ touchedAt: now, attempts: 0, waitUntil: null, phase: null, rowsRead: 0 })

export const mine = (viewer: { academyId: string }, uploadId: string) =>
  and(eq(ledgerUpload.academyId, viewer.academyId), eq(ledgerUpload.id, uploadId))
