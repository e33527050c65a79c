import { and, eq, inArray } from 'drizzle-orm'
import { readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceLeave } from '#db/schema/index.ts'
import {
  type Answered,
  type Chosen,
  keepLeave,
  type LeaveAnswer,
  lockLeaves,
  tellOutcome,
} from './leave-answer.server.ts'
import { findHeldSheet } from './sheet-held.server.ts'

/**
 * Takes back leave that was granted, with a reason that the worker reads, until the sheet of its session is closed: who was excused by
 * it is as marked without it. The worker may ask again. Null: nothing of the viewer's.
 */
export async function revokeLeaves(tx: Tx, request: Chosen & { reason: string }): Promise<LeaveAnswer | null> {
  const { viewer, now } = request
  if (request.leaveIds.length === 0) return { ok: false, reason: 'none_chosen' }
  const why = readReason(request.reason)
  if ('fault' in why) return { ok: false, reason: why.fault }
  const rows = await lockLeaves(tx, request)
  const [first] = rows
  if (!first) return null
  const revoked: Answered[] = []
  for (const sessionId of [...new Set(rows.map((row) => row.sessionId))].sort()) {
    const granted = rows.filter((row) => row.sessionId === sessionId && row.state === 'granted')
    const held = granted.length > 0 ? await findHeldSheet(tx, { ...request, sessionId }) : null
    if (!held || held.closedAt) continue
    const entryOf = () => ({ mark: null, reason: why.reason })
    const done = await keepLeave(tx, held, granted, { ...request, entryOf })
    revoked.push(...done.map((row) => ({ ...row, held })))
  }
  const left = rows.length - revoked.length
  if (revoked.length === 0) return { ok: true, answered: 0, left }
  const ids = revoked.map(({ id }) => id)
  await tx
    .update(attendanceLeave)
    .set({ state: 'revoked', answeredAt: now, answeredBy: viewer.accountId, refusedBecause: why.reason })
    .where(and(eq(attendanceLeave.academyId, first.academyId), inArray(attendanceLeave.id, ids)))
  await tellOutcome(tx, revoked, { ...request, kind: 'leave.revoked' })
  return { ok: true, answered: revoked.length, left }
}
