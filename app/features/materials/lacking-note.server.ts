import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { actsAsHead } from '#app/features/training/class-head.server.ts'
import { countLackingWorkers } from './desk.server.ts'

/** How many workers of a class lack something that it needs of them; null: it needs nothing, or the viewer only teaches it. */
export async function findLackingNote(viewer: Viewer, { classId }: { classId: string }): Promise<number | null> {
  const { academyId } = viewer
  if (!academyId) return null
  return as(viewer, async (tx) =>
    (await actsAsHead(tx, viewer, classId)) ? countLackingWorkers(tx, { academyId, classId }) : null,
  )
}
