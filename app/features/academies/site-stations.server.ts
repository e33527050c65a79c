import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, trainingClass } from '#db/schema/index.ts'

/**
 * Until the transaction ends nobody else plans workstations of these places, gives a class that holds some more seats, or says that a
 * place has fewer: what classes beside each other come to together no constraint counts. In one order of ids, so that two wait for each
 * other in one direction only; after the places' own rows, if those are locked too. Whoever holds a place whole needs no turn: nobody is
 * beside it.
 */
export async function holdStations(tx: Tx, siteIds: readonly string[]): Promise<void> {
  for (const siteId of [...new Set(siteIds)].sort())
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`site.stations ${siteId}`}, 0))`)
}

/** The highest workstation that a session to come holds at a place, and which session that is. */
export type HeldStation = { siteId: string; station: number; className: string; date: string }

/** Of each place where sessions to come hold workstations the highest one. */
export async function listHeldStations(
  tx: Tx,
  { academyId, siteIds, now }: { academyId: string; siteIds: readonly string[]; now: Date },
): Promise<HeldStation[]> {
  const rows = await tx
    .selectDistinctOn([classSession.siteId], {
      siteId: sql<string>`${classSession.siteId}`,
      station: sql<number>`${classSession.lastStation}`,
      className: trainingClass.name,
      startsAt: classSession.startsAt,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(
      and(
        eq(classSession.academyId, academyId),
        inArray(classSession.siteId, [...siteIds]),
        eq(classSession.status, 'planned'),
        eq(classSession.holdsSite, true),
        gt(classSession.endsAt, now),
        gt(classSession.lastStation, 0),
      ),
    )
    .orderBy(classSession.siteId, desc(classSession.lastStation), classSession.startsAt)
  return rows.map(({ startsAt, ...row }) => ({ ...row, date: shanghaiDate(startsAt) }))
}
