import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { isId, newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, type SessionFacts, site } from '#db/schema/index.ts'
import type { SessionChange } from '#db/values.ts'
import { tellChange } from './session-changes.server.ts'
import {
  type PlacedSessionFault,
  readSession,
  type SessionEntry,
  type SessionTyped,
  sessionMark,
} from './session-entry.ts'
import { type HeldClass, type HeldSession, holdClass } from './session-held.server.ts'
import { giveSession, type InstructorRefusal, readInstructors } from './session-instructors.server.ts'
import { type Planned, type Taken, unlessTaken } from './unless-taken.server.ts'

/**
 * Why a session was not planned, changed or cancelled; nothing was written then. `started`: it has begun, its attendance counts.
 */
export type SessionRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedSessionFault[]; why: ReasonFault | null }
  | { ok: false; reason: 'changed_meanwhile' | 'cancelled' | 'started' | 'made_up' | 'class_over' | 'site_unknown' }
  | InstructorRefusal
  | Taken

/** `isNew` false: it is so already; a second click has the same result as the first. */
export type SessionAnswer = { ok: true; isNew: boolean } | SessionRefusal

export type SessionRequest = {
  viewer: Viewer
  academyId: string
  classId: string
  now: Date
  requestId?: string
}

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
  if (held.isOver) return { ok: false, reason: 'class_over' }
  if (original && held.sessions.some((one) => one.status === 'planned' && one.makesUpForId === original.id))
    return { ok: false, reason: 'made_up' }
  const read = readSession(entry, held, plannedOf(held))
  if ('faults' in read) return { ok: false, reason: 'faults', faults: read.faults, why: null }
  const siteName = await siteNameOf(tx, held, read.session)
  if (siteName === undefined) return { ok: false, reason: 'site_unknown' }
  const sessionId = newId()
  const { academyId, classId } = request
  const row = { academyId, id: sessionId, classId, makesUpForId: original?.id ?? null, ...stored(read.session, held) }
  const ids = read.session.instructorIds
  const teaching = await readInstructors(tx, { academyId, ids, taught: held, dates: [read.session.date] })
  if (!teaching.ok) return teaching
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
    reason: original?.cancelReason ?? null,
  })
  await trail(tx, request, sessionId, change)
  return { ok: true, isNew: true }
}

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
  if (found.status === 'cancelled') return { ok: false, reason: 'cancelled' }
  const read = readSession(request.entry, held, plannedOf(held, found.id))
  const why = held.isPublic ? readReason(request.entry.reason) : { reason: request.entry.reason.trim() }
  if ('faults' in read)
    return { ok: false, reason: 'faults', faults: read.faults, why: 'fault' in why ? why.fault : null }
  const wanted = { ...read.session, siteId: read.session.siteId ?? held.siteId }
  if (sessionMark(wanted) === sessionMark(found)) return { ok: true, isNew: false }
  const isSubstitution = sessionMark({ ...wanted, instructorIds: found.instructorIds }) === sessionMark(found)
  if (request.entry.was !== sessionMark(found)) return { ok: false, reason: 'changed_meanwhile' }
  if (isSubstitution && held.isOver) return { ok: false, reason: 'class_over' }
  if (!isSubstitution && hasBegun(found, request.now)) return { ok: false, reason: 'started' }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const siteName = await siteNameOf(tx, held, read.session)
  if (siteName === undefined) return { ok: false, reason: 'site_unknown' }
  const [academyId, sessionId, ids] = [held.academyId, found.id, wanted.instructorIds]
  const isAsBefore = wanted.date === found.date && ids.every((id) => found.instructorIds.includes(id))
  const dates = isAsBefore ? [] : [wanted.date]
  const teaching = await readInstructors(tx, { academyId, ids, taught: held, dates })
  if (!teaching.ok) return teaching
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

/** Cancels a session that has not begun, with the reason; the row stays, so that it can be made up. Null: no such session. */
export async function cancelSession(
  tx: Tx,
  request: SessionRequest & { sessionId: string; reason: string },
): Promise<SessionAnswer | null> {
  const held = await holdClass(tx, request)
  const found = held?.sessions.find(({ id }) => id === request.sessionId)
  if (!held || !found) return null
  if (found.status === 'cancelled') return { ok: true, isNew: false }
  if (hasBegun(found, request.now)) return { ok: false, reason: 'started' }
  if (!held.isPublic) {
    // Nobody was told of it: a draft keeps no trace of what was planned at first.
    await tx.delete(classSession).where(isSession(request))
    await trail(tx, request, request.sessionId, 'removed')
    return { ok: true, isNew: true }
  }
  const why = readReason(request.reason)
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
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

const plannedOf = (held: HeldClass, besides?: string) =>
  held.sessions
    .filter(({ id, status }) => status === 'planned' && id !== besides)
    .map(({ date, from, to, hours }) => ({ date, from, to, hours }))

const planOf = (held: HeldClass, session: SessionTyped, besides?: string): Planned => ({
  academyId: held.academyId,
  sessions: [{ ...session, siteId: session.siteId ?? held.siteId }],
  instructorIds: session.instructorIds,
  besides,
})

const hasBegun = ({ date, from }: HeldSession, now: Date) => shanghaiInstant(date, from) <= now

const isSession = ({ academyId, sessionId }: { academyId: string; sessionId: string }) =>
  and(eq(classSession.academyId, academyId), eq(classSession.id, sessionId))

type Facts = Pick<HeldSession, 'date' | 'from' | 'to' | 'hours' | 'kind' | 'topic' | 'site' | 'instructors'>
const factsOf = ({ date, from, to, hours, kind, topic, site, instructors }: Facts): SessionFacts => ({
  ...{ date, from, to, hours, kind, topic, site },
  instructors: instructors.map(({ name }) => name),
})

const stored = ({ date, from, to, hours, kind, topic, siteId }: SessionTyped, held: HeldClass) => ({
  startsAt: shanghaiInstant(date, from),
  endsAt: shanghaiInstant(date, to),
  hours,
  kind,
  topic,
  siteId: siteId ?? held.siteId,
})

/** The name of the session's site; undefined: none of the academy's. */
async function siteNameOf(tx: Tx, held: HeldClass, { siteId }: SessionTyped): Promise<string | null | undefined> {
  const id = siteId ?? held.siteId
  if (id === null) return null
  if (!isId(id)) return undefined
  const [row] = await tx
    .select({ name: site.name })
    .from(site)
    .where(and(eq(site.academyId, held.academyId), eq(site.id, id)))
  return row?.name
}

async function trail(
  tx: Tx,
  { viewer, academyId, classId, now, requestId }: SessionRequest,
  subjectId: string,
  change: SessionChange | 'removed',
): Promise<void> {
  await record(tx, { by: viewer, now, kind: `session.${change}`, detail: { classId }, academyId, subjectId, requestId })
}
