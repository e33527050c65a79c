import { and, asc, eq, gt, lt, ne, or, sql } from 'drizzle-orm'
import { shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { assessmentSitting, classSession, site, trainingClass } from '#db/schema/index.ts'
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
  /** It is a sitting of that class's assessment plan. */
  isSitting: boolean
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
  /** The class whose sitting is planned: its other sittings may be at the same place meanwhile. */
  sittingOf?: string
}

/** The session that has one of the sites at one of the times already; null: none. */
export async function findSiteClash(tx: Tx, asked: AtSites): Promise<SiteClash | null> {
  const { academyId, sessions, besides } = asked
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
  if (!row) return findSittingAt(tx, asked)
  const { startsAt: _, endsAt: __, firstStation, lastStation, ...named } = row
  const stations = stationsOf({ firstStation, lastStation })
  return { ...named, ...timesOf(row), stations, isSitting: false }
}

const timesOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => ({
  ...{ date: shanghaiDate(startsAt), from: shanghaiTime(startsAt), to: shanghaiTime(endsAt) },
})

/** The sitting that has one of the sites, all of it, at one of the times. */
async function findSittingAt(tx: Tx, { academyId, sessions, sittingOf }: AtSites): Promise<SiteClash | null> {
  const wanted = sessions.map(({ date, from, to, siteId }) =>
    and(
      siteId === null ? sql`false` : eq(assessmentSitting.siteId, siteId),
      lt(assessmentSitting.startsAt, shanghaiInstant(date, to)),
      gt(assessmentSitting.endsAt, shanghaiInstant(date, from)),
    ),
  )
  const [row] = await tx
    .select({
      startsAt: assessmentSitting.startsAt,
      endsAt: assessmentSitting.endsAt,
      site: site.name,
      className: trainingClass.name,
      classCode: trainingClass.code,
    })
    .from(assessmentSitting)
    .innerJoin(site, and(eq(site.academyId, assessmentSitting.academyId), eq(site.id, assessmentSitting.siteId)))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, assessmentSitting.academyId), eq(trainingClass.id, assessmentSitting.classId)),
    )
    .where(
      and(
        eq(assessmentSitting.academyId, academyId),
        eq(assessmentSitting.status, 'planned'),
        ne(trainingClass.status, 'cancelled'),
        sittingOf ? ne(assessmentSitting.classId, sittingOf) : undefined,
        or(...wanted),
      ),
    )
    .orderBy(asc(assessmentSitting.startsAt))
    .limit(1)
  if (!row) return null
  const { site: name, className, classCode } = row
  return { site: name, className, classCode, ...timesOf(row), stations: null, isSitting: true }
}
