import { and, asc, eq, exists, isNull, lt, ne, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiYear } from '#app/lib/calendar.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceSheet, classSession } from '#db/schema/index.ts'
import { countHours } from './hours.server.ts'
import { isSheet } from './sheet-held.server.ts'

/** Sheets that could not be closed: a bug of ours, told once and left for the next start. */
const failed = new Set<string>()
const SEPARATOR = '/'
const HOUR_MS = 3_600_000
const AT_ONCE = 20

/** Closes sheets that somebody began and nobody closed, the policy's hours after their session. One that nobody began stays. */
export const dueSheets: Queue = {
  name: 'attendance sheets that nobody closed',
  waiting: async () => {
    const due = await as(system('attendance'), (tx) => listDueSheets(tx, new Date()))
    return due.map(({ academyId, sessionId }) => academyId + SEPARATOR + sessionId).filter((id) => !failed.has(id))
  },
  run: async (id) => {
    const [academyId = '', sessionId = ''] = id.split(SEPARATOR)
    try {
      return await closeByClock({ academyId, sessionId, now: new Date() })
    } catch (error) {
      failed.add(id)
      runtime().logger.error({ err: error, sessionId }, 'an attendance sheet could not be closed')
      return false
    }
  },
}

/** @returns whether it was closed now; false: not due, or somebody was faster. */
export function closeByClock({
  academyId,
  sessionId,
  now,
}: {
  academyId: string
  sessionId: string
  now: Date
}): Promise<boolean> {
  return as(system('attendance'), async (tx) => {
    const due = (await listDueSheets(tx, now, sessionId)).find((one) => one.academyId === academyId)
    if (!due) return false
    const closed = await tx
      .update(attendanceSheet)
      .set({ closedAt: now, closedBy: null })
      .where(and(isSheet({ academyId, sessionId }), isNull(attendanceSheet.closedAt)))
      .returning({ classId: attendanceSheet.classId })
    const [classId] = closed.map((one) => one.classId)
    if (!classId) return false
    const changed = await countHours(tx, { academyId, classId, now })
    const detail = { classId, workers: changed.length }
    const by = system('attendance')
    await record(tx, { by, now, kind: 'attendance.closed', detail, academyId, subjectId: sessionId })
    return true
  })
}

async function listDueSheets(tx: Tx, now: Date, sessionId?: string) {
  const { closeHours } = await attendancePolicy(tx, shanghaiYear(now))
  // Leave is granted before anybody takes a sheet: it does not begin one.
  const begun = tx
    .select({ one: sql`1` })
    .from(attendanceEntry)
    .where(
      and(
        eq(attendanceEntry.academyId, attendanceSheet.academyId),
        eq(attendanceEntry.sessionId, attendanceSheet.sessionId),
        ne(attendanceEntry.way, 'leave'),
      ),
    )
  return tx
    .select({ academyId: attendanceSheet.academyId, sessionId: attendanceSheet.sessionId })
    .from(attendanceSheet)
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, attendanceSheet.academyId), eq(classSession.id, attendanceSheet.sessionId)),
    )
    .where(
      and(
        isNull(attendanceSheet.closedAt),
        eq(classSession.status, 'planned'),
        exists(begun),
        lt(classSession.endsAt, new Date(now.getTime() - closeHours * HOUR_MS)),
        sessionId ? eq(attendanceSheet.sessionId, sessionId) : undefined,
      ),
    )
    .orderBy(asc(classSession.endsAt))
    .limit(AT_ONCE)
}
