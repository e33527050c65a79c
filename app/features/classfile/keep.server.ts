import { rm } from 'node:fs/promises'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type CheckedDocument, checkDocument, receivingFolder } from '#app/lib/check-document.server.ts'
import { newId } from '#app/lib/ids.ts'
import { type ReceivedFile, type ReceiveFault, receiveFiles } from '#app/lib/receive-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { classFile, classFileSession } from '#db/schema/index.ts'
import { placeDocument, removeDocument } from './files.server.ts'
import { type FiledClass, findFiledClass, listDocuments } from './find.server.ts'
import {
  AFTER_CLOSING,
  documentName,
  LARGEST_DOCUMENT,
  MOST_AT_ONCE,
  MOST_BYTES,
  MOST_DOCUMENTS,
  PICTURES,
  type UploadedPart,
} from './parts.ts'
import { takeTurnWhileOpen } from './turn.server.ts'

/** Why a document was not kept. */
export type DocumentFault = 'empty' | 'too_large' | 'unknown_kind' | 'no_picture' | 'same' | 'too_many' | 'class_closed'
export type RefusedDocument = { fileName: string; reason: DocumentFault }
export type Kept =
  | { ok: true; kept: number; refused: RefusedDocument[] }
  | { ok: false; reason: ReceiveFault | 'busy' | 'too_many' | 'class_closed' }

/** `sheetOf`: photographs alone, of the signed sheet of that session; `name`: what they are called in the file. */
type Into = { part: UploadedPart; sheetOf?: { sessionId: string; name: string } }

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

/** Accounts that send documents just now: one form each, so that nobody fills the disk faster than the limits count. */
const sending = new Set<string>()

/**
 * Receives the form of a part, after the guard `classfile.keep`: the body is read here and nowhere before. Each document is
 * kept or refused for itself. Null: no such class of the viewer's.
 */
export async function keepDocuments(of: Of, { request, ...into }: Into & { request: Request }): Promise<Kept | null> {
  const { viewer } = of
  const found = await as(viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    return held && { held, isFull: isFull(await listDocuments(tx, held), 1) }
  })
  if (!found) return null
  if (found.held.isClosed && into.part !== AFTER_CLOSING) return { ok: false, reason: 'class_closed' }
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
      const fault = await keepOne(of, found.held, into, file).finally(() => rm(file.path, { force: true }))
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

async function keepOne(of: Of, held: FiledClass, into: Into, file: ReceivedFile): Promise<DocumentFault | null> {
  const checked = await checkDocument(file)
  if (!checked) return 'unknown_kind'
  if (into.sheetOf && !PICTURES.includes(checked.kind)) return 'no_picture'
  const id = newId()
  await placeDocument(file.path, id)
  try {
    const entered = await as(of.viewer, (tx) => enter(tx, of, held, { ...into, ...checked, id, file }))
    if (entered !== 'new') await removeDocument(id)
    return entered === 'new' || entered === 'there' ? null : entered
  } catch (error) {
    await removeDocument(id)
    throw error
  }
}

/** Writes what is known of a document that has its place. `there`: a photograph that lies in the file already is of one more session. */
async function enter(
  tx: Tx,
  { viewer, now, requestId }: Of,
  { academyId, id: classId }: FiledClass,
  { part, sheetOf, id, file, kind, bytes, digest }: Into & CheckedDocument & { id: string; file: ReceivedFile },
): Promise<'new' | 'there' | 'same' | 'too_many' | 'class_closed'> {
  const isOpen = await takeTurnWhileOpen(tx, { academyId, id: classId })
  if (!isOpen && part !== AFTER_CLOSING) return 'class_closed'
  const by = { academyId, classId, addedBy: viewer.accountId, addedAt: now }
  const documents = await listDocuments(tx, { academyId, id: classId })
  const same = documents.find((one) => one.part === part && one.digest.equals(digest))
  if (same && !sheetOf) return 'same'
  if (!same) {
    if (isFull(documents, bytes)) return 'too_many'
    const name = documentName(sheetOf?.name ?? file.fileName, kind)
    await tx.insert(classFile).values({ ...by, id, part, name, kind, bytes, digest })
    const detail = { classId, part, kind, bytes, digest: digest.toString('hex') }
    await record(tx, { by: viewer, now, requestId, kind: 'class_file.added', detail, subjectId: id, academyId })
  }
  if (sheetOf) {
    const ofSession = { ...by, sessionId: sheetOf.sessionId, fileId: same?.id ?? id }
    await tx.insert(classFileSession).values(ofSession).onConflictDoNothing()
  }
  return same ? 'there' : 'new'
}
