import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { type CapacityRefusal, judgeCapacity } from './capacity.server.ts'

/** `not_draft`: it was published meanwhile; its seats are changed where those who wait are told of it. */
export type DraftSeatsRefusal = CapacityRefusal | { ok: false; reason: 'not_draft' }
export type DraftSeats = { ok: true; isNew: boolean } | DraftSeatsRefusal

/** What the form of a draft's seats asks for, after the guard `training.manage`. Null: as {@link changeDraftSeats}. */
export function saveDraftSeats(
  viewer: Viewer,
  { form, ...of }: { classId: string; form: FormData; now: Date; requestId?: string },
): Promise<DraftSeats | null> {
  const number = (name: string) => (/^\d{1,6}$/.test(formText(form, name).trim()) ? Number(formText(form, name)) : -1)
  return as(viewer, (tx) => changeDraftSeats(tx, { ...of, viewer, capacity: number('capacity'), was: number('was') }))
}

/**
 * Gives a draft more seats or fewer, after the guard `training.manage`: nobody sits in it, asks or waits yet. Not more than its sessions
 * take. `was`: the number that the page showed. Null: no such class, or one without seats of its own.
 */
export async function changeDraftSeats(
  tx: Tx,
  change: { viewer: Viewer; classId: string; capacity: number; was: number; now: Date; requestId?: string },
): Promise<DraftSeats | null> {
  const { viewer, classId, capacity, was, now, requestId } = change
  const { academyId } = viewer
  if (!academyId) return null
  const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
  // Publishing waits, and then looks at these seats.
  const [held] = await tx
    .select({ origin: trainingClass.origin, status: trainingClass.status, capacity: trainingClass.capacity })
    .from(trainingClass)
    .where(isThis)
    .for('no key update')
  if (held?.origin !== 'system' || held.capacity === null) return null
  if (held.status !== 'draft') return { ok: false, reason: 'not_draft' }
  const judged = await judgeCapacity(tx, { academyId, id: classId, capacity: held.capacity }, { capacity, was })
  if (judged === 'same') return { ok: true, isNew: false }
  if (judged) return judged
  await tx.update(trainingClass).set({ capacity }).where(isThis)
  const detail = { from: was, to: capacity, taken: 0 }
  const event = { kind: 'class.capacity_changed' as const, detail, academyId, subjectId: classId }
  await record(tx, { by: viewer, now, requestId, ...event })
  return { ok: true, isNew: true }
}
