/** What is said of a place: how many it seats, its workstations, how many workers one instructor may have there. */
export const ROOM_FIELDS = ['seats', 'workstations', 'workersPerInstructor'] as const
export type RoomField = (typeof ROOM_FIELDS)[number]

/** A whole number from 1 to 10,000; null: left empty, no limit; undefined: neither. */
export function readRoom(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return null
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 10_000 ? Number(text) : undefined
}
