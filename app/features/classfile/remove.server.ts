import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listStandingOn } from '#app/features/attendance/stands-on.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { classFile } from '#db/schema/index.ts'
import { removeDocument } from './files.server.ts'
import { findFiledClass, listDocuments } from './find.server.ts'
import { takeTurnWhileOpen } from './turn.server.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

/** A document that is there, with its class, and the marks of attendance that stand on it. Null: none of the viewer's. */
export async function findDocument(of: Omit<Of, 'now'>, documentId: string) {
  return as(of.viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    const document = held && (await listDocuments(tx, held)).find(({ id }) => id === documentId)
    if (!held || !document) return null
    return { held, document, standing: await listStandingOn(tx, { academyId: held.academyId, fileId: documentId }) }
  })
}

/** Why nothing was removed. `marks_stand`: attendance was ticked off from it and stands; figures are proved by it. */
export type RemovalFault = ReasonFault | 'marks_stand' | 'class_closed'

/**
 * Removes a document, with a reason that stays; one that is the evidence of attendance stays itself. Its bytes go once that is written.
 * Null: none of the viewer's, or gone already.
 */
export async function removeWithReason(
  of: Of,
  { documentId, written }: { documentId: string; written: string },
): Promise<{ ok: true } | { ok: false; reason: RemovalFault } | null> {
  const { viewer, now, requestId } = of
  const read = readReason(written)
  const found = await findDocument(of, documentId)
  if (!found) return null
  if (found.held.isClosed) return { ok: false, reason: 'class_closed' }
  if ('fault' in read) return { ok: false, reason: read.fault }
  const { held, document } = found
  const isThere = and(
    eq(classFile.academyId, held.academyId),
    eq(classFile.id, documentId),
    isNull(classFile.removedAt),
  )
  const removed = await as(viewer, async (tx) => {
    if (!(await takeTurnWhileOpen(tx, held))) return 'class_closed'
    // Whoever ticks off from it holds it (holdPhotos): what stands on it by then is seen.
    const [locked] = await tx.select({ id: classFile.id }).from(classFile).where(isThere).for('update')
    if (!locked) return 'gone'
    if ((await listStandingOn(tx, { academyId: held.academyId, fileId: documentId })).length > 0) return 'marks_stand'
    await tx
      .update(classFile)
      .set({ removedBy: viewer.accountId, removedAt: now, removedBecause: read.reason })
      .where(isThere)
    const { part, digest } = document
    const detail = { classId: held.id, part, digest: digest.toString('hex'), reason: withoutNumbers(read.reason) }
    const event = { kind: 'class_file.removed' as const, detail, subjectId: documentId, academyId: held.academyId }
    await record(tx, { by: viewer, now, requestId, ...event })
    return 'removed'
  })
  if (removed === 'gone') return null
  if (removed === 'marks_stand' || removed === 'class_closed') return { ok: false, reason: removed }
  await removeDocument(documentId)
  return { ok: true }
}
