import { and, eq, sql } from 'drizzle-orm'
import { holdStations } from '#app/features/academies/site-stations.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, sessionInstructor, site, trainingClass } from '#db/schema/index.ts'
import type { Mode, SessionKind } from '#db/values.ts'
import { countBeside } from './beside.server.ts'
import {
  isHandsOn,
  lacksStations,
  least,
  type RoomLimit,
  type RoomRefusal,
  roomOf,
  type SiteRoom,
  type StationsRefusal,
} from './room.ts'
import type { HeldClass } from './session-held.server.ts'
import { type Stations, stationsOf } from './stations.ts'

const room = { seats: site.seats, workstations: site.workstations, workersPerInstructor: site.workersPerInstructor }

/** What a place of an academy takes; of one that is not there: no limit. */
async function findSiteRoom(tx: Tx, { academyId, siteId }: { academyId: string; siteId: string }): Promise<SiteRoom> {
  const [found] = await tx
    .select(room)
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.id, siteId)))
  return found ?? { seats: null, workstations: null, workersPerInstructor: null }
}

/** A session as it is planned. */
export type Placed = {
  siteId: string | null
  stations: Stations | null
  date: string
  from: string
  to: string
  kind: SessionKind | null
  instructors: number
}

/**
 * How many workers sessions at one place take, of a class (null: it is being opened); before they are written, so that whoever plans
 * workstations of the place too waits. Null: no limit is known.
 */
export async function findRoom(
  tx: Tx,
  of: { academyId: string; classId: string | null; mode: Mode; siteId: string; sessions: readonly Placed[] },
): Promise<RoomLimit | StationsRefusal | null> {
  const { academyId, classId, mode, siteId, sessions } = of
  const sharing = sessions.filter(({ stations }) => stations !== null)
  if (sharing.length > 0) await holdStations(tx, [siteId])
  const takes = await findSiteRoom(tx, of)
  const lack = sharing.map(({ stations }) => lacksStations(takes, stations)).find((one) => one !== null)
  if (lack) return lack
  const meetings = sharing.map(({ date, from, to }) => ({
    ...{ siteId, startsAt: shanghaiInstant(date, from), endsAt: shanghaiInstant(date, to) },
  }))
  const beside = await countBeside(tx, { academyId, classId, meetings })
  return least(
    sessions.map((session) =>
      roomOf(takes, {
        isPractical: isHandsOn(session.kind, mode),
        instructors: session.instructors,
        stations: session.stations,
        beside: beside[sharing.indexOf(session)] ?? 0,
      }),
    ),
  )
}

/**
 * Whether a class sits too tight in a session as it is planned: it has more seats, or workers who sit in it, than the session takes; or
 * the place has no such workstations. What was as tight before may stay so: its figures were changed since. Null: it fits.
 */
export async function findTightness(
  tx: Tx,
  asked: { held: HeldClass; classId: string; planned: Placed; before: Placed | null },
): Promise<RoomRefusal | StationsRefusal | null> {
  const { held, classId, planned, before } = asked
  const { academyId, mode } = held
  const takes = async (session: Placed) =>
    session.siteId === null
      ? null
      : findRoom(tx, { academyId, classId, mode, siteId: session.siteId, sessions: [session] })
  const limit = await takes(planned)
  if (limit && 'reason' in limit) return limit
  if (!limit || limit.most >= Math.max(held.capacity ?? 0, held.taken)) return null
  const old = before && (await takes(before))
  return old && 'is' in old && old.most <= limit.most ? null : { ok: false, reason: 'no_room', limit }
}

/** How many workers a class takes: what the tightest of its planned sessions does. Null: no limit is known. */
export async function findClassRoom(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<RoomLimit | null> {
  const rows = await tx
    .select({
      ...room,
      siteId: site.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      firstStation: classSession.firstStation,
      lastStation: classSession.lastStation,
      kind: classSession.kind,
      mode: trainingClass.mode,
      instructors: sql<number>`(select count(*)::int from ${sessionInstructor}
        where ${sessionInstructor.academyId} = ${classSession.academyId} and ${sessionInstructor.sessionId} = ${classSession.id})`,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .innerJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .where(
      and(
        eq(classSession.academyId, academyId),
        eq(classSession.classId, classId),
        eq(classSession.status, 'planned'),
        // To what makes up for a session that was held only those come who missed it.
        sql`not exists (select 1 from class_session held where held.academy_id = ${classSession.academyId}
          and held.id = ${classSession.makesUpForId} and held.status = 'planned')`,
      ),
    )
  const sharing = rows.filter((row) => stationsOf(row) !== null)
  await holdStations(
    tx,
    sharing.map(({ siteId }) => siteId),
  )
  const beside = await countBeside(tx, { academyId, classId, meetings: sharing })
  return least(
    rows.map((row) =>
      roomOf(row, {
        isPractical: isHandsOn(row.kind as SessionKind | null, row.mode as Mode),
        instructors: row.instructors,
        stations: stationsOf(row),
        beside: beside[sharing.indexOf(row)] ?? 0,
      }),
    ),
  )
}
