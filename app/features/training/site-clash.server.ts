import { and, eq, gt, lt, ne, or, sql } from 'drizzle-orm'
import { shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, site, trainingClass } from '#db/schema/index.ts'
import type { PlannedSession } from './series.ts'
import { type Stations, stationsOf } from './stations.ts'

/** The session of the same academy that has the site already: what the refusal names. */
export type SiteClash = {
  site: string
  /** The workstations that it holds; null: the whole place. */
  stations: Stations | null
  date: string
  from: string
  to: string
  className: string
  classCode: string
}

/** Sessions that were to be planned. */
export type AtSites = {
  academyId: string
  /** Each with its site; those without one clash with nothing. */
  sessions: readonly (Pick<PlannedSession, 'date' | 'from' | 'to'> & {
    siteId: string | null
    stations: Stations | null
  })[]
  /** The session that is being moved. */
  besides?: string
}

/** The session that has one of the sites at one of the times already; null: none. */
export async function findSiteClash(tx: Tx, { academyId, sessions, besides }: AtSites): Promise<SiteClash | null> {
  const wanted = sessions.map(({ date, from, to, siteId, stations }) =>
    and(
      siteId === null ? sql`false` : eq(classSession.siteId, siteId),
      lt(classSession.startsAt, shanghaiInstant(date, to)),
      gt(classSession.endsAt, shanghaiInstant(date, from)),
      stations === null
        ? undefined
        : sql`int4range(${classSession.firstStation}, ${classSession.lastStation}, '[]') && int4range(${stations.first}::int, ${stations.last}::int, '[]')`,
    ),
  )
  const [row] = await tx
    .select({
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      site: site.name,
      firstStation: classSession.firstStation,
      lastStation: classSession.lastStation,
      className: trainingClass.name,
      classCode: trainingClass.code,
    })
    .from(classSession)
    .innerJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(
      and(
        eq(classSession.academyId, academyId),
        eq(classSession.status, 'planned'),
        eq(classSession.holdsSite, true),
        besides ? ne(classSession.id, besides) : undefined,
        or(...wanted),
      ),
    )
    .orderBy(classSession.startsAt)
    .limit(1)
  if (!row) return null
  const { startsAt, endsAt, firstStation, lastStation, ...named } = row
  const stations = stationsOf({ firstStation, lastStation })
  return { ...named, stations, date: shanghaiDate(startsAt), from: shanghaiTime(startsAt), to: shanghaiTime(endsAt) }
}
