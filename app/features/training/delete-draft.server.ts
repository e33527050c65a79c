import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { databaseCode, type Tx } from '#db/client.server.ts'
import { classRequirement, classSession, classStaff, trainingClass } from '#db/schema/index.ts'

const FOREIGN_KEY_VIOLATION = '23503'

/** `not_draft`: it was published meanwhile; `in_use`: something was put under it that is kept (a ledger's workers, its file). */
export type DeleteRefusal = 'not_draft' | 'in_use'

/**
 * Deletes a draft with its sessions, staff and what it asks for; its number is free again, and the trail says that it was. Runs as
 * the academy's administrator, after the guard `training.manage`. Null: no such class run here; deleted already it is that too.
 */
export async function deleteDraft(
  tx: Tx,
  of: { viewer: Viewer; classId: string; now: Date; requestId?: string },
): Promise<{ ok: true } | { ok: false; reason: DeleteRefusal } | null> {
  const { viewer, classId, now, requestId } = of
  const { academyId } = viewer
  if (!academyId) return null
  const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
  const [held] = await tx
    .select({ code: trainingClass.code, status: trainingClass.status, origin: trainingClass.origin })
    .from(trainingClass)
    .where(isThis)
    .for('update')
  if (held?.origin !== 'system') return null
  if (held.status !== 'draft') return { ok: false, reason: 'not_draft' }
  let sessions = 0
  try {
    await tx.transaction(async (tx) => {
      const removed = await tx
        .delete(classSession)
        .where(and(eq(classSession.academyId, academyId), eq(classSession.classId, classId)))
        .returning({ id: classSession.id })
      sessions = removed.length
      await tx.delete(classStaff).where(and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId)))
      await tx
        .delete(classRequirement)
        .where(and(eq(classRequirement.academyId, academyId), eq(classRequirement.classId, classId)))
      await tx.delete(trainingClass).where(isThis)
    })
  } catch (error) {
    if (databaseCode(error) === FOREIGN_KEY_VIOLATION) return { ok: false, reason: 'in_use' }
    throw error
  }
  const detail = { code: held.code, sessions }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'class.deleted', detail })
  return { ok: true }
}
