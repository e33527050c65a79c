import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { material, materialFile } from '#db/schema/index.ts'
import type { Level } from '#db/values.ts'
import type { Item, OwnMaterials } from './find.server.ts'

export type Of = { viewer: Viewer; now: Date; requestId?: string }
export type Claimed = {
  wanted: { own: OwnMaterials; item: Item }
  /** Of an earlier certificate. */
  said: { level: Level | null; number: string | null }
  /** Of the files, which are placed. */
  ids: string[]
}

/**
 * Says that files which were placed are what the worker hands in, in the place of what was there before.
 * @returns false: the academy was faster and accepted that.
 */
export async function claim(tx: Tx, { viewer, now, requestId }: Of, { wanted, said, ids }: Claimed): Promise<boolean> {
  const { own, item } = wanted
  const { academyId, classId, enrolmentId } = own
  const { requirementId, kind } = item
  const id = newId()
  const numberSealed = said.number === null ? null : seal('material.number', id, said.number)
  const handed = {
    ...{ id, classId, state: 'handed_in', level: said.level, numberSealed },
    ...{ handedAt: now, handedBy: viewer.accountId, answeredAt: null, answeredBy: null, refusedBecause: null },
  }
  const isThis = and(
    eq(material.academyId, academyId),
    eq(material.enrolmentId, enrolmentId),
    eq(material.requirementId, requirementId),
  )
  const replaced = await tx
    .update(material)
    .set(handed)
    .where(and(isThis, ne(material.state, 'accepted')))
    .returning({ id: material.id })
  const made =
    replaced.length > 0
      ? replaced
      : await tx
          .insert(material)
          .values({ academyId, enrolmentId, requirementId, ...handed })
          .onConflictDoNothing()
          .returning({ id: material.id })
  const isOfIt = and(
    eq(materialFile.academyId, academyId),
    eq(materialFile.enrolmentId, enrolmentId),
    eq(materialFile.requirementId, requirementId),
  )
  const isNewOne = and(isOfIt, inArray(materialFile.id, ids))
  if (made.length === 0) {
    await tx.update(materialFile).set({ dropAt: now }).where(isNewOne)
    return false
  }
  await tx
    .update(materialFile)
    .set({ dropAt: now })
    .where(and(isOfIt, isNull(materialFile.dropAt)))
  await tx.update(materialFile).set({ dropAt: null }).where(isNewOne)
  const detail = { classId, of: kind, files: ids.length }
  const event = { kind: 'material.handed_in' as const, detail, academyId, subjectId: enrolmentId }
  await record(tx, { by: viewer, now, requestId, ...event })
  return true
}
