import { and, asc, desc, eq, exists, gte, ilike, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { shanghaiDate, yearPeriod } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classStaff, enrolment, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode } from '#db/values.ts'
import { type DeskFilters, type DeskState, deskState } from './desk-list.ts'
import { closedBecause } from './seat-rules.ts'

/** A class in the administrator's or instructor's list. */
export type DeskClass = {
  id: string
  code: string
  name: string
  mode: Mode
  origin: ClassOrigin
  startsOn: string
  endsOn: string
  plannedHours: number
  capacity: number | null
  taken: number
  /** Workers with a seat, however they came. */
  enrolled: number
  /** Requests that wait for an answer. */
  requests: number
  /** Credited by today. */
  credited: number
  state: DeskState
}

const PAGE = 30
const COMING = 8

/**
 * The classes of the viewer's academy, an instructor's own ones alone. Keyset paging by the sorted column and the id:
 * `after` is the id of the last class of the page before.
 */
export async function listDeskClasses(
  tx: Tx,
  { viewer, filters, after, now }: { viewer: Viewer; filters: DeskFilters; after: string | null; now: Date },
): Promise<{ classes: DeskClass[]; total: number; hasMore: boolean }> {
  const scope = and(...scopeOf(tx, viewer), ...conditionsOf(filters, shanghaiDate(now)))
  const sorted = trainingClass[filters.sort]
  const order = filters.isDescending ? desc : asc
  const beyond = filters.isDescending ? sql`<` : sql`>`
  const behind = after
    ? sql`(${sorted}, ${trainingClass.id}) ${beyond} (select k.${sql.identifier(sorted.name)}, k.id from ${trainingClass} k where k.id = ${after}::uuid)`
    : undefined
  const [rows, [counted]] = await Promise.all([
    tx
      .select(columnsAt(shanghaiDate(now)))
      .from(trainingClass)
      .where(and(scope, behind))
      .orderBy(order(sorted), order(trainingClass.id))
      .limit(PAGE + 1),
    tx.select({ total: sql<number>`count(*)::int` }).from(trainingClass).where(scope),
  ])
  const classes = rows.slice(0, PAGE).map((row) => toDeskClass(row, now))
  return { classes, total: counted?.total ?? 0, hasMore: rows.length > PAGE }
}

/** A class's row with how many sit in it and how many are credited by a day. */
function columnsAt(today: string) {
  const ofClass = and(eq(enrolment.academyId, trainingClass.academyId), eq(enrolment.classId, trainingClass.id))
  return {
    class: trainingClass,
    enrolled: sql<number>`(select count(*)::int from ${enrolment} where ${ofClass} and ${enrolment.seat} = 'enrolled')`,
    requests: sql<number>`(select count(*)::int from ${enrolment} where ${ofClass} and ${enrolment.seat} = 'requested')`,
    credited: sql<number>`(select count(*)::int from ${enrolment} where ${ofClass} and ${enrolment.creditedOn} <= ${today}::date)`,
  }
}

type Counted = { class: typeof trainingClass.$inferSelect; enrolled: number; requests: number; credited: number }

function toDeskClass({ class: row, enrolled, requests, credited }: Counted, now: Date): DeskClass {
  const { id, code, name, startsOn, endsOn, plannedHours, capacity, taken } = row
  const facts = { ...row, mode: row.mode as Mode, status: row.status as ClassStatus, origin: row.origin as ClassOrigin }
  const state = deskState({ ...facts, isOpen: closedBecause(facts, now) === null }, shanghaiDate(now))
  const shown = { id, code, name, startsOn, endsOn, plannedHours, capacity, taken, enrolled, requests, credited, state }
  return { ...shown, mode: facts.mode, origin: facts.origin }
}

/** Run here, over, and not closed (结班) yet. */
const isToClose = (today: string) =>
  and(eq(trainingClass.origin, 'system'), eq(trainingClass.status, 'published'), lt(trainingClass.endsOn, today))

/** How many classes of the viewer's academy are over and not closed yet. */
export async function countToClose(tx: Tx, { viewer, now }: { viewer: Viewer; now: Date }): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(trainingClass)
    .where(and(...scopeOf(tx, viewer), isToClose(shanghaiDate(now))))
  return row?.n ?? 0
}

/** Classes run here that are running or come next, the nearest first; drafts too. */
export async function listComingClasses(tx: Tx, { viewer, now }: { viewer: Viewer; now: Date }): Promise<DeskClass[]> {
  const today = shanghaiDate(now)
  const rows = await tx
    .select(columnsAt(today))
    .from(trainingClass)
    .where(
      and(
        ...scopeOf(tx, viewer),
        eq(trainingClass.origin, 'system'),
        inArray(trainingClass.status, ['draft', 'published']),
        gte(trainingClass.endsOn, today),
      ),
    )
    .orderBy(asc(trainingClass.startsOn), asc(trainingClass.id))
    .limit(COMING)
  return rows.map((row) => toDeskClass(row, now))
}

/** The years in which the viewer's classes begin, the latest first: what the list is filtered by. */
export async function listDeskYears(tx: Tx, viewer: Viewer): Promise<number[]> {
  const year = sql<number>`extract(year from ${trainingClass.startsOn})::int`
  const rows = await tx
    .selectDistinct({ year })
    .from(trainingClass)
    .where(and(...scopeOf(tx, viewer)))
    .orderBy(desc(year))
  return rows.map((row) => row.year)
}

/** Row-level security shows published classes to everybody: whose list this is must be said. */
function scopeOf(tx: Tx, viewer: Viewer): SQL[] {
  const academy = eq(trainingClass.academyId, viewer.academyId ?? '00000000-0000-0000-0000-000000000000')
  if (viewer.role !== 'instructor') return [academy]
  return [academy, ownClassOf(tx, viewer)]
}

/** The classes that an instructor teaches or heads. */
export function ownClassOf(tx: Tx, viewer: Viewer): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(classStaff)
      .where(
        and(
          eq(classStaff.academyId, trainingClass.academyId),
          eq(classStaff.classId, trainingClass.id),
          eq(classStaff.accountId, viewer.accountId),
        ),
      ),
  )
}

function conditionsOf({ status, mode, year, text }: DeskFilters, today: string): (SQL | undefined)[] {
  const period = year === null ? null : yearPeriod(year)
  const like = text === null ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return [
    status === 'to_close' ? isToClose(today) : status ? eq(trainingClass.status, status) : undefined,
    mode ? eq(trainingClass.mode, mode) : undefined,
    period ? and(gte(trainingClass.startsOn, period.from), lt(trainingClass.startsOn, period.to)) : undefined,
    like ? or(ilike(trainingClass.code, like), ilike(trainingClass.name, like)) : undefined,
  ]
}
