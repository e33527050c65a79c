import { and, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceSheet } from '#db/schema/index.ts'
import { countHours } from './hours.server.ts'
import { findHeldSheet, isFromAbove, isSheet } from './sheet-held.server.ts'
import { countUnmarked } from './sheet-rows.server.ts'

/** `running`: a session's sheet is closed once it is over. `unmarked`: so many are, and nobody said that they are to stay so. */
export type CloseAnswer =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: 'running' }
  | { ok: false; reason: 'unmarked'; count: number }

/**
 * Closes the sheet of a session that is over: its hours count from now on. Whoever is unmarked stays so, which is not absent and earns
 * nothing: at most `mayLeave` of them, else it is asked first (left out: as many as there are). Null: no such session of the viewer's.
 */
export async function closeSheet(
  tx: Tx,
  request: {
    viewer: Viewer
    academyCode: string
    sessionId: string
    mayLeave?: number
    now: Date
    requestId?: string
  },
): Promise<CloseAnswer | null> {
  const { viewer, mayLeave, now } = request
  const held = await findHeldSheet(tx, request)
  // A sponsor corrects what an academy has closed; it closes nothing.
  if (!held || isFromAbove(viewer)) return null
  if (now < held.session.endsAt) return { ok: false, reason: 'running' }
  if (held.closedAt) return { ok: true, isNew: false }
  const count = mayLeave === undefined ? 0 : await countUnmarked(tx, held)
  if (mayLeave !== undefined && count > mayLeave) return { ok: false, reason: 'unmarked', count }
  const { academyId, sessionId, classId } = held
  await tx.insert(attendanceSheet).values({ academyId, sessionId, classId }).onConflictDoNothing()
  const closed = await tx
    .update(attendanceSheet)
    .set({ closedAt: now, closedBy: viewer.accountId })
    .where(and(isSheet(held), isNull(attendanceSheet.closedAt)))
    .returning({ id: attendanceSheet.sessionId })
  if (closed.length === 0) return { ok: true, isNew: false }
  const changed = await countHours(tx, { ...held, now })
  await record(tx, {
    by: viewer,
    now,
    kind: 'attendance.closed',
    detail: { classId, workers: changed.length },
    academyId,
    subjectId: sessionId,
    requestId: request.requestId,
  })
  return { ok: true, isNew: true }
}
