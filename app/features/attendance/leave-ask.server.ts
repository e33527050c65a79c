import { and, inArray, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceLeave } from '#db/schema/index.ts'
import { type LeaveFault, MOST_ASKED, readLeave } from './leave.ts'
import { type LeaveSession, listLeaveSessions } from './leave-sessions.server.ts'
import { tellOfAsked } from './leave-told.server.ts'

export type AskAnswer = { ok: true; asked: number } | { ok: false; reason: LeaveFault }

/**
 * Asks for leave from sessions of the worker's own that are not over, all or nothing, and tells those who answer. One that is asked
 * or granted already stays as it is: sent again, nothing is asked twice.
 */
export async function askLeave(
  tx: Tx,
  request: {
    viewer: Viewer
    sessionIds: readonly string[]
    reason: string
    remark: string
    now: Date
    requestId?: string
  },
): Promise<AskAnswer> {
  const { viewer, now } = request
  const ids = new Set(request.sessionIds)
  if (ids.size === 0) return { ok: false, reason: 'sessions_needed' }
  const read = readLeave(request)
  if ('fault' in read) return { ok: false, reason: read.fault }
  const sessions = (await listLeaveSessions(tx, { viewer, classId: null, now })).filter((one) => ids.has(one.sessionId))
  if (sessions.length < ids.size) return { ok: false, reason: 'gone' }
  const wanted = sessions.filter(({ leave }) => leave === null)
  if (wanted.length === 0) return { ok: true, asked: 0 }
  if (await wasAskedTooOften(tx, wanted)) return { ok: false, reason: 'too_often' }
  const said = { ...read, state: 'asked', askedAt: now, askedBy: viewer.accountId }
  const rows = await tx
    .insert(attendanceLeave)
    .values(
      wanted.map(({ academyId, sessionId, classId, enrolmentId, startsAt }) => ({
        ...{ academyId, id: newId(), sessionId, classId, enrolmentId, startsAt, ...said },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: attendanceLeave.id, sessionId: attendanceLeave.sessionId })
  const idOf = new Map(rows.map(({ id, sessionId }) => [sessionId, id]))
  await tellByClass(
    tx,
    wanted.filter(({ sessionId }) => idOf.has(sessionId)),
    { ...request, idOf },
  )
  return { ok: true, asked: rows.length }
}

async function wasAskedTooOften(tx: Tx, wanted: readonly LeaveSession[]): Promise<boolean> {
  const places = wanted.map(({ enrolmentId }) => enrolmentId)
  const sessions = wanted.map(({ sessionId }) => sessionId)
  const rows = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(attendanceLeave)
    .where(and(inArray(attendanceLeave.enrolmentId, places), inArray(attendanceLeave.sessionId, sessions)))
    .groupBy(attendanceLeave.enrolmentId, attendanceLeave.sessionId)
  return rows.some(({ count }) => count >= MOST_ASKED)
}

/** One notice and one event a class, whatever the number of its sessions. */
async function tellByClass(
  tx: Tx,
  asked: readonly LeaveSession[],
  of: { viewer: Viewer; idOf: ReadonlyMap<string, string>; now: Date; requestId?: string },
): Promise<void> {
  const { viewer, idOf, now, requestId } = of
  const by = { ...system('attendance'), onBehalfOf: viewer.accountId }
  await within(tx, system('attendance'), async (tx) => {
    for (const classId of new Set(asked.map((one) => one.classId))) {
      const sessions = asked.filter((one) => one.classId === classId)
      const { academyId, sessionId, ...name } = sessions[0]!
      const subjectId = idOf.get(sessionId)!
      await tellOfAsked(tx, { ...name, academyId, sessions, subjectId, now })
      const detail = { classId, sessions: sessions.length }
      await record(tx, { by, now, kind: 'leave.asked', detail, academyId, subjectId, requestId })
    }
  })
}
