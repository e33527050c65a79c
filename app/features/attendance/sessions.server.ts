import { and, asc, eq, gte, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { addDays, shanghaiDate, shanghaiInstant, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceMark,
  attendanceSheet,
  classSession,
  enrolment,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import type { ClassStatus } from '#db/values.ts'
import { heldOn, isMarkedIn, markOf, sheetOfSession } from './joins.server.ts'
import { type SheetState, sheetState } from './rules.ts'
import { scopeOf } from './sheet-held.server.ts'

/** A session with how many came, as lists show it. */
export type SessionCount = {
  sessionId: string
  classId: string
  className: string
  classHead: string | null
  /** Null where the viewer is the class head. */
  classHeadPhone: string | null
  startsAt: Date
  endsAt: Date
  hours: number
  topic: string | null
  site: string | null
  /** Why it does not take place; null: it does. */
  cancelReason: string | null
  /** The day of the session that was held and that it makes up for: those who attended all of that are not counted, unless they came. */
  makesUpOn: string | null
  state: SheetState
  enrolled: number
  came: number
  excused: number
  absent: number
  unmarked: number
  /** Of a session whose check-in is open: the first of those unmarked, by name. */
  missing: string[]
}

const NAMED = 12

/** The sessions of one day in Shanghai that the viewer may take, in the order in which they begin. */
export function listSessionsOn(tx: Tx, { viewer, date, now }: { viewer: Viewer; date: string; now: Date }) {
  const [from, until] = [shanghaiInstant(date), shanghaiInstant(addDays(date, 1))]
  return list(tx, { viewer, now }, and(gte(classSession.startsAt, from), lt(classSession.startsAt, until)))
}

/** All sessions of one class. */
export function listSessionsOfClass(tx: Tx, { viewer, classId, now }: { viewer: Viewer; classId: string; now: Date }) {
  return list(tx, { viewer, now }, eq(classSession.classId, classId))
}

async function list(
  tx: Tx,
  { viewer, now }: { viewer: Viewer; now: Date },
  which: SQL | undefined,
): Promise<SessionCount[]> {
  const rows = await tx
    .select({
      sessionId: classSession.id,
      classId: classSession.classId,
      className: trainingClass.name,
      classHead: trainingClass.classHead,
      classHeadPhone: trainingClass.classHeadPhone,
      isHead: sql<boolean>`exists (select from class_staff s where s.academy_id = ${trainingClass.academyId}
        and s.class_id = ${trainingClass.id} and s.account_id = ${viewer.accountId} and s.role = 'head')`,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      site: site.name,
      cancelReason: classSession.cancelReason,
      makesUpOn: heldOn,
      endsOn: trainingClass.endsOn,
      classStatus: trainingClass.status,
      closedAt: attendanceSheet.closedAt,
      enrolled: sql<number>`count(${enrolment.id})::int`,
      came: sql<number>`count(*) filter (where ${attendanceMark.mark} in ('present', 'late', 'left_early'))::int`,
      excused: sql<number>`count(*) filter (where ${attendanceMark.mark} = 'excused')::int`,
      absent: sql<number>`count(*) filter (where ${attendanceMark.mark} = 'absent')::int`,
      missing: sql<string[]>`coalesce((array_agg(${enrolment.name} order by ${enrolment.id})
        filter (where ${enrolment.id} is not null and ${attendanceMark.mark} is null))[1:${NAMED}], '{}')`,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .leftJoin(attendanceSheet, sheetOfSession)
    .leftJoin(
      enrolment,
      and(
        eq(enrolment.academyId, classSession.academyId),
        eq(enrolment.classId, classSession.classId),
        eq(enrolment.seat, 'enrolled'),
        sql`(${isExpectedIn('class_session', 'enrolment')} or ${isMarkedIn('class_session', 'enrolment')})`,
      ),
    )
    .leftJoin(attendanceMark, markOf())
    .where(and(which, eq(trainingClass.origin, 'system'), ne(trainingClass.status, 'draft'), scopeOf(tx, viewer)))
    .groupBy(
      classSession.academyId,
      classSession.id,
      trainingClass.academyId,
      trainingClass.id,
      site.name,
      attendanceSheet.closedAt,
    )
    .orderBy(asc(classSession.startsAt), asc(classSession.id))
  const years = [...new Set(rows.map(({ endsOn }) => yearOf(endsOn)))]
  const lockDays = new Map<number, number>()
  for (const year of years) lockDays.set(year, (await attendancePolicy(tx, year)).lockDays) // of one reading of the policy
  return rows.map(({ endsOn, closedAt, missing, classStatus: status, isHead, ...row }) => {
    const { startsAt, endsAt, hours } = row
    const classStatus = status as ClassStatus
    const days = lockDays.get(yearOf(endsOn)) ?? 0
    const rule = { closedAt, endsOn, lockDays: days, today: shanghaiDate(now), classStatus, now }
    const state = sheetState({ session: { startsAt, endsAt, hours }, ...rule })
    const unmarked = row.enrolled - row.came - row.excused - row.absent
    const classHeadPhone = isHead ? null : row.classHeadPhone
    return { ...row, classHeadPhone, state, unmarked, missing: state === 'open' ? missing : [] }
  })
}
