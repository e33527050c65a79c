import { and, asc, eq, exists, isNull, lt, ne, notInArray, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiYear } from '#app/lib/calendar.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceSheet, classSession } from '#db/schema/index.ts'
import { countHours } from './hours.server.ts'
import { isSheet } from './sheet-held.server.ts'

const SEPARATOR = '/'
const HOUR_MS = 3_600_000
const AT_ONCE = 20

/** Closes sheets that somebody began and nobody closed, the policy's hours after their session. One that nobody began stays. */
export const dueSheets: Queue = {
  name: 'attendance sheets that nobody closed',
  waiting: async (resting = []) => {
    const without = resting.map((id) => id.split(SEPARATOR)[1] ?? '')
    const due = await as(system('attendance'), (tx) => listDueSheets(tx, new Date(), { without }))
    return due.map(({ academyId, sessionId }) => academyId + SEPARATOR + sessionId)
  },
  run: (id) => {
    const [academyId = '', sessionId = ''] = id.split(SEPARATOR)
    return closeByClock({ academyId, sessionId, now: new Date() })
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
    const due = (await listDueSheets(tx, now, { sessionId })).find((one) => one.academyId === academyId)
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

/** `sessionId`: that one alone. `without`: sessions to be left out. */
async function listDueSheets(
  tx: Tx,
  now: Date,
  { sessionId, without = [] }: { sessionId?: string; without?: readonly string[] },
) {
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
        notInArray(attendanceSheet.sessionId, [...without]),
      ),
    )
    .orderBy(asc(classSession.endsAt))
    .limit(AT_ONCE)
}
