import { and, asc, eq, gt, gte, inArray, lt, ne, type SQL, sql } from 'drizzle-orm'
import { yearOf, yearPeriod } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, enrolment, trainingClass } from '#db/schema/index.ts'
import { LEVELS, type Level, type Seat } from '#db/values.ts'
import { type PlaceRow, placeColumns } from './places.server.ts'
import type { SeatedClass } from './seat-class.server.ts'
import type { AskingWorker, Clash, Limit } from './seat-request.ts'

/**
 * What may keep a person from a class, province-wide. `isOwn` of a clash: the place there is the asking account's, so that the class may be
 * named to it. `held`: the person's other classes at a place in that year.
 */
export type Obstacles = { clash: (Clash & { isOwn: boolean }) | null; held: number }

/**
 * The obstacles as one JSON object, from the person's other places: of each its class and, of those that sit, the first session of
 * this class that overlaps with their time. From place to class by key (OFFSET 0): under row-level security PostgreSQL expects a row or two
 * of anything, and would read all classes of the year for each place.
 */
const obstaclesOf = (of: { academyId: SQL; classId: SQL; personId: SQL; accountId: SQL; from: SQL; to: SQL }) => sql`(
  select json_build_object(
    'held', count(*) filter (where c.origin = 'system' and c.mode <> 'online' and c.status <> 'cancelled'
      and c.starts_on >= ${of.from} and c.starts_on < ${of.to}),
    'clash', json_agg(json_build_object('name', c.name, 'startsOn', c.starts_on, 'isOwn', coalesce(e.account_id = ${of.accountId}, false))
      order by taken.at) filter (where taken.at is not null) -> 0)
  from enrolment e
  cross join lateral (select * from class c where c.academy_id = e.academy_id and c.id = e.class_id offset 0) c
  cross join lateral (
    select min(s.starts_at) as at from worker_time t
    join class_session s on t.during && tstzrange(s.starts_at, s.ends_at)
    where t.academy_id = e.academy_id and t.enrolment_id = e.id
      and s.academy_id = ${of.academyId} and s.class_id = ${of.classId} and s.status = 'planned') taken
  where e.person_id = ${of.personId} and e.class_id <> ${of.classId}
    and e.seat in ('requested', 'enrolled', 'waitlisted', 'offered'))`

const HELD = ['requested', 'enrolled', 'waitlisted', 'offered'] as const satisfies Seat[]

/**
 * The limit as a refusal says it to the worker: the classes that count, the first to begin first. Named are the account's own, and all where
 * an academy has confirmed who is behind it. Read where it refuses alone: most requests need no names.
 */
export async function findLimit(
  tx: Tx,
  of: SeatedClass,
  { most, worker }: { most: number; worker: Pick<AskingWorker, 'accountId' | 'personId' | 'isConfirmed'> },
): Promise<Limit> {
  const year = yearOf(of.startsOn)
  const period = yearPeriod(year)
  const { name, startsOn } = trainingClass
  const rows = await tx
    .select({ name, startsOn, accountId: enrolment.accountId })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(
      and(
        eq(enrolment.personId, worker.personId),
        ne(enrolment.classId, of.id),
        inArray(enrolment.seat, [...HELD]),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.mode, 'online'),
        ne(trainingClass.status, 'cancelled'),
        gte(startsOn, period.from),
        lt(startsOn, period.to),
      ),
    )
    .orderBy(asc(startsOn), asc(trainingClass.id))
  const named = rows.filter(({ accountId }) => worker.isConfirmed || accountId === worker.accountId)
  const classes = named.map(({ name, startsOn }) => ({ name, startsOn }))
  return { most, year, classes, hasMore: rows.length > classes.length }
}

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
  const here = { academyId: sql`${trainingClass.academyId}`, classId: sql`${trainingClass.id}` }
  const accountId = sql`${sql.placeholder('accountId')}::uuid`
  const period = { from: firstOfYear, to: sql`(${firstOfYear} + interval '1 year')::date` }
  return db
    .select({ obstacles: sql<Obstacles>`${obstaclesOf({ ...here, ...period, personId: own, accountId })}` })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(academy.code, sql.placeholder('academyCode')), eq(trainingClass.id, sql.placeholder('classId'))))
})

type Of = { academyCode: string; classId: string; personId: string; accountId: string | null }

/** What keeps one person from a class; `accountId`: who asks. */
export async function findObstacles(tx: Tx, of: Of): Promise<Obstacles> {
  const [row] = await asked(tx, of)
  return row?.obstacles ?? { clash: null, held: 0 }
}

const held = statement((db) =>
  db
    .select({
      levels: sql<
        Level[] | null
      >`${levelsOf({ personId: own, occupationCode: sql`${sql.placeholder('occupationCode')}` })}`,
    })
    .from(sql`(select) one`),
)

/** The highest level that a person holds in the occupation of a class; null: none, or a class that asks for no level. */
export async function findHeldLevel(tx: Tx, of: SeatedClass, personId: string): Promise<Level | null> {
  const { eligibleLevel, occupationCode } = of
  if (eligibleLevel === null) return null
  const [row] = await held(tx, { personId, occupationCode })
  return highest(row?.levels ?? null)
}

const highest = (levels: readonly Level[] | null): Level | null =>
  LEVELS.findLast((level) => levels?.includes(level)) ?? null

export type Waiting = PlaceRow & { obstacles: Obstacles; heldLevel: Level | null }

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
  const period = yearPeriod(yearOf(of.startsOn))
  const personId = sql`${enrolment.personId}`
  const here = { academyId: sql`${of.academyId}::uuid`, classId: sql`${of.id}::uuid`, personId }
  const year = { from: sql`${period.from}::date`, to: sql`${period.to}::date` }
  const rows = await tx
    .select({
      ...placeColumns,
      obstacles: sql<Obstacles>`${obstaclesOf({ ...here, ...year, accountId: sql`null::uuid` })}`,
      levels: of.eligibleLevel
        ? sql<Level[] | null>`${levelsOf({ personId, occupationCode: sql`${of.occupationCode}` })}`
        : sql<null>`null`,
    })
    .from(enrolment)
    .where(and(eq(enrolment.academyId, of.academyId), eq(enrolment.classId, of.id), which))
    .orderBy(asc(enrolment.lineNumber), asc(enrolment.id))
    .limit(limit)
    .for('no key update')
  return rows.map(({ obstacles, levels, ...place }) => ({
    ...(place as PlaceRow),
    obstacles,
    heldLevel: highest(levels),
  }))
}
