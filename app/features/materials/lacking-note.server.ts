import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { countLackingWorkers } from './desk.server.ts'

/** How many workers of a class of the viewer's academy lack something that it needs of them; null: it needs nothing. */
export async function findLackingNote(viewer: Viewer, { classId }: { classId: string }): Promise<number | null> {
  const { academyId } = viewer
  return academyId ? as(viewer, (tx) => countLackingWorkers(tx, { academyId, classId })) : null
}
