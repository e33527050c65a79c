import { shanghaiInstant } from '#app/lib/calendar.ts'
import type { Mode, SessionKind } from '#db/values.ts'
import { kindFor } from './open-class-shape.ts'
import { overlap, type PlannedSession } from './series.ts'
import { faultOfClock } from './session-hours.ts'
import { type SessionFault, sessionShape } from './session-shape.ts'
import { readStations, type Stations } from './stations.ts'

/** One session as its form sends it. `was`: what the page showed, so that nobody overwrites unseen. */
export const SESSION_FIELDS = [
  'date',
  'from',
  'to',
  'hours',
  'kind',
  'topic',
  'siteId',
  'firstStation',
  'lastStation',
] as const
export type SessionField = (typeof SESSION_FIELDS)[number]
export type SessionEntry = Record<SessionField | 'reason' | 'was', string> & {
  /** Whoever is to teach it: ids as they came. */
  instructorIds: readonly string[]
}

export type PlacedSessionFault = { field: SessionField; fault: SessionFault }

/** What of a class its sessions are measured against. `isPublic`: nothing is planned for a time that has begun. */
export type SessionGround = { mode: Mode; startsOn: string; endsOn: string; isPublic: boolean }

export type SessionTyped = Omit<PlannedSession, 'kind' | 'topic'> & {
  kind: SessionKind | null
  topic: string | null
  /** Null: at the class's own site. */
  siteId: string | null
  /** Null: the whole place. */
  stations: Stations | null
  /** Each once, in order. */
  instructorIds: readonly string[]
}

type Timed = Pick<PlannedSession, 'date' | 'from' | 'to' | 'hours'>

/**
 * Reads the form of one session by the rules of its class; `others`: the class's other planned sessions. `before`: the session as
 * it stands; what of its time and hours nobody changes is not looked at again, so that another instructor can be named. Null: a new one.
 */
export function readSession(
  entry: SessionEntry,
  ground: SessionGround,
  { others, before, now }: { others: readonly PlannedSession[]; before: Timed | null; now: Date },
): { session: SessionTyped } | { faults: PlacedSessionFault[] } {
  const typed = (field: SessionField) => entry[field].trim() || undefined
  const read = sessionShape.safeParse({
    date: typed('date'),
    from: typed('from'),
    to: typed('to'),
    hours: typed('hours') === undefined ? undefined : Number(typed('hours')),
    kind: typed('kind') ?? kindFor(ground.mode) ?? undefined,
    topic: typed('topic'),
  })
  if (!read.success)
    return {
      faults: read.error.issues.map(({ path, message }) => ({
        field: path[0] as SessionField,
        fault: message as SessionFault,
      })),
    }
  const session = read.data
  const fault = (field: SessionField, said: SessionFault) => ({ faults: [{ field, fault: said }] })
  if (session.date < ground.startsOn || session.date > ground.endsOn) return fault('date', 'session_outside')
  if (session.to <= session.from) return fault('to', 'session_order')
  const isMoved = session.date !== before?.date || session.from !== before.from || session.to !== before.to
  const clock = isMoved || session.hours !== before.hours ? faultOfClock(session) : null
  if (clock) return fault('hours', clock)
  if (ground.isPublic && isMoved && shanghaiInstant(session.date, session.from) <= now)
    return fault('date', 'session_past')
  if (session.kind === undefined) return fault('kind', 'kind')
  if (others.some((other) => overlap(session, other))) return fault('from', 'session_overlap')
  const stations = readStations({ first: entry.firstStation, last: entry.lastStation })
  if (stations === undefined) return fault('firstStation', 'stations')
  const [topic, siteId, instructorIds] = [session.topic ?? null, typed('siteId') ?? null, inOrder(entry.instructorIds)]
  return { session: { ...session, kind: session.kind, topic, siteId, stations, instructorIds } }
}

/** What the page showed of a session, as a hidden field. */
export const sessionMark = ({
  date,
  from,
  to,
  hours,
  kind,
  topic,
  siteId,
  stations,
  instructorIds,
}: SessionTyped): string =>
  JSON.stringify([date, from, to, hours, kind, topic, siteId, stations?.first, stations?.last, inOrder(instructorIds)])

const inOrder = (ids: readonly string[]) => [...new Set(ids)].sort()
