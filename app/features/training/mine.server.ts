import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classSession, enrolment, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode, Seat } from '#db/values.ts'

/** A class of the worker's own, with what came of it so far. */
export type MyClass = {
  enrolmentId: string
  classId: string
  academyCode: string
  academyName: string
  name: string
  mode: Mode
  origin: ClassOrigin
  status: ClassStatus
  startsOn: string
  endsOn: string
  plannedHours: number
  courseSlug: string | null
  seat: Seat
  hoursAttended: number | null
  creditedOn: string | null
  /** When the next meeting begins; null: none is planned. */
  nextAt: Date | null
}

const PAST_PAGE = 30

/** The enrolments that are the viewer's own: made by the account, or of the person whom an academy confirmed. */
export function isOwnEnrolment(viewer: Pick<Viewer, 'accountId' | 'personId'>): SQL | undefined {
  const byAccount = eq(enrolment.accountId, viewer.accountId)
  return viewer.personId ? or(byAccount, eq(enrolment.personId, viewer.personId)) : byAccount
}

/** When the next meeting of the row's class begins; null: none is planned. */
export const nextMeetingAt = (now: Date): SQL<Date | null> =>
  sql`(select min(s.starts_at) from ${classSession} s
    where s.academy_id = ${trainingClass.academyId} and s.class_id = ${trainingClass.id} and s.ends_at > ${now.toISOString()}::timestamptz)`.mapWith(
    classSession.startsAt,
  )

/** The worker's classes: those that run or come, the nearest first, and a page of the past ones, the latest first. */
export async function listMyClasses(
  tx: Tx,
  { viewer, pastBefore, now }: { viewer: Viewer; pastBefore: { endsOn: string; id: string } | null; now: Date },
): Promise<{ coming: MyClass[]; past: MyClass[]; hasMore: boolean }> {
  const today = shanghaiDate(now)
  const held = inArray(enrolment.seat, ['requested', 'enrolled', 'waitlisted', 'offered'])
  const [coming, past] = await Promise.all([
    select(tx, now)
      .where(and(isOwnEnrolment(viewer), held, gte(trainingClass.endsOn, today)))
      .orderBy(asc(trainingClass.startsOn), asc(enrolment.id))
      .limit(50),
    select(tx, now)
      .where(
        and(
          isOwnEnrolment(viewer),
          or(lt(trainingClass.endsOn, today), eq(enrolment.seat, 'withdrawn')),
          pastBefore
            ? sql`(${trainingClass.endsOn}, ${enrolment.id}) < (${pastBefore.endsOn}::date, ${pastBefore.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(trainingClass.endsOn), desc(enrolment.id))
      .limit(PAST_PAGE + 1),
  ])
  return {
    coming: coming.map(toMyClass),
    past: past.slice(0, PAST_PAGE).map(toMyClass),
    hasMore: past.length > PAST_PAGE,
  }
}

type Row = Awaited<ReturnType<typeof select>>[number]

function select(tx: Tx, now: Date) {
  return tx
    .select({
      enrolmentId: enrolment.id,
      classId: trainingClass.id,
      academyCode: academy.code,
      academyName: academy.name,
      name: trainingClass.name,
      mode: trainingClass.mode,
      origin: trainingClass.origin,
      status: trainingClass.status,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      plannedHours: trainingClass.plannedHours,
      courseSlug: trainingClass.courseSlug,
      seat: enrolment.seat,
      hoursAttended: enrolment.hoursAttended,
      creditedOn: enrolment.creditedOn,
      nextAt: nextMeetingAt(now),
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .$dynamic()
}

const toMyClass = (row: Row): MyClass => ({
  ...row,
  mode: row.mode as Mode,
  origin: row.origin as ClassOrigin,
  status: row.status as ClassStatus,
  seat: row.seat as Seat,
})
