import type { Mode, SessionKind } from '#db/values.ts'
import { countStations, type Stations } from './stations.ts'

/** What a place takes; each null: no limit said. */
export type SiteRoom = { seats: number | null; workstations: number | null; workersPerInstructor: number | null }

/**
 * The figure that is the least, and how many workers it allows. `shared`: the seats that classes at other workstations leave; `stations`: the
 * workstations that the session holds.
 */
export type RoomLimit = { is: 'seats' | 'shared' | 'workstations' | 'stations' | 'instructors'; most: number }

/** More seats than the place, its workstations or the instructors allow. */
export type RoomRefusal = { ok: false; reason: 'no_room'; limit: RoomLimit }

/** Workstations that the place has not: it has `most`. */
export type StationsRefusal = { ok: false; reason: 'no_stations'; most: number }

/** How a session is planned at its place. `stations`: null is the whole place; `beside`: workers of other classes there meanwhile. */
export type InRoom = { isPractical: boolean; instructors: number; stations: Stations | null; beside: number }

/**
 * How many workers a session takes: the least of the room's seats and, where people work with their hands, the workstations it
 * holds and what its instructors may look after. Without an instructor yet the ratio says nothing. Null: no limit is known.
 */
export function roomOf(site: SiteRoom, session: InRoom): RoomLimit | null {
  const { isPractical, instructors, stations, beside } = session
  const ratio = site.workersPerInstructor
  const limits: (RoomLimit | null)[] = [
    site.seats === null ? null : { is: beside > 0 ? 'shared' : 'seats', most: Math.max(0, site.seats - beside) },
    isPractical ? stationLimit(site, stations) : null,
    !isPractical || ratio === null || instructors === 0 ? null : { is: 'instructors', most: ratio * instructors },
  ]
  return least(limits)
}

function stationLimit({ workstations }: SiteRoom, stations: Stations | null): RoomLimit | null {
  if (stations) return { is: 'stations', most: countStations(stations) }
  return workstations === null ? null : { is: 'workstations', most: workstations }
}

/** Whether a place has the workstations; one of which it is not said how many it has may have them. */
export const lacksStations = ({ workstations }: SiteRoom, stations: Stations | null): StationsRefusal | null =>
  stations && workstations !== null && stations.last > workstations
    ? { ok: false, reason: 'no_stations', most: workstations }
    : null

export const least = (limits: readonly (RoomLimit | null)[]): RoomLimit | null =>
  limits.reduce((one, other) => (one === null || (other && other.most < one.most) ? other : one), null)

/** Whether the hours of a session are practical ones; not said in a mixed class: perhaps, so that the workstations count. */
export const isHandsOn = (kind: SessionKind | null | undefined, mode: Mode): boolean =>
  kind === 'practical' || (kind !== 'theory' && (mode === 'practical' || mode === 'mixed'))
