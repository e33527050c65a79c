import { rm } from 'node:fs/promises'
import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { newId } from '#app/lib/ids.ts'
import { type ReceivedFile, type ReceiveFault, receiveFiles } from '#app/lib/receive-file.server.ts'
import { classFile } from '#db/schema/index.ts'
import { checkDocument, placeDocument, receivingFolder, removeDocument } from './files.server.ts'
import { type FiledClass, findFiledClass, listDocuments } from './find.server.ts'
import { documentName, LARGEST_DOCUMENT, MOST_AT_ONCE, MOST_BYTES, MOST_DOCUMENTS, type UploadedPart } from './parts.ts'

/** Why a document was not kept. */
export type DocumentFault = 'empty' | 'too_large' | 'unknown_kind' | 'same' | 'too_many'
export type RefusedDocument = { fileName: string; reason: DocumentFault }
export type Kept =
  | { ok: true; kept: number; refused: RefusedDocument[] }
  | { ok: false; reason: ReceiveFault | 'busy' | 'too_many' }

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

/** Accounts that send documents just now: one form each, so that nobody fills the disk faster than the limits count. */
const sending = new Set<string>()

/**
 * Receives the form of a part, after the guard `classfile.keep`: the body is read here and nowhere before. Each document is
 * kept or refused for itself. Null: no such class of the viewer's.
 */
export async function keepDocuments(
  of: Of,
  { part, request }: { part: UploadedPart; request: Request },
): Promise<Kept | null> {
  const { viewer } = of
  const found = await as(viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    return held && { held, isFull: isFull(await listDocuments(tx, held), 1) }
  })
  if (!found) return null
  if (found.isFull) return { ok: false, reason: 'too_many' }
  if (sending.has(viewer.accountId)) return { ok: false, reason: 'busy' }
  sending.add(viewer.accountId)
  try {
    const asked = { field: 'file', folder: receivingFolder(), limit: LARGEST_DOCUMENT, most: MOST_AT_ONCE }
    const received = await receiveFiles(request, asked)
    if (!received.ok) return received
    const refused: RefusedDocument[] = [...received.refused]
    let kept = 0
    for (const file of received.files) {
      const fault = await keepOne(of, found.held, part, file).finally(() => rm(file.path, { force: true }))
      if (fault) refused.push({ fileName: file.fileName, reason: fault })
      else kept += 1
    }
    return { ok: true, kept, refused }
  } finally {
    sending.delete(viewer.accountId)
  }
}

const isFull = (documents: readonly { bytes: number }[], more: number) =>
  documents.length >= MOST_DOCUMENTS || documents.reduce((sum, { bytes }) => sum + bytes, more) > MOST_BYTES

async function keepOne(
  { viewer, now, requestId }: Of,
  held: FiledClass,
  part: UploadedPart,
  file: ReceivedFile,
): Promise<DocumentFault | null> {
  const checked = await checkDocument(file)
  if (!checked) return 'unknown_kind'
  const { kind, bytes, digest } = checked
  const id = newId()
  const place = { academyId: held.academyId, classId: held.id }
  await placeDocument(file.path, id)
  try {
    const fault = await as(viewer, async (tx): Promise<DocumentFault | null> => {
      if (isFull(await listDocuments(tx, held), bytes)) return 'too_many'
      const name = documentName(file.fileName, kind)
      const made = await tx
        .insert(classFile)
        .values({ ...place, id, part, name, kind, bytes, digest, addedBy: viewer.accountId, addedAt: now })
        .onConflictDoNothing()
        .returning({ id: classFile.id })
      if (made.length === 0) return 'same'
      const detail = { classId: held.id, part, kind, bytes, digest: digest.toString('hex') }
      const event = { kind: 'class_file.added' as const, detail, subjectId: id, academyId: held.academyId }
      await record(tx, { by: viewer, now, requestId, ...event })
      return null
    })
    if (fault) await removeDocument(id)
    return fault
  } catch (error) {
    await removeDocument(id)
    throw error
  }
}

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
