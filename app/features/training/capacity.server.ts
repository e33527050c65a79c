import type { Tx } from '#db/client.server.ts'
import { findClassRoom } from './room.server.ts'
import type { RoomRefusal } from './room.ts'

const MOST_SEATS = 10_000

/** `capacity`: not a whole number that a class may have; `no_room`: more than its sessions take. */
export type CapacityRefusal = { ok: false; reason: 'capacity' | 'changed_meanwhile' } | RoomRefusal

/**
 * Why a class may not have so many seats; `same`: it has them; null: it may. More are not more than its sessions take; what was
 * tighter before may be mended step by step. `was`: the number that the page showed.
 */
export async function judgeCapacity(
  tx: Tx,
  of: { academyId: string; id: string; capacity: number },
  { capacity, was }: { capacity: number; was: number },
): Promise<CapacityRefusal | 'same' | null> {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST_SEATS) return { ok: false, reason: 'capacity' }
  if (of.capacity === capacity) return 'same'
  if (of.capacity !== was) return { ok: false, reason: 'changed_meanwhile' }
  if (capacity < was) return null
  const limit = await findClassRoom(tx, { academyId: of.academyId, classId: of.id })
  return limit && capacity > limit.most ? { ok: false, reason: 'no_room', limit } : null
}
