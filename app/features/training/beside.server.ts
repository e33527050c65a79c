import { and, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { classSession, trainingClass } from '#db/schema/index.ts'
import { peakOf } from './stations.ts'

/** A meeting at a place, of a class that is there or is being opened. */
export type Meeting = { siteId: string; startsAt: Date; endsAt: Date }

/** How many of other classes are at the place of each meeting at once, at most. By their seats, or who sits in them if that is more. */
export async function countBeside(
  tx: Tx,
  of: { academyId: string; classId: string | null; meetings: readonly Meeting[] },
): Promise<number[]> {
  const { academyId, classId, meetings } = of
  if (meetings.length === 0) return []
  const others = await tx
    .select({
      siteId: classSession.siteId,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      workers: sql<number>`greatest(coalesce(${trainingClass.capacity}, 0), ${trainingClass.taken})`,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(
      and(
        eq(classSession.academyId, academyId),
        inArray(
          classSession.siteId,
          meetings.map(({ siteId }) => siteId),
        ),
        eq(classSession.status, 'planned'),
        eq(classSession.holdsSite, true),
        classId === null ? undefined : ne(classSession.classId, classId),
        or(
          ...meetings.map(({ startsAt, endsAt }) =>
            and(lt(classSession.startsAt, endsAt), gt(classSession.endsAt, startsAt)),
          ),
        ),
      ),
    )
  return meetings.map((meeting) =>
    peakOf(
      meeting,
      others.filter(({ siteId }) => siteId === meeting.siteId),
    ),
  )
}
