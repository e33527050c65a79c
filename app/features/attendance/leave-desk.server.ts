import { and, asc, desc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceLeave, attendanceSheet, classSession, enrolment } from '#db/schema/index.ts'
import type { LeaveReason, LeaveState } from '#db/values.ts'
import { type HoursAhead, listHoursAhead } from './leave-ahead.server.ts'
import { selectLeave } from './leave-rows.server.ts'
import { scopeOf } from './sheet-held.server.ts'

/** Leave as those who answer it see it. */
export type DeskLeave = {
  id: string
  academyId: string
  enrolmentId: string
  classId: string
  className: string
  sessionId: string
  startsAt: Date
  endsAt: Date
  hours: number
  topic: string | null
  askedFor: Date
  name: string
  employer: string | null
  reason: LeaveReason
  remark: string | null
  refusedBecause: string | null
  askedAt: Date
  answeredAt: Date | null
  state: LeaveState
  /** Granted, and its sheet is not closed: it can be taken back. */
  isRevokable: boolean
}

/** `ifGranted`: what the worker can still come to then. `isOver`: the session is, its sheet is not closed yet. */
export type AskedLeave = DeskLeave & { ifGranted: HoursAhead | null; isOver: boolean }

type Asked = { viewer: Viewer; classId: string | null; now: Date }

const SHOWN = 100
const ANSWERED = 20

/** What waits for an answer, the session that is nearest first, and what was answered last; `classId`: of one class alone. */
export async function findLeaveDesk(
  tx: Tx,
  asked: Asked,
): Promise<{ waiting: AskedLeave[]; answered: DeskLeave[]; className: string | null }> {
  const { viewer, classId, now } = asked
  const waiting = await selectLeave(tx)
    .where(and(isWaiting(tx, viewer), ofClass(classId)))
    .orderBy(asc(classSession.startsAt), asc(attendanceLeave.id))
    .limit(SHOWN)
  const answered = await selectLeave(tx)
    .where(
      and(scopeOf(tx, viewer), ofClass(classId), inArray(attendanceLeave.state, ['granted', 'refused', 'revoked'])),
    )
    .orderBy(desc(attendanceLeave.answeredAt), desc(attendanceLeave.id))
    .limit(ANSWERED)
  const ahead = await listHoursAhead(tx, waiting)
  return {
    waiting: waiting.map((row) => {
      const can = ahead.get(row.enrolmentId)
      // Who is marked absent has lost its hours already.
      const cost = row.mark === null ? row.hours : 0
      return {
        ...toLeave(row),
        ifGranted: can ? { ...can, reachable: Math.max(0, can.reachable - cost) } : null,
        isOver: row.endsAt <= now,
      }
    }),
    answered: answered.map(toLeave),
    className: [...waiting, ...answered].find((one) => one.classId === classId)?.className ?? null,
  }
}

/** How much leave waits for the viewer's answer; of one class or session alone where it is named. */
export function countWaiting(
  tx: Tx,
  { viewer, classId, sessionId }: { viewer: Viewer; classId?: string; sessionId?: string },
): Promise<number> {
  const ofSession = sessionId ? eq(attendanceLeave.sessionId, sessionId) : undefined
  const waiting = selectLeave(tx).where(and(isWaiting(tx, viewer), ofClass(classId ?? null), ofSession))
  return tx.$count(waiting.as('waiting'))
}

const ofClass = (classId: string | null): SQL | undefined =>
  classId === null ? undefined : eq(attendanceLeave.classId, classId)

/** Asked of one with a seat, from a session that takes place and whose sheet is not closed. */
const isWaiting = (tx: Tx, viewer: Viewer) =>
  and(
    scopeOf(tx, viewer),
    eq(attendanceLeave.state, 'asked'),
    eq(classSession.status, 'planned'),
    eq(enrolment.seat, 'enrolled'),
    isNull(attendanceSheet.closedAt),
  )

type Row = Awaited<ReturnType<typeof selectLeave>>[number]

const toLeave = ({ mark: _, status, closedAt, ...row }: Row): DeskLeave => ({
  ...row,
  isRevokable: row.state === 'granted' && status === 'planned' && closedAt === null,
  reason: row.reason as LeaveReason,
  state: row.state as LeaveState,
})
