import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import type { ClassStatus, MaterialKind, MaterialState, RequirementKind, Seat } from '#db/values.ts'

/** A photograph of a phone has 2 to 8 MB. */
export const LARGEST_FILE = 10_000_000

/** Files of one requirement: a photograph is one, a certificate has sides, a proof has sheets. */
export const mostFiles = (kind: RequirementKind): number => (kind === 'photo' ? 1 : 4)

/** What a file may be. A one-inch photo goes into a form as a picture. */
export const takesKind = (kind: RequirementKind, file: string): file is MaterialKind =>
  file === 'jpg' || file === 'png' || file === 'webp' || (file === 'pdf' && kind !== 'photo')

/** The one address that takes them: the form of app/routes/learn/class-materials.tsx. Bytes at most, or null. */
export const largestStream = (path: string): number | null =>
  /^\/academies\/[^/]+\/classes\/[^/]+\/materials(\.data)?$/.test(path) ? 5 * LARGEST_FILE : null

/**
 * Days after its last day for which a class's materials are kept: results, a re-sit and certificates come in them. Then nobody
 * needs them any more (个人信息保护法, article 19: no longer than the purpose asks for).
 */
export const KEPT_DAYS = 180

/** The last day of theirs. */
export const keptUntil = (endsOn: string): string => addDays(endsOn, KEPT_DAYS)

/** Whose seat is none yet or any more hands in nothing: a class needs nothing of who only waits in line. */
export const SENDING = ['requested', 'offered', 'enrolled'] as const satisfies Seat[]

/** Whether a worker may hand in for a class, as far as seat and class go. */
export const mayHandIn = (of: { seat: Seat; status: ClassStatus; endsOn: string }, today: string): boolean =>
  SENDING.some((seat) => seat === of.seat) && of.status === 'published' && today <= keptUntil(of.endsOn)

/** Days that whoever takes a seat shortly before a class, or in it, has for handing in. */
const DAYS_FOR_LATE = 3

/**
 * The day by which a class wants what it asks for: the one before it starts; of who joins later than that allows for some days
 * after the seat, but no longer than the class. `seatedAt` null: no seat is held yet.
 */
export function wantedBy(of: { startsOn: string; endsOn: string; seatedAt: Date | null }): string {
  const before = addDays(of.startsOn, -1)
  const late = of.seatedAt && addDays(shanghaiDate(of.seatedAt), DAYS_FOR_LATE)
  if (!late || late <= before) return before
  const isOver = late > of.endsOn
  return isOver ? of.endsOn : late
}

/** How it stands with one requirement. */
export type Standing = 'missing' | MaterialState

/** How many are still to be handed in, or in again. */
export const countLacking = (items: readonly { standing: Standing }[]): number =>
  items.filter(({ standing }) => standing === 'missing' || standing === 'refused').length

/** A certificate's number as it is kept: capitals, no spaces. Null: none was typed. */
export function readNumber(typed: string): { number: string | null } | { fault: 'number' } {
  const number = typed.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  if (number === '') return { number: null }
  return /^[A-Z0-9-]{4,40}$/.test(number) ? { number } : { fault: 'number' }
}
