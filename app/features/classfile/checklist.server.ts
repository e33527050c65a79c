import { and, desc, eq, isNotNull, ne } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { classFile } from '#db/schema/index.ts'
import { type ClassFilePart, type FileKind, GROUP_QR } from '#db/values.ts'
import { type FiledClass, findFiledClass, listDocuments } from './find.server.ts'
import { countMissing, type PartState } from './parts.ts'
import { findStates } from './states.server.ts'

/** Removed documents that the page tells of. */
const TOLD = 50

export type ShownDocument = {
  id: string
  part: ClassFilePart
  name: string
  kind: FileKind
  bytes: number
  by: string
  at: string
}
export type RemovedDocument = { id: string; part: ClassFilePart; name: string; by: string; at: string; reason: string }

export type ChecklistPage = {
  of: FiledClass
  states: PartState[]
  missing: number
  documents: ShownDocument[]
  removed: RemovedDocument[]
  mayKeep: boolean
}

const shown = (instant: Date): string => `${shanghaiDate(instant)} ${shanghaiTime(instant)}`

type Asked = { academyCode: string; classId: string; now: Date }

/** The file of a class, after the guard `classfile.read`. Null: no such class of the viewer's. */
export async function findChecklist(viewer: Viewer, { now, ...asked }: Asked): Promise<ChecklistPage | null> {
  const found = await as(viewer, async (tx) => {
    const of = await findFiledClass(tx, { viewer, ...asked })
    if (!of) return null
    const documents = await listDocuments(tx, of)
    const removed = await tx
      .select()
      .from(classFile)
      .where(
        and(
          eq(classFile.academyId, of.academyId),
          eq(classFile.classId, of.id),
          ne(classFile.part, GROUP_QR),
          isNotNull(classFile.removedAt),
        ),
      )
      .orderBy(desc(classFile.removedAt), desc(classFile.id))
      .limit(TOLD)
    return { of, documents, removed, states: await findStates(tx, of, documents, now) }
  })
  if (!found) return null
  const { of, documents, removed, states } = found
  const names = await staffNames([
    ...documents.map(({ addedBy }) => addedBy),
    ...removed.flatMap(({ removedBy }) => (removedBy ? [removedBy] : [])),
  ])
  const nameOf = (id: string | null) => (id && names[id]?.name) || '—'
  return {
    of,
    states,
    missing: countMissing(states),
    documents: documents.map(({ digest: _, addedBy, addedAt, ...one }) => ({
      ...one,
      by: nameOf(addedBy),
      at: shown(addedAt),
    })),
    removed: removed.map(({ id, part, name, removedBy, removedAt, removedBecause }) => ({
      ...{ id, part: part as ClassFilePart, name, by: nameOf(removedBy) },
      ...{ at: removedAt ? shown(removedAt) : '', reason: removedBecause ?? '' },
    })),
    mayKeep: may(viewer, 'classfile.keep', of.academyCode),
  }
}

/** How many parts of a class's file are missing by now; null: it has none. */
export const countMissingParts = (viewer: Viewer, { now, ...asked }: Asked): Promise<number | null> =>
  as(viewer, async (tx) => {
    const of = await findFiledClass(tx, { viewer, ...asked })
    return of && countMissing(await findStates(tx, of, await listDocuments(tx, of), now))
  })
