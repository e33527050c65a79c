import { rm } from 'node:fs/promises'
import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { isOwnEnrolmentNamed } from '#app/features/training/own-enrolment.server.ts'
import { checkDocument, receivingFolder } from '#app/lib/check-document.server.ts'
import { MEDIA_TYPES } from '#app/lib/file-kind.server.ts'
import { newId } from '#app/lib/ids.ts'
import { openOutgoing } from '#app/lib/outgoing.server.ts'
import { type ReceivedFile, type ReceiveFault, receiveFile } from '#app/lib/receive-file.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, classFile, enrolment } from '#db/schema/index.ts'
import { type FileKind, GROUP_QR } from '#db/values.ts'
import { documentPath, placeDocument, removeDocument } from './files.server.ts'
import { type FiledClass, findFiledClass } from './find.server.ts'
import { documentName, PICTURES } from './parts.ts'
import { classFileWords } from './words.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }

/** A screenshot of a phone has some hundred kB. */
export const LARGEST_QR = 3_000_000

const isCurrent = (of: { academyId: string; classId: string }) =>
  and(
    eq(classFile.academyId, of.academyId),
    eq(classFile.classId, of.classId),
    eq(classFile.part, GROUP_QR),
    isNull(classFile.removedAt),
  )

/** The class and its group's QR code, for those who run it. Null: no such class of the viewer's. */
export async function findGroupPage(of: Omit<Of, 'now'>): Promise<{ held: FiledClass; qrId: string | null } | null> {
  return as(of.viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    if (!held) return null
    const [row] = await tx
      .select({ id: classFile.id })
      .from(classFile)
      .where(isCurrent({ ...held, classId: held.id }))
    return { held, qrId: row?.id ?? null }
  })
}

const ownGroupQr = statement((db) =>
  db
    .select({ id: classFile.id, kind: classFile.kind })
    .from(classFile)
    .innerJoin(academy, eq(academy.id, classFile.academyId))
    .where(
      and(
        eq(academy.code, sql.placeholder('academyCode')),
        eq(classFile.classId, sql.placeholder('classId')),
        eq(classFile.part, GROUP_QR),
        isNull(classFile.removedAt),
        exists(
          db
            .select({ one: sql`1` })
            .from(enrolment)
            .where(
              and(
                eq(enrolment.academyId, classFile.academyId),
                eq(enrolment.classId, classFile.classId),
                eq(enrolment.seat, 'enrolled'),
                isOwnEnrolmentNamed,
              ),
            ),
        ),
      ),
    ),
)

/** The code of a class in which the worker sits; null: there is none, or the worker has no seat. */
export async function findOwnGroupQr(
  tx: Tx,
  { viewer, academyCode, classId }: Pick<Of, 'viewer' | 'academyCode' | 'classId'>,
): Promise<{ id: string; kind: FileKind } | null> {
  const { accountId, personId } = viewer
  const [row] = await ownGroupQr(tx, { academyCode, classId, accountId, personId })
  return row ? { id: row.id, kind: row.kind as FileKind } : null
}

/** The picture, for who sits in the class and those who run it. Null: none for the viewer. */
export async function openGroupQr(of: Pick<Of, 'viewer' | 'academyCode' | 'classId'>) {
  const row = await as(of.viewer, async (tx) => {
    if (of.viewer.role === 'worker') return findOwnGroupQr(tx, of)
    if (of.viewer.role !== 'academy_admin' && of.viewer.role !== 'instructor') return null
    const held = await findFiledClass(tx, of)
    if (!held) return null
    const [found] = await tx
      .select({ id: classFile.id, kind: classFile.kind })
      .from(classFile)
      .where(isCurrent({ ...held, classId: held.id }))
    return found ? { id: found.id, kind: found.kind as FileKind } : null
  })
  if (!row) return null
  const file = await openOutgoing(documentPath(row.id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return file && { file, name: `${classFileWords['zh-CN'].group.title}.${row.kind}`, mediaType: MEDIA_TYPES[row.kind] }
}

export type QrFault = ReceiveFault | 'no_picture' | 'class_closed'

/**
 * Receives the picture, after the guard `classfile.keep`, in place of the one that was there. The body is read here and nowhere before.
 * Null: no such class of the viewer's.
 */
export async function keepGroupQr(
  of: Of,
  request: Request,
): Promise<{ ok: true } | { ok: false; reason: QrFault } | null> {
  const found = await findGroupPage(of)
  if (!found) return null
  if (found.held.isClosed) return { ok: false, reason: 'class_closed' }
  const received = await receiveFile(request, { field: 'file', folder: receivingFolder(), limit: LARGEST_QR })
  if (!received.ok) return received
  try {
    return await keep(of, found.held, received.file)
  } finally {
    await rm(received.file.path, { force: true })
  }
}

async function keep(
  of: Of,
  held: FiledClass,
  file: ReceivedFile,
): Promise<{ ok: true } | { ok: false; reason: QrFault }> {
  const { viewer, now, requestId } = of
  const checked = await checkDocument(file)
  if (!checked || !PICTURES.includes(checked.kind)) return { ok: false, reason: 'no_picture' }
  const id = newId()
  await placeDocument(file.path, id)
  const { academyId } = held
  const { kind, bytes, digest } = checked
  try {
    const old = await as(viewer, async (tx) => {
      const before = await takeDown(tx, of, held, classFileWords['zh-CN'].group.replaced)
      const by = { addedBy: viewer.accountId, addedAt: now }
      const name = documentName(classFileWords['zh-CN'].group.title, kind)
      const row = { academyId, id, classId: held.id, part: GROUP_QR, name, kind, bytes, digest }
      await tx.insert(classFile).values({ ...row, ...by })
      const detail = { classId: held.id, part: GROUP_QR, kind, bytes, digest: digest.toString('hex') }
      await record(tx, { by: viewer, now, requestId, kind: 'class_file.added', detail, subjectId: id, academyId })
      return before
    })
    if (old) await removeDocument(old)
    return { ok: true }
  } catch (error) {
    await removeDocument(id)
    throw error
  }
}

/** Takes the code down: workers see it no more. Null: there is none of the viewer's. */
export async function removeGroupQr(of: Of): Promise<{ ok: true } | null> {
  const found = await findGroupPage(of)
  if (!found) return null
  const old = await as(of.viewer, (tx) => takeDown(tx, of, found.held, classFileWords['zh-CN'].group.takenDown))
  if (!old) return null
  await removeDocument(old)
  return { ok: true }
}

/** Who puts up or takes down the code of a class waits for whoever is doing so. @returns whose bytes are of no more use. */
async function takeDown(tx: Tx, { viewer, now, requestId }: Of, held: FiledClass, why: string): Promise<string | null> {
  const { academyId, id: classId } = held
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`classfile.group_qr ${classId}`}, 0))`)
  const [old] = await tx
    .update(classFile)
    .set({ removedBy: viewer.accountId, removedAt: now, removedBecause: why })
    .where(isCurrent({ academyId, classId }))
    .returning({ id: classFile.id, digest: classFile.digest })
  if (!old) return null
  const detail = { classId, part: GROUP_QR, digest: old.digest.toString('hex'), reason: why }
  await record(tx, { by: viewer, now, requestId, kind: 'class_file.removed', detail, subjectId: old.id, academyId })
  return old.id
}
