import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { markOf } from '#app/lib/mark.server.ts'
import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { sessionDayChange } from '#db/schema/index.ts'
import type { DayDoubt } from '#db/values.ts'
import { isDayDoubt } from './day-change.ts'
import { type AffirmedPlan, keepReason, listAffirmed, type PlanReason, type PlanRefusal } from './plan-affirm.server.ts'
import { hasBegun } from './session-command.server.ts'
import { type HeldSession, holdClass, listSessions } from './session-held.server.ts'

type OfClass = { academyId: string; classId: string }

/**
 * Days with sessions to come of a published class that the work calendar made other ones. `doubts`: those to be looked at, `mark`: of
 * them, to be sent back with the reason why the sessions stay; `said`: the reasons given for others that still meet then.
 */
export type DayDoubts = {
  doubts: DayDoubt[]
  mark: string
  said: Pick<AffirmedPlan, 'doubts' | 'reason'>[]
  /** By session. */
  open: Record<string, DayDoubt>
}

export const NO_DOUBTS: DayDoubts = { doubts: [], mark: '', said: [], open: {} }

/** What the work calendar changed under a class's sessions. `sessions`, `calendar`: as they were read already. */
export async function findDayDoubts(
  tx: Tx,
  { now, ...of }: OfClass & { now: Date; sessions?: readonly HeldSession[]; calendar?: WorkCalendar },
): Promise<DayDoubts> {
  const rows = await tx
    .select()
    .from(sessionDayChange)
    .where(and(eq(sessionDayChange.academyId, of.academyId), eq(sessionDayChange.classId, of.classId)))
    .orderBy(asc(sessionDayChange.at), asc(sessionDayChange.id))
  if (rows.length === 0) return NO_DOUBTS
  const [sessions, calendar, affirmed] = [
    of.sessions ?? (await listSessions(tx, of)),
    of.calendar ?? (await findWorkCalendar(tx)),
    (await listAffirmed(tx, of)).filter(({ doubts }) => doubts.some(isDayDoubt)),
  ]
  const open: Record<string, DayDoubt> = {}
  const stays = new Map<AffirmedPlan, DayDoubt[]>()
  for (const session of sessions) {
    const { date } = session
    const last = rows.findLast(({ sessionId, day }) => sessionId === session.id && day === date)
    if (!last || session.status !== 'planned' || hasBegun(session, now)) continue
    // Changed back: nothing is asked any more.
    if (kindOfDay(calendar, date).is !== last.becomes) continue
    const doubt = { is: last.becomes, date, name: last.name } as DayDoubt
    const said = affirmed.find(({ doubts, at }) => at >= last.at && doubts.some((one) => isSameDay(one, doubt)))
    if (!said) open[session.id] = doubt
    else stays.set(said, [...(stays.get(said) ?? []), doubt])
  }
  const doubts = onceEach(Object.values(open))
  const said = [...stays].map(([{ reason }, doubts]) => ({ doubts: onceEach(doubts), reason }))
  return { doubts, mark: markOf(JSON.stringify(doubts)), said, open }
}

const onceEach = (doubts: readonly DayDoubt[]) => [...new Map(doubts.map((one) => [one.date, one])).values()]
const isSameDay = (one: AffirmedPlan['doubts'][number], { is, date }: DayDoubt): boolean =>
  one.is === is && 'date' in one && one.date === date

/**
 * Keeps why sessions stay on days that the work calendar changed. Runs as the academy's administrator. `isNew` false: nothing was left
 * to be said. Null: no class of the academy's that meets.
 */
export async function affirmDays(
  tx: Tx,
  request: OfClass & { viewer: Viewer; sent: PlanReason; now: Date; requestId?: string },
): Promise<{ ok: true; isNew: boolean } | Extract<PlanRefusal, { reason: 'plan_doubted' }> | null> {
  const held = await holdClass(tx, request)
  if (!held) return null
  if (held.status !== 'published') return { ok: true, isNew: false }
  const found = await findDayDoubts(tx, { ...request, sessions: held.sessions })
  if (found.doubts.length === 0) return { ok: true, isNew: false }
  return (await keepReason(tx, request, found)) ?? { ok: true, isNew: true }
}
