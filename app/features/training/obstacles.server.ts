import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { yearOf, yearPeriod } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, enrolment, trainingClass } from '#db/schema/index.ts'
import { LEVELS, type Level } from '#db/values.ts'
import { type PlaceRow, placeColumns } from './places.server.ts'
import type { SeatedClass } from './seat-class.server.ts'
import type { Clash } from './seat-request.ts'

/**
 * What may keep a person from a class, province-wide. `isOwn` of a clash: the place there is the asking account's, so that the class may be
 * named to it. `held`: the person's other classes at a place in that year. `heldLevel`: the highest in the occupation.
 */
export type Obstacles = { clash: (Clash & { isOwn: boolean }) | null; held: number; heldLevel: Level | null }

/** The person's time in another class that overlaps with a session of this one, as one JSON object, or null. */
const clashOf = (of: { academyId: SQL; classId: SQL; personId: SQL; accountId: SQL }) => sql`(
  select json_build_object('name', c.name, 'startsOn', c.starts_on, 'isOwn', coalesce(e.account_id = ${of.accountId}, false))
  from class_session s
  join worker_time t on t.person_id = ${of.personId} and t.during && tstzrange(s.starts_at, s.ends_at)
  join enrolment e on e.academy_id = t.academy_id and e.id = t.enrolment_id
  join class c on c.academy_id = e.academy_id and c.id = e.class_id
  where s.academy_id = ${of.academyId} and s.class_id = ${of.classId} and s.status = 'planned'
    and e.class_id <> ${of.classId}
  order by s.starts_at limit 1)`

/** How many other classes at a place the person holds a seat in, or asks or waits for, that begin in a year. */
const heldOf = (of: { classId: SQL; personId: SQL; from: SQL; to: SQL }) => sql`(
  select count(*)::int from enrolment e join class c on c.academy_id = e.academy_id and c.id = e.class_id
  where e.person_id = ${of.personId} and e.class_id <> ${of.classId}
    and e.seat in ('requested', 'enrolled', 'waitlisted', 'offered')
    and c.origin = 'system' and c.mode <> 'online' and c.status <> 'cancelled'
    and c.starts_on >= ${of.from} and c.starts_on < ${of.to})`

/** The levels that the person's valid certificates of an occupation say, at any academy and of any edition. */
const levelsOf = (of: { personId: SQL; occupationCode: SQL }) => sql`(
  select json_agg(distinct k.level) from enrolment e
  join class c on c.academy_id = e.academy_id and c.id = e.class_id and c.occupation_code = ${of.occupationCode}
  join assessment s on s.academy_id = e.academy_id and s.enrolment_id = e.id
  join certificate k on k.academy_id = s.academy_id and k.assessment_id = s.id and k.status = 'valid' and k.level is not null
  where e.person_id = ${of.personId})`

const own = sql`${sql.placeholder('personId')}::uuid`
const firstOfYear = sql`date_trunc('year', ${trainingClass.startsOn})::date`
const asked = statement((db) => {
  const academyId = sql`${trainingClass.academyId}`
  const classId = sql`${trainingClass.id}`
  const accountId = sql`${sql.placeholder('accountId')}::uuid`
  const period = { from: firstOfYear, to: sql`(${firstOfYear} + interval '1 year')::date` }
  return db
    .select({
      clash: sql<Obstacles['clash']>`${clashOf({ academyId, classId, personId: own, accountId })}`,
      held: sql<number>`${heldOf({ classId, personId: own, ...period })}`,
      // Classes that ask for no level are spared the look.
      levels: sql<Level[] | null>`case when ${trainingClass.eligibleLevel} is not null
        then ${levelsOf({ personId: own, occupationCode: sql`${trainingClass.occupationCode}` })} end`,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(academy.code, sql.placeholder('academyCode')), eq(trainingClass.id, sql.placeholder('classId'))))
})

type Of = { academyCode: string; classId: string; personId: string; accountId: string | null }

/** What keeps one person from a class; `accountId`: who asks. */
export async function findObstacles(tx: Tx, of: Of): Promise<Obstacles> {
  const [row] = await asked(tx, of)
  return { clash: row?.clash ?? null, held: row?.held ?? 0, heldLevel: highest(row?.levels ?? null) }
}

const highest = (levels: readonly Level[] | null): Level | null =>
  LEVELS.findLast((level) => levels?.includes(level)) ?? null

export type Waiting = PlaceRow & { obstacles: Obstacles }

/** How many of those who wait are looked at at once. */
const BATCH = 50

/** Those who wait for a seat in a class, in line, from after a number on, with what may keep each from it. */
export const listWaiting = (tx: Tx, of: SeatedClass, afterNumber: number): Promise<Waiting[]> =>
  listPlaces(tx, of, and(eq(enrolment.seat, 'waitlisted'), gt(enrolment.lineNumber, afterNumber)))

/** Places of a class by their ids, those who came first at the top, with what may keep each from a seat. */
export const listWithObstacles = async (tx: Tx, of: SeatedClass, ids: readonly string[]): Promise<Waiting[]> =>
  ids.length === 0 ? [] : listPlaces(tx, of, inArray(enrolment.id, [...ids]), MOST)

/** As many as a page can choose at once. */
const MOST = 200

async function listPlaces(tx: Tx, of: SeatedClass, which: SQL | undefined, limit = BATCH): Promise<Waiting[]> {
  const { from, to } = yearPeriod(yearOf(of.startsOn))
  const personId = sql`${enrolment.personId}`
  const classId = sql`${of.id}::uuid`
  const here = { academyId: sql`${of.academyId}::uuid`, classId, personId }
  const rows = await tx
    .select({
      ...placeColumns,
      clash: sql<Obstacles['clash']>`${clashOf({ ...here, accountId: sql`null::uuid` })}`,
      held: sql<number>`${heldOf({ classId, personId, from: sql`${from}::date`, to: sql`${to}::date` })}`,
      levels: of.eligibleLevel
        ? sql<Level[] | null>`${levelsOf({ personId, occupationCode: sql`${of.occupationCode}` })}`
        : sql<null>`null`,
    })
    .from(enrolment)
    .where(and(eq(enrolment.academyId, of.academyId), eq(enrolment.classId, of.id), which))
    .orderBy(asc(enrolment.lineNumber), asc(enrolment.id))
    .limit(limit)
    .for('no key update')
  return rows.map(({ clash, held, levels, ...place }) => ({
    ...(place as PlaceRow),
    obstacles: { clash, held, heldLevel: highest(levels) },
  }))
}
