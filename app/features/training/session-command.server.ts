import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, type SessionFacts, site } from '#db/schema/index.ts'
import type { SessionChange } from '#db/values.ts'
import type { AssessmentMisfit } from './assessment-misfit.server.ts'
import { hoursOn, isLongDay } from './plan-rules.ts'
import type { RoomRefusal, StationsRefusal } from './room.ts'
import type { PlacedSessionFault, SessionTyped } from './session-entry.ts'
import type { HeldClass, HeldSession } from './session-held.server.ts'
import type { InstructorRefusal } from './session-instructors.server.ts'
import { stationColumns } from './stations.ts'
import type { Planned, Taken } from './unless-taken.server.ts'

/**
 * Why a session was not planned, changed or cancelled; nothing was written then. `started`: it has begun, and is
 * not moved. `sheet_closed`, `marked`: it was delivered, as far as its attendance says. `sheet_open`: nobody knows yet who missed what is
 * to be made up; `nobody_lacks`: nobody did. `end_fixed`: the class cannot end later, by the rules of mending.
 */
export type SessionRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedSessionFault[]; why: ReasonFault | null }
  | {
      ok: false
      reason:
        | 'changed_meanwhile'
        | 'cancelled'
        | 'started'
        | 'sheet_closed'
        | 'marked'
        | 'made_up'
        | 'class_over'
        | 'sheet_open'
        | 'nobody_lacks'
        | 'sheets_locked'
        | 'end_fixed'
        | 'class_cancelled'
        | 'class_closed'
        | 'site_unknown'
    }
  | InstructorRefusal
  | AssessmentMisfit
  | Taken
  | RoomRefusal
  | StationsRefusal

/** `isNew` false: it is so already; a second click has the same result as the first. */
export type SessionAnswer = { ok: true; isNew: boolean } | SessionRefusal

export type SessionRequest = {
  viewer: Viewer
  academyId: string
  classId: string
  now: Date
  requestId?: string
}

export const plannedOf = (held: HeldClass, besides?: string) =>
  held.sessions
    .filter(({ id, status }) => status === 'planned' && id !== besides)
    .map(({ date, from, to, hours }) => ({ date, from, to, hours }))

export const planOf = (held: HeldClass, session: SessionTyped, besides?: string): Planned => ({
  academyId: held.academyId,
  classId: held.id,
  sessions: [{ ...session, siteId: session.siteId ?? held.siteId }],
  instructorIds: session.instructorIds,
  besides,
})

export const hasBegun = ({ date, from }: HeldSession, now: Date) => shanghaiInstant(date, from) <= now

/** A session that makes a day of a published class long is explained, planned or moved; of a draft that is asked when it is published (plan-rules.ts). */
export function longDay(
  held: HeldClass,
  session: SessionTyped,
  { others, reason }: { others: ReturnType<typeof plannedOf>; reason: string },
): Extract<SessionRefusal, { reason: 'faults' }> | null {
  if (!held.isPublic || !isLongDay(hoursOn(session.date, [...others, session]))) return null
  const why = readReason(reason)
  const faults: PlacedSessionFault[] = [{ field: 'hours', fault: 'day_hours' }]
  return 'fault' in why ? { ok: false, reason: 'faults', faults, why: why.fault } : null
}

export const isSession = ({ academyId, sessionId }: { academyId: string; sessionId: string }) =>
  and(eq(classSession.academyId, academyId), eq(classSession.id, sessionId))

type Facts = Pick<
  HeldSession,
  'date' | 'from' | 'to' | 'hours' | 'kind' | 'topic' | 'site' | 'stations' | 'instructors'
>
export const factsOf = ({ date, from, to, hours, kind, topic, site, stations, instructors }: Facts): SessionFacts => ({
  ...{ date, from, to, hours, kind, topic, site, stations },
  instructors: instructors.map(({ name }) => name),
})

export const stored = ({ date, from, to, hours, kind, topic, siteId, stations }: SessionTyped, held: HeldClass) => ({
  startsAt: shanghaiInstant(date, from),
  endsAt: shanghaiInstant(date, to),
  hours,
  kind,
  topic,
  siteId: siteId ?? held.siteId,
  ...stationColumns(stations),
})

/** The name of the session's site, which stays in use until it is planned there; undefined: none of the academy's, or retired. */
export async function siteNameOf(
  tx: Tx,
  held: HeldClass,
  { siteId }: SessionTyped,
): Promise<string | null | undefined> {
  const id = siteId ?? held.siteId
  if (id === null) return null
  if (!isId(id)) return undefined
  const [row] = await tx
    .select({ name: site.name })
    .from(site)
    .where(and(eq(site.academyId, held.academyId), eq(site.id, id), isNull(site.retiredAt)))
    .for('share')
  return row?.name
}

export async function trail(
  tx: Tx,
  { viewer, academyId, classId, now, requestId }: SessionRequest,
  subjectId: string,
  change: SessionChange | 'removed',
): Promise<void> {
  await record(tx, { by: viewer, now, kind: `session.${change}`, detail: { classId }, academyId, subjectId, requestId })
}
