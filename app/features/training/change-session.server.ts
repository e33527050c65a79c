import { readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession } from '#db/schema/index.ts'
import { findTightness } from './room.server.ts'
import { tellChange } from './session-changes.server.ts'
import {
  factsOf,
  hasBegun,
  isSession,
  longDay,
  plannedOf,
  planOf,
  type SessionAnswer,
  type SessionRequest,
  siteNameOf,
  stored,
  trail,
} from './session-command.server.ts'
import { readSession, type SessionEntry, sessionMark } from './session-entry.ts'
import { holdClass } from './session-held.server.ts'
import { giveSession, readInstructors } from './session-instructors.server.ts'
import { unlessTaken } from './unless-taken.server.ts'

/**
 * Moves a session, changes its site, hours or content, or who teaches it (then also once it has begun: whoever fell ill was
 * substituted). Of a published class the reason is asked for. Null: no such session.
 */
export async function changeSession(
  tx: Tx,
  request: SessionRequest & { sessionId: string; entry: SessionEntry },
): Promise<SessionAnswer | null> {
  const held = await holdClass(tx, request)
  const found = held?.sessions.find(({ id }) => id === request.sessionId)
  if (!held || !found) return null
  if (held.isClosed) return { ok: false, reason: 'class_closed' }
  if (held.isCancelled) return { ok: false, reason: 'class_cancelled' }
  if (found.status === 'cancelled') return { ok: false, reason: 'cancelled' }
  const read = readSession(request.entry, held, { others: plannedOf(held, found.id), before: found, now: request.now })
  const why = held.isPublic ? readReason(request.entry.reason) : { reason: request.entry.reason.trim() }
  if ('faults' in read)
    return { ok: false, reason: 'faults', faults: read.faults, why: 'fault' in why ? why.fault : null }
  const wanted = { ...read.session, siteId: read.session.siteId ?? held.siteId }
  if (sessionMark(wanted) === sessionMark(found)) return { ok: true, isNew: false }
  const isSubstitution = sessionMark({ ...wanted, instructorIds: found.instructorIds }) === sessionMark(found)
  if (request.entry.was !== sessionMark(found)) return { ok: false, reason: 'changed_meanwhile' }
  if (isSubstitution && held.isOver) return { ok: false, reason: 'class_over' }
  if (!isSubstitution && hasBegun(found, request.now)) return { ok: false, reason: 'started' }
  const others = plannedOf(held, found.id)
  const long = isSubstitution ? null : longDay(held, wanted, { others, reason: request.entry.reason })
  if (long) return long
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const siteName = await siteNameOf(tx, held, read.session)
  if (siteName === undefined) return { ok: false, reason: 'site_unknown' }
  const [academyId, sessionId, ids] = [held.academyId, found.id, wanted.instructorIds]
  const isAsBefore = wanted.date === found.date && ids.every((id) => found.instructorIds.includes(id))
  const dates = isAsBefore ? [] : [wanted.date]
  const teaching = await readInstructors(tx, { academyId, ids, taught: held, dates })
  if (!teaching.ok) return teaching
  // Of a session that has begun it is kept who taught it, whatever was planned.
  const placed = (one: typeof wanted) => ({ ...one, instructors: one.instructorIds.length })
  const asPlanned = { held, classId: request.classId, planned: placed(wanted), before: placed({ ...wanted, ...found }) }
  const tight = hasBegun(found, request.now) ? null : await findTightness(tx, asPlanned)
  if (tight) return tight
  const write = async (tx: Tx) => {
    // Who goes first: it may not be free at the new time, nor who comes at the old one.
    await giveSession(tx, { academyId, sessionId, ids: found.instructorIds.filter((id) => ids.includes(id)) })
    if (!isSubstitution)
      await tx
        .update(classSession)
        .set({ ...stored(read.session, held), holdsSite: true })
        .where(isSession(request))
    await giveSession(tx, { academyId, sessionId, ids })
  }
  const taken = await unlessTaken(tx, write, planOf(held, read.session, found.id))
  if (taken) return taken
  const change = isSubstitution ? 'substituted' : 'changed'
  const after = factsOf({ ...read.session, site: siteName, instructors: teaching.instructors })
  await tellChange(tx, { ...request, held, change, before: factsOf(found), after, reason: why.reason })
  await trail(tx, request, sessionId, change)
  return { ok: true, isNew: true }
}
