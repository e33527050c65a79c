import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { tellOfPlaces } from '#app/features/training/places-told.server.ts'
import { addDays, shanghaiDate, shanghaiInstant, shanghaiYear, yearOf } from '#app/lib/calendar.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classSession, site, trainingClass } from '#db/schema/index.ts'
import { daysToRemind, remindedFrom, type SessionAhead, saidAhead } from './session-reminders.ts'

/** Who is due is looked for this often. */
const PAUSE_MS = 5 * 60_000
let nextAt = 0
const SEPARATOR = '/'

/** Reminds workers of the sessions of the next day. */
export const dueSessionReminders: Queue = {
  name: 'reminders of sessions',
  waiting: async () => {
    if (Date.now() < nextAt) return []
    nextAt = Date.now() + PAUSE_MS
    const due = await listDaysToRemind(new Date())
    return due.map(({ classId, date }) => classId + SEPARATOR + date)
  },
  run: async (id) => {
    const [classId = '', date = ''] = id.split(SEPARATOR)
    await remindOfSessions({ classId, date, now: new Date() })
    return false
  },
}

const isRunHere = and(eq(trainingClass.origin, 'system'), eq(trainingClass.status, 'published'))
const ofSession = and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId))
const day = sql<string>`(${classSession.startsAt} at time zone 'Asia/Shanghai')::date::text`

/** Classes with a session on a day of which a reminder is due, each with the day; the sessions are still to come. */
export async function listDaysToRemind(now: Date): Promise<{ classId: string; date: string }[]> {
  return as(system('attendance'), async (tx) => {
    const { remindHour } = await attendancePolicy(tx, shanghaiYear(now))
    const dates = daysToRemind(now, remindHour)
    const last = dates.at(-1)
    if (!last) return []
    return tx
      .selectDistinct({ classId: classSession.classId, date: day })
      .from(classSession)
      .innerJoin(trainingClass, ofSession)
      .where(
        and(
          isRunHere,
          eq(classSession.status, 'planned'),
          gt(classSession.startsAt, now),
          lt(classSession.startsAt, shanghaiInstant(addDays(last, 1))),
        ),
      )
      .orderBy(asc(day))
  })
}

/**
 * Reminds those with a seat in a class of its sessions of one day, each once a day: of those that are planned now, without who
 * is on leave, took the seat or heard of a change after the reminder was due. @returns of how many somebody was told.
 */
export function remindOfSessions(of: { classId: string; date: string; now: Date }): Promise<number> {
  const { classId, date, now } = of
  return as(system('attendance'), async (tx) => {
    const { remindHour } = await attendancePolicy(tx, yearOf(date))
    if (!daysToRemind(now, remindHour).includes(date)) return 0
    // Another process that is at it waits, and then finds everybody told.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sessions.remind ${classId}`}, 0))`)
    const held = await findClass(tx, classId)
    if (!held) return 0
    const dueAt = remindedFrom(date, remindHour)
    const sessions = await listSessions(tx, { ...held, classId, date, now })
    const [first] = sessions
    if (!first) return 0
    const { academyId, academyCode, name } = held
    const isFirst = held.firstAt !== null && shanghaiDate(held.firstAt) === date
    const bring = isFirst && held.bring ? withoutNumbers(held.bring).replace(/\s+/g, ' ') : null
    const subjectId = derivedId(classId, `ahead ${date}`)
    const until = first.startsAt.toISOString()
    const expected = await listExpected(tx, { academyId, classId, sessionIds: sessions.map(({ id }) => id), dueAt })
    const news = expected.map(({ enrolmentId, sessionIds }) => {
      const own = sessions.filter(({ id }) => sessionIds.includes(id))
      const said = saidAhead({ className: name, sessions: own, isFirst, bring })
      return { enrolmentId, subjectId, detail: { academyCode, classId, until, ...said } }
    })
    // A union reads the days on its page, and hears of what changes: a line a class and day would bury that.
    const workers = await tellOfPlaces(tx, { academyId, kind: 'session.ahead', news, union: 'nothing', now })
    if (workers === 0) return 0
    const by = system('attendance')
    const detail = { classId, date, workers }
    await record(tx, { by, now, kind: 'sessions.reminded', detail, academyId, subjectId: classId })
    return workers
  })
}

async function findClass(tx: Tx, classId: string) {
  const [row] = await tx
    .select({
      academyId: trainingClass.academyId,
      academyCode: academy.code,
      name: trainingClass.name,
      bring: trainingClass.bring,
      firstAt: sql`(select min(s.starts_at) from ${classSession} s where s.academy_id = ${trainingClass.academyId}
        and s.class_id = ${trainingClass.id} and s.status = 'planned')`.mapWith(classSession.startsAt),
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(trainingClass.id, classId), isRunHere))
  return row ?? null
}

type OfDay = { academyId: string; classId: string; date: string; now: Date }

/** The sessions of a day that are still to come, in order. */
async function listSessions(tx: Tx, { academyId, classId, date, now }: OfDay): Promise<SessionAhead[]> {
  const own = alias(site, 'own_site')
  return tx
    .select({
      id: classSession.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      site: sql<string | null>`coalesce(${own.name}, ${site.name})`,
      address: sql<string | null>`coalesce(${own.address}, ${site.address})`,
    })
    .from(classSession)
    .innerJoin(trainingClass, ofSession)
    .leftJoin(own, and(eq(own.academyId, classSession.academyId), eq(own.id, classSession.siteId)))
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .where(
      and(
        eq(classSession.academyId, academyId),
        eq(classSession.classId, classId),
        eq(classSession.status, 'planned'),
        gt(classSession.startsAt, now),
        eq(day, date),
      ),
    )
    .orderBy(asc(classSession.startsAt))
}

type Expected = { enrolmentId: string; sessionIds: string[] }

/** Who is expected at which of these sessions and may not know it since lately. */
async function listExpected(
  tx: Tx,
  of: { academyId: string; classId: string; sessionIds: readonly string[]; dueAt: Date },
): Promise<Expected[]> {
  const { academyId, classId, sessionIds, dueAt } = of
  const due = sql`${dueAt.toISOString()}::timestamptz`
  return tx.execute<Expected>(sql`
    select e.id as "enrolmentId", array_agg(s.id) as "sessionIds"
    from enrolment e
    join class_session s on s.academy_id = e.academy_id and s.class_id = e.class_id and ${inArray(sql`s.id`, [...sessionIds])}
    where e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'
      and coalesce(e.seated_at, e.created_at) <= ${due} and ${isExpectedIn('s', 'e')}
      and not exists (select 1 from attendance_mark m where m.academy_id = s.academy_id and m.session_id = s.id
        and m.enrolment_id = e.id and m.mark = 'excused')
      and not exists (select 1 from class_session_change x where x.academy_id = s.academy_id and x.class_id = s.class_id
        and x.session_id = s.id and x.change <> 'substituted' and x.at > ${due})
    group by e.id`)
}
