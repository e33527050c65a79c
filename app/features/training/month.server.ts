import { and, asc, eq, exists, gte, lt, sql } from 'drizzle-orm'
import { shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, instructor, sessionInstructor, site, trainingClass } from '#db/schema/index.ts'
import { daysOf } from './month.ts'
import { type Stations, stationsOf } from './stations.ts'

/** A session in the month of an academy. */
export type MonthSession = {
  id: string
  date: string
  from: string
  to: string
  classId: string
  className: string
  site: string | null
  /** Null: the whole place. */
  stations: Stations | null
  /** Names of who teaches it. */
  instructors: string[]
  isCancelled: boolean
  /** Its class is a draft: nobody but the academy sees it. */
  isDraft: boolean
}

/** What takes place at an academy in a month, at one of its sites or all, by one of its instructors or all, drafts and cancelled sessions too. */
export async function listMonth(
  tx: Tx,
  {
    academyId,
    month,
    siteId,
    instructorId,
  }: { academyId: string; month: string; siteId: string | null; instructorId: string | null },
): Promise<MonthSession[]> {
  const { from, until } = daysOf(month)
  const isOfMonth = and(
    eq(classSession.academyId, academyId),
    gte(classSession.startsAt, shanghaiInstant(from)),
    lt(classSession.startsAt, shanghaiInstant(until)),
  )
  const teaching = tx
    .select({ sessionId: sessionInstructor.sessionId, name: instructor.name })
    .from(sessionInstructor)
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, sessionInstructor.academyId), eq(classSession.id, sessionInstructor.sessionId)),
    )
    .innerJoin(
      instructor,
      and(eq(instructor.academyId, sessionInstructor.academyId), eq(instructor.id, sessionInstructor.instructorId)),
    )
    .where(isOfMonth)
    .orderBy(asc(instructor.id))
  const asked = tx
    .select({
      id: classSession.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      status: classSession.status,
      classId: classSession.classId,
      className: trainingClass.name,
      classStatus: trainingClass.status,
      site: site.name,
      firstStation: classSession.firstStation,
      lastStation: classSession.lastStation,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .where(
      and(
        isOfMonth,
        siteId ? eq(classSession.siteId, siteId) : undefined,
        instructorId ? exists(taughtBy(tx, instructorId)) : undefined,
      ),
    )
    .orderBy(asc(classSession.startsAt), asc(trainingClass.name))
    .limit(1000)
  const [rows, taught] = await Promise.all([asked, teaching])
  return rows.map(({ startsAt, endsAt, status, classStatus, firstStation, lastStation, ...row }) => ({
    ...row,
    stations: stationsOf({ firstStation, lastStation }),
    instructors: taught.filter(({ sessionId }) => sessionId === row.id).map(({ name }) => name),
    date: shanghaiDate(startsAt),
    from: shanghaiTime(startsAt),
    to: shanghaiTime(endsAt),
    isCancelled: status === 'cancelled' || classStatus === 'cancelled',
    isDraft: classStatus === 'draft',
  }))
}

const taughtBy = (tx: Tx, instructorId: string) =>
  tx
    .select({ one: sql`1` })
    .from(sessionInstructor)
    .where(
      and(
        eq(sessionInstructor.academyId, classSession.academyId),
        eq(sessionInstructor.sessionId, classSession.id),
        eq(sessionInstructor.instructorId, instructorId),
      ),
    )
