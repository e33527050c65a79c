import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { confirmResults } from '#app/features/certification/confirm.server.ts'
import { proposeResults } from '#app/features/certification/propose.server.ts'
import { listWaiting } from '#app/features/certification/waiting.server.ts'

type Proposed = Omit<Parameters<typeof proposeResults>[1], 'viewer' | 'academyId' | 'isAffirmed'>

/** Results as they come about: one administrator enters them, another confirms all that waits in the class. */
export async function recordedResults([one, other]: readonly [Viewer, Viewer], given: Proposed) {
  const of = { academyId: one.academyId ?? '', ...given }
  const proposed = await as(one, (tx) => proposeResults(tx, { ...of, viewer: one, isAffirmed: true }))
  if (!proposed?.ok) return proposed
  const ids = await waitingIds(other, given.classId)
  return as(other, (tx) => confirmResults(tx, { ...of, viewer: other, ids }))
}

/** What waits for confirmation in a class, as an administrator sees it. */
export async function waitingIds(viewer: Viewer, classId: string): Promise<string[]> {
  const { rows } = await as(viewer, (tx) => listWaiting(tx, { viewer, academyId: viewer.academyId ?? '', classId }))
  return rows.map(({ id }) => id)
}
