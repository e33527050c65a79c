import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classSession, enrolment, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode, Seat } from '#db/values.ts'
import { waitingBefore } from './class-page-queries.server.ts'
import { isExpectedIn } from './make-up.server.ts'
import { isOwnEnrolment } from './own-enrolment.server.ts'
import { isDue } from './settle.server.ts'

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
  /** The number drawn in line, and until when somebody must answer (db/schema/training-enrolments.ts). */
  lineNumber: number | null
  answerDueAt: Date | null
  /** Time has run out for somebody in the class: it has to be settled before this is shown. */
  isDue: boolean
  /** The place in line, from 1; null: does not wait. */
  position: number | null
  hoursAttended: number | null
  creditedOn: string | null
  /** When the next meeting begins; null: none is planned. */
  nextAt: Date | null
  /** That one has begun. */
  isOn: boolean
}

const PAST_PAGE = 30

/** When the next meeting of the class begins in which the row's place is expected; null: none is planned. */
export const nextMeetingAt = (now: Date): SQL<Date | null> =>
  sql`(select min(s.starts_at) from ${classSession} s
    where s.academy_id = ${trainingClass.academyId} and s.class_id = ${trainingClass.id} and s.status = 'planned'
      and s.ends_at > ${now.toISOString()}::timestamptz and ${isExpectedIn('s', 'enrolment')})`.mapWith(
    classSession.startsAt,
  )

/** The worker's classes: those that run or come, the nearest first, and a page of the past ones, the latest first. */
export async function listMyClasses(
  tx: Tx,
  { viewer, pastBefore, now }: { viewer: Viewer; pastBefore: { endsOn: string; id: string } | null; now: Date },
): Promise<{ coming: MyClass[]; past: MyClass[]; hasMore: boolean }> {
  const today = shanghaiDate(now)
  const held = inArray(enrolment.seat, ['requested', 'enrolled', 'waitlisted', 'offered', 'rejected'])
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
  const positions = await listPositions(tx, coming)
  const toOwn = (row: Row) => toMyClass(row, { positions, now })
  return {
    coming: coming.map(toOwn),
    past: past.slice(0, PAST_PAGE).map(toOwn),
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
      lineNumber: enrolment.lineNumber,
      answerDueAt: enrolment.answerDueAt,
      answersDueAt: trainingClass.answersDueAt,
      academyId: trainingClass.academyId,
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

function toMyClass(
  { answersDueAt, academyId: _, ...row }: Row,
  { positions, now }: { positions: ReadonlyMap<string, number>; now: Date },
): MyClass {
  return {
    ...row,
    mode: row.mode as Mode,
    origin: row.origin as ClassOrigin,
    status: row.status as ClassStatus,
    seat: row.seat as Seat,
    isDue: isDue({ answersDueAt }, now),
    isOn: row.nextAt !== null && row.nextAt <= now,
    position: positions.get(row.enrolmentId) ?? null,
  }
}

/** Places in line by enrolment. Counted for the purpose `seats`: nobody may see who else waits. */
async function listPositions(tx: Tx, rows: readonly Row[]): Promise<Map<string, number>> {
  const waits = rows.filter((row) => row.seat === 'waitlisted')
  const positions = new Map<string, number>()
  if (waits.length === 0) return positions
  await within(tx, system('seats'), async () => {
    for (const { academyId, classId: id, enrolmentId, lineNumber } of waits) {
      const [row] = await waitingBefore(tx, { academyId, id, before: lineNumber })
      positions.set(enrolmentId, (row?.count ?? 0) + 1)
    }
  })
  return positions
}
