import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceMark,
  attendanceObjection,
  attendanceSheet,
  classSession,
  enrolment,
  trainingClass,
} from '#db/schema/index.ts'
import type { AttendanceMark, ClassStatus, ObjectionState } from '#db/values.ts'
import { tookSheet } from './correct.server.ts'
import { markOf, sheetOfSession } from './joins.server.ts'
import { isLocked } from './rules.ts'
import { isFromAbove, scopeOf } from './sheet-held.server.ts'

/** An objection as those who may answer it see it. */
export type DeskObjection = {
  id: string
  academyCode: string
  academyName: string
  className: string
  sessionId: string
  enrolmentId: string
  startsAt: Date
  endsAt: Date
  name: string
  employer: string | null
  text: string
  /** What the sheet said then; what it says now. */
  marked: AttendanceMark | null
  mark: AttendanceMark | null
  state: ObjectionState
  objectedAt: Date
  answeredAt: Date | null
  answer: string | null
  /** Why the viewer may not answer it; null: may. */
  barred: 'second_person' | 'locked' | null
}

const SHOWN = 100
const ANSWERED = 20

/** Objections to the sheets of the viewer's academy, or of those that its union recommends: who waits longest first; the last ones answered. */
export async function findObjectionDesk(
  tx: Tx,
  { viewer, now }: { viewer: Viewer; now: Date },
): Promise<{ open: DeskObjection[]; answered: DeskObjection[] }> {
  const open = await select(tx, viewer)
    .where(and(scopeOf(tx, viewer), eq(attendanceObjection.state, 'open')))
    .orderBy(asc(attendanceObjection.objectedAt), asc(attendanceObjection.id))
    .limit(SHOWN)
  const answered = await select(tx, viewer)
    .where(and(scopeOf(tx, viewer), ne(attendanceObjection.state, 'open')))
    .orderBy(desc(attendanceObjection.answeredAt), desc(attendanceObjection.id))
    .limit(ANSWERED)
  const today = shanghaiDate(now)
  const shown = async (rows: Row[]): Promise<DeskObjection[]> => {
    const list: DeskObjection[] = []
    // The policy of a year is read once a transaction.
    for (const { tookIt, endsOn, classStatus, ...row } of rows) {
      const { lockDays } = await attendancePolicy(tx, yearOf(endsOn))
      const isClosedToAcademy =
        isLocked({ endsOn, lockDays, today, classStatus: classStatus as ClassStatus }) && !isFromAbove(viewer)
      list.push({
        ...row,
        mark: row.mark as AttendanceMark | null,
        marked: row.marked as AttendanceMark | null,
        state: row.state as ObjectionState,
        barred: isClosedToAcademy ? 'locked' : tookIt ? 'second_person' : null,
      })
    }
    return list
  }
  return { open: await shown(open), answered: await shown(answered) }
}

/** How many objections of the viewer's academy wait for an answer. */
export async function countObjections(tx: Tx, viewer: Viewer): Promise<number> {
  if (!viewer.academyId) return 0
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(attendanceObjection)
    .where(and(eq(attendanceObjection.academyId, viewer.academyId), eq(attendanceObjection.state, 'open')))
  return row?.count ?? 0
}

type Row = Awaited<ReturnType<typeof select>>[number]

function select(tx: Tx, viewer: Viewer) {
  return tx
    .select({
      id: attendanceObjection.id,
      academyCode: academy.code,
      academyName: academy.name,
      className: trainingClass.name,
      endsOn: trainingClass.endsOn,
      classStatus: trainingClass.status,
      sessionId: attendanceObjection.sessionId,
      enrolmentId: attendanceObjection.enrolmentId,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      name: enrolment.name,
      employer: enrolment.employer,
      text: attendanceObjection.text,
      marked: attendanceObjection.mark,
      mark: attendanceMark.mark,
      state: attendanceObjection.state,
      objectedAt: attendanceObjection.objectedAt,
      answeredAt: attendanceObjection.answeredAt,
      answer: attendanceObjection.answer,
      tookIt: tookSheet(tx, sql`${viewer.accountId}::uuid`),
    })
    .from(attendanceObjection)
    .innerJoin(
      classSession,
      and(
        eq(classSession.academyId, attendanceObjection.academyId),
        eq(classSession.id, attendanceObjection.sessionId),
      ),
    )
    .innerJoin(
      trainingClass,
      and(
        eq(trainingClass.academyId, attendanceObjection.academyId),
        eq(trainingClass.id, attendanceObjection.classId),
      ),
    )
    .innerJoin(academy, eq(academy.id, attendanceObjection.academyId))
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, attendanceObjection.academyId), eq(enrolment.id, attendanceObjection.enrolmentId)),
    )
    .innerJoin(attendanceSheet, sheetOfSession)
    .leftJoin(attendanceMark, markOf())
    .$dynamic()
}
