import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession } from '#db/schema/index.ts'
import { findTightness } from './room.server.ts'
import { tellChange } from './session-changes.server.ts'
import {
  factsOf,
  longDay,
  plannedOf,
  planOf,
  type SessionAnswer,
  type SessionRequest,
  siteNameOf,
  stored,
  trail,
} from './session-command.server.ts'
import { readSession, type SessionEntry } from './session-entry.ts'
import { holdClass } from './session-held.server.ts'
import { giveSession, readInstructors } from './session-instructors.server.ts'
import { unlessTaken } from './unless-taken.server.ts'

/** Plans one more session; with `makesUpForId` in the place of a cancelled one, whose hours it brings back. Null: no such class. */
export async function addSession(
  tx: Tx,
  request: SessionRequest & { entry: SessionEntry; makesUpForId?: string },
): Promise<SessionAnswer | null> {
  const held = await holdClass(tx, request)
  if (!held) return null
  const { makesUpForId, entry } = request
  const original = makesUpForId === undefined ? null : held.sessions.find(({ id }) => id === makesUpForId)
  if (original === undefined || (original && original.status !== 'cancelled')) return null
  if (held.isClosed) return { ok: false, reason: 'class_closed' }
  if (held.isCancelled) return { ok: false, reason: 'class_cancelled' }
  if (held.isOver) return { ok: false, reason: 'class_over' }
  if (original && held.sessions.some((one) => one.status === 'planned' && one.makesUpForId === original.id))
    return { ok: false, reason: 'made_up' }
  const read = readSession(entry, held, { others: plannedOf(held), before: null, now: request.now })
  if ('faults' in read) return { ok: false, reason: 'faults', faults: read.faults, why: null }
  const long = longDay(held, read.session, { others: plannedOf(held), reason: entry.reason })
  if (long) return long
  const siteName = await siteNameOf(tx, held, read.session)
  if (siteName === undefined) return { ok: false, reason: 'site_unknown' }
  const sessionId = newId()
  const { academyId, classId } = request
  const row = { academyId, id: sessionId, classId, makesUpForId: original?.id ?? null, ...stored(read.session, held) }
  const ids = read.session.instructorIds
  const teaching = await readInstructors(tx, { academyId, ids, taught: held, dates: [read.session.date] })
  if (!teaching.ok) return teaching
  const planned = { ...read.session, siteId: row.siteId, instructors: ids.length }
  const tight = await findTightness(tx, { held, classId, planned, before: null })
  if (tight) return tight
  const write = async (tx: Tx) => {
    await tx.insert(classSession).values(row)
    await giveSession(tx, { academyId, sessionId, ids })
  }
  const taken = await unlessTaken(tx, write, planOf(held, read.session))
  if (taken) return taken
  const change = original ? 'made_up' : 'added'
  await tellChange(tx, {
    ...request,
    held,
    sessionId,
    change,
    before: original ? factsOf(original) : null,
    after: factsOf({ ...read.session, site: siteName, instructors: teaching.instructors }),
    reason: entry.reason.trim() || (original?.cancelReason ?? null),
  })
  await trail(tx, request, sessionId, change)
  return { ok: true, isNew: true }
}
