import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { classSession, sessionInstructor, site, trainingClass } from '#db/schema/index.ts'
import type { Mode, SessionKind } from '#db/values.ts'
import { isHandsOn, least, type RoomLimit, type RoomRefusal, roomOf, type SiteRoom } from './room.ts'
import type { HeldClass } from './session-held.server.ts'

const room = { seats: site.seats, workstations: site.workstations, workersPerInstructor: site.workersPerInstructor }

/** What a place of an academy takes; of one that is not there: no limit. */
export async function findSiteRoom(
  tx: Tx,
  { academyId, siteId }: { academyId: string; siteId: string },
): Promise<SiteRoom> {
  const [found] = await tx
    .select(room)
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.id, siteId)))
  return found ?? { seats: null, workstations: null, workersPerInstructor: null }
}

type Placed = { siteId: string | null; kind: SessionKind | null; instructors: number }

/**
 * Whether a class sits too tight in a session as it is planned: it has more seats, or workers who sit in it, than the session takes.
 * What was as tight before may stay so: its figures were changed since. Null: it fits.
 */
export async function findTightness(
  tx: Tx,
  { held, planned, before }: { held: HeldClass; planned: Placed; before: Placed | null },
): Promise<RoomRefusal | null> {
  const takes = async ({ siteId, kind, instructors }: Placed) =>
    siteId === null
      ? null
      : roomOf(await findSiteRoom(tx, { academyId: held.academyId, siteId }), {
          ...{ isPractical: isHandsOn(kind, held.mode), instructors },
        })
  const limit = await takes(planned)
  if (!limit || limit.most >= Math.max(held.capacity ?? 0, held.taken)) return null
  const old = before && (await takes(before))
  return old && old.most <= limit.most ? null : { ok: false, reason: 'no_room', limit }
}

/** How many workers a class takes: what the tightest of its planned sessions does. Null: no limit is known. */
export async function findClassRoom(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<RoomLimit | null> {
  const rows = await tx
    .select({
      ...room,
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
      and(eq(classSession.academyId, academyId), eq(classSession.classId, classId), eq(classSession.status, 'planned')),
    )
  return least(
    rows.map(({ kind, mode, instructors, ...of }) =>
      roomOf(of, { isPractical: isHandsOn(kind as SessionKind | null, mode as Mode), instructors }),
    ),
  )
}
