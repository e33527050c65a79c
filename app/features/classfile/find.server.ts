import { and, asc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { ownClassOf } from '#app/features/training/desk.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classFile, site, trainingClass } from '#db/schema/index.ts'
import { CLASS_FILE_PARTS, type ClassFilePart, type FileKind } from '#db/values.ts'

/** A class that has a file: run here, at a place, and public. */
export type FiledClass = {
  academyId: string
  academyCode: string
  academyName: string
  id: string
  code: string
  name: string
  startsOn: string
  endsOn: string
  hasOccupation: boolean
  /** 结班: nothing but what comes with the certificates is added. */
  isClosed: boolean
  site: string | null
}

/** Whose files the viewer reads: an instructor's own classes', an academy's, a sponsor's academies', the province's. */
export function scopeOf(tx: Tx, viewer: Viewer): SQL {
  if (viewer.role === 'provincial_handler' || viewer.role === 'provincial_reviewer') return sql`true`
  if (viewer.role === 'sponsor_reviewer') return sql`${academy.sponsorId} = ${viewer.unionId}`
  const own = sql`${trainingClass.academyId} = ${viewer.academyId}`
  return viewer.role === 'instructor' ? sql`(${own} and ${ownClassOf(tx, viewer)})` : own
}

/** A class whose file the viewer may read; null for any other, and for drafts, online classes and a ledger's. */
export async function findFiledClass(
  tx: Tx,
  { viewer, academyCode, classId }: { viewer: Viewer; academyCode: string; classId: string },
): Promise<FiledClass | null> {
  const [row] = await tx
    .select({
      academyId: trainingClass.academyId,
      academyName: academy.name,
      id: trainingClass.id,
      code: trainingClass.code,
      name: trainingClass.name,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      occupationCode: trainingClass.occupationCode,
      status: trainingClass.status,
      site: site.name,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .where(
      and(
        eq(academy.code, academyCode),
        eq(trainingClass.id, classId),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.mode, 'online'),
        ne(trainingClass.status, 'draft'),
        scopeOf(tx, viewer),
      ),
    )
  if (!row) return null
  const { occupationCode, status, ...of } = row
  return { ...of, academyCode, hasOccupation: occupationCode !== null, isClosed: status === 'closed' }
}

/** A document that is there. */
export type FiledDocument = {
  id: string
  part: ClassFilePart
  name: string
  kind: FileKind
  bytes: number
  digest: Buffer
  addedBy: string
  addedAt: Date
}

/** The documents of a class that are there, in the order in which they came. */
export async function listDocuments(tx: Tx, of: Pick<FiledClass, 'academyId' | 'id'>): Promise<FiledDocument[]> {
  const rows = await tx
    .select({
      id: classFile.id,
      part: classFile.part,
      name: classFile.name,
      kind: classFile.kind,
      bytes: classFile.bytes,
      digest: classFile.digest,
      addedBy: classFile.addedBy,
      addedAt: classFile.addedAt,
    })
    .from(classFile)
    .where(
      and(
        eq(classFile.academyId, of.academyId),
        eq(classFile.classId, of.id),
        inArray(classFile.part, [...CLASS_FILE_PARTS]),
        isNull(classFile.removedAt),
      ),
    )
    .orderBy(asc(classFile.id))
  return rows as FiledDocument[]
}
