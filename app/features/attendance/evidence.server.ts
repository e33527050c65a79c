import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceEvidence, classFile, classFileSession } from '#db/schema/index.ts'
import type { HeldSheet } from './sheet-held.server.ts'

/** A photograph of a signed sheet, by its id in the class's file. `isGone`: it was removed since. */
export type SheetPhoto = { id: string; name: string; isGone: boolean }

const ofFile = and(
  eq(classFile.academyId, classFileSession.academyId),
  eq(classFile.classId, classFileSession.classId),
  eq(classFile.id, classFileSession.fileId),
)

const ofSheet = ({ academyId, classId, sessionId }: HeldSheet) =>
  and(
    eq(classFileSession.academyId, academyId),
    eq(classFileSession.classId, classId),
    eq(classFileSession.sessionId, sessionId),
    isNull(classFile.removedAt),
  )

/** The photographs of a session's signed sheet that are there, in the order in which they came. */
export async function listPhotos(tx: Tx, held: HeldSheet): Promise<SheetPhoto[]> {
  const rows = await tx
    .select({ id: classFile.id, name: classFile.name })
    .from(classFileSession)
    .innerJoin(classFile, ofFile)
    .where(ofSheet(held))
    .orderBy(asc(classFileSession.addedAt), asc(classFile.id))
  return rows.map((row) => ({ ...row, isGone: false }))
}

/** Whether these are photographs of the session's sheet, and one at least; nobody removes them until the transaction is over. */
export async function holdPhotos(tx: Tx, held: HeldSheet, photoIds: readonly string[]): Promise<boolean> {
  if (photoIds.length === 0) return false
  const rows = await tx
    .select({ id: classFile.id })
    .from(classFileSession)
    .innerJoin(classFile, ofFile)
    .where(and(ofSheet(held), inArray(classFile.id, [...photoIds])))
    .orderBy(asc(classFile.id))
    .for('share', { of: classFile })
  return rows.length === photoIds.length
}

/** Ties entries to the photographs by which they were made. */
export async function keepEvidence(
  tx: Tx,
  { held, entryIds, photoIds }: { held: HeldSheet; entryIds: readonly string[]; photoIds: readonly string[] },
): Promise<void> {
  const { academyId, classId } = held
  const rows = entryIds.flatMap((entryId) => photoIds.map((fileId) => ({ academyId, classId, entryId, fileId })))
  if (rows.length > 0) await tx.insert(attendanceEvidence).values(rows)
}

/** The photographs by which a session's entries were made, by entry. */
export async function findEvidence(tx: Tx, { academyId, sessionId }: HeldSheet): Promise<Map<string, SheetPhoto[]>> {
  const rows = await tx
    .select({
      entryId: attendanceEvidence.entryId,
      id: classFile.id,
      name: classFile.name,
      removedAt: classFile.removedAt,
    })
    .from(attendanceEntry)
    .innerJoin(
      attendanceEvidence,
      and(
        eq(attendanceEvidence.academyId, attendanceEntry.academyId),
        eq(attendanceEvidence.entryId, attendanceEntry.id),
      ),
    )
    .innerJoin(
      classFile,
      and(eq(classFile.academyId, attendanceEvidence.academyId), eq(classFile.id, attendanceEvidence.fileId)),
    )
    .where(and(eq(attendanceEntry.academyId, academyId), eq(attendanceEntry.sessionId, sessionId)))
    .orderBy(asc(classFile.id))
  const found = new Map<string, SheetPhoto[]>()
  for (const { entryId, id, name, removedAt } of rows)
    found.set(entryId, [...(found.get(entryId) ?? []), { id, name, isGone: removedAt !== null }])
  return found
}
