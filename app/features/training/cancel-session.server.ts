import { readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession } from '#db/schema/index.ts'
import { tellChange } from './session-changes.server.ts'
import { factsOf, isSession, type SessionAnswer, type SessionRequest, trail } from './session-command.server.ts'
import { holdClass } from './session-held.server.ts'
import { holdUntaken } from './taken.server.ts'

/**
 * Cancels a session with the reason, also one that has begun or is over, as long as its sheet is not closed and nobody is marked
 * as having come; the row stays, so that it can be made up. Null: no such session.
 */
export async function cancelSession(
  tx: Tx,
  request: SessionRequest & { sessionId: string; reason: string },
): Promise<SessionAnswer | null> {
  const held = await holdClass(tx, request)
  const found = held?.sessions.find(({ id }) => id === request.sessionId)
  if (!held || !found) return null
  if (found.status === 'cancelled') return { ok: true, isNew: false }
  if (held.isClosed) return { ok: false, reason: 'class_closed' }
  if (held.isCancelled) return { ok: false, reason: 'class_cancelled' }
  if (!held.isPublic) {
    // Nobody was told of it: a draft keeps no trace of what was planned at first.
    await tx.delete(classSession).where(isSession(request))
    await trail(tx, request, request.sessionId, 'removed')
    return { ok: true, isNew: true }
  }
  const why = readReason(request.reason)
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const taken = await holdUntaken(tx, request)
  if (taken) return { ok: false, reason: taken }
  await tx.update(classSession).set({ status: 'cancelled', cancelReason: why.reason }).where(isSession(request))
  await tellChange(tx, {
    ...request,
    held,
    change: 'cancelled',
    before: factsOf(found),
    after: null,
    reason: why.reason,
  })
  await trail(tx, request, request.sessionId, 'cancelled')
  return { ok: true, isNew: true }
}
