import type { Mode, SessionKind } from '#db/values.ts'

/** What a place takes; each null: no limit said. */
export type SiteRoom = { seats: number | null; workstations: number | null; workersPerInstructor: number | null }

/** The figure that is the least, and how many workers it allows. */
export type RoomLimit = { is: 'seats' | 'workstations' | 'instructors'; most: number }

/** More seats than the place, its workstations or the instructors allow. */
export type RoomRefusal = { ok: false; reason: 'no_room'; limit: RoomLimit }

/**
 * How many workers a session takes: the least of the room's seats and, where people work with their hands, its workstations
 * and what its instructors may look after. Without an instructor yet the ratio says nothing. Null: no limit is known.
 */
export function roomOf(site: SiteRoom, session: { isPractical: boolean; instructors: number }): RoomLimit | null {
  const { isPractical, instructors } = session
  const ratio = site.workersPerInstructor
  const limits: (RoomLimit | null)[] = [
    site.seats === null ? null : { is: 'seats', most: site.seats },
    !isPractical || site.workstations === null ? null : { is: 'workstations', most: site.workstations },
    !isPractical || ratio === null || instructors === 0 ? null : { is: 'instructors', most: ratio * instructors },
  ]
  return least(limits)
}

export const least = (limits: readonly (RoomLimit | null)[]): RoomLimit | null =>
  limits.reduce((one, other) => (one === null || (other && other.most < one.most) ? other : one), null)

/** Whether the hours of a session are practical ones; not said in a mixed class: perhaps, so that the workstations count. */
export const isHandsOn = (kind: SessionKind | null | undefined, mode: Mode): boolean =>
  kind === 'practical' || (kind !== 'theory' && (mode === 'practical' || mode === 'mixed'))
