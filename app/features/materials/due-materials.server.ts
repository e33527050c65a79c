import { and, isNull, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, enrolment, material, materialFile, trainingClass } from '#db/schema/index.ts'
import { removeDueFiles } from './files.server.ts'
import { KEPT_DAYS } from './rules.ts'

/** Nobody waits for it: whose time is over is looked for every ten minutes. */
const PAUSE_MS = 10 * 60_000
let nextAt = 0

/** Removes what workers handed in and nobody needs any more. */
export const dueMaterials: Queue = {
  name: 'materials whose time is over',
  waiting: async () => (Date.now() >= nextAt ? ['all'] : []),
  run: async () => {
    nextAt = Date.now() + PAUSE_MS
    await removeDueMaterials(new Date())
    return false
  },
}

/**
 * Removes what was handed in for a seat that was given back or refused, a class that was cancelled or ended {@link KEPT_DAYS} days
 * ago, and of what is not asked for any more. @returns how many materials.
 */
export async function removeDueMaterials(now: Date): Promise<number> {
  const removed = await as(system('materials'), (tx) => dropMaterials(tx, now))
  for (let after = await removeDueFiles(now); after; after = await removeDueFiles(now, after));
  return removed
}

async function dropMaterials(tx: Tx, now: Date): Promise<number> {
  const isOver = (of: typeof material | typeof materialFile) =>
    sql`(exists (select 1 from ${enrolment} e where e.academy_id = ${of.academyId} and e.id = ${of.enrolmentId}
        and e.seat in ('withdrawn', 'rejected'))
      or exists (select 1 from ${trainingClass} c where c.academy_id = ${of.academyId} and c.id = ${of.classId}
        and (c.status = 'cancelled' or c.ends_on < ${addDays(shanghaiDate(now), -KEPT_DAYS)}::date))
      or exists (select 1 from ${classRequirement} r where r.academy_id = ${of.academyId} and r.id = ${of.requirementId}
        and r.ended_at is not null))`
  await tx
    .update(materialFile)
    .set({ dropAt: now })
    .where(and(isNull(materialFile.dropAt), isOver(materialFile)))
  const rows = await tx
    .delete(material)
    .where(isOver(material))
    .returning({ academyId: material.academyId, classId: material.classId })
  const classes = new Map(rows.map((row) => [row.classId, row.academyId]))
  for (const [classId, academyId] of classes) {
    const materials = rows.filter((row) => row.classId === classId).length
    const event = { kind: 'materials.removed' as const, detail: { classId, materials }, academyId, subjectId: classId }
    await record(tx, { by: system('materials'), now, ...event })
  }
  return rows.length
}
