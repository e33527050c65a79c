import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { classFile } from '#db/schema/index.ts'
import { removeDocument } from './files.server.ts'
import { findFiledClass, listDocuments } from './find.server.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

/** A document that is there, with its class. Null: none of the viewer's. */
export async function findDocument(of: Omit<Of, 'now'>, documentId: string) {
  return as(of.viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    const document = held && (await listDocuments(tx, held)).find(({ id }) => id === documentId)
    return document ? { held, document } : null
  })
}

/** Removes a document, with a reason that stays. Its bytes go once that is written. Null: none of the viewer's, or gone already. */
export async function removeWithReason(
  of: Of,
  { documentId, written }: { documentId: string; written: string },
): Promise<{ ok: true } | { ok: false; reason: ReasonFault } | null> {
  const { viewer, now, requestId } = of
  const read = readReason(written)
  const found = await findDocument(of, documentId)
  if (!found?.held) return null
  if ('fault' in read) return { ok: false, reason: read.fault }
  const { held, document } = found
  const removed = await as(viewer, async (tx) => {
    const rows = await tx
      .update(classFile)
      .set({ removedBy: viewer.accountId, removedAt: now, removedBecause: read.reason })
      .where(and(eq(classFile.academyId, held.academyId), eq(classFile.id, documentId), isNull(classFile.removedAt)))
      .returning({ id: classFile.id })
    if (rows.length === 0) return false
    const { part, digest } = document
    const detail = { classId: held.id, part, digest: digest.toString('hex'), reason: withoutNumbers(read.reason) }
    const event = { kind: 'class_file.removed' as const, detail, subjectId: documentId, academyId: held.academyId }
    await record(tx, { by: viewer, now, requestId, ...event })
    return true
  })
  if (!removed) return null
  await removeDocument(documentId)
  return { ok: true }
}
