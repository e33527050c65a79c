import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { markOf } from '#app/lib/mark.server.ts'
import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { sessionDayChange, trainingClass } from '#db/schema/index.ts'
import type { DayDoubt } from '#db/values.ts'
import { listSittings } from './assessment-sittings.server.ts'
import { isDayDoubt, type Meets, meetsOf, onceEach } from './day-change.ts'
import { type AffirmedPlan, keepReason, listAffirmed, type PlanReason, type PlanRefusal } from './plan-affirm.server.ts'
import { listSessions } from './session-held.server.ts'

type OfClass = { academyId: string; classId: string }

/**
 * Days with sessions, or sittings, to come of a published class that the work calendar made other ones. `doubts`: those to be looked at,
 * `mark`: of them, to be sent back with the reason why what is planned stays; `said`: the reasons given for others that still meet then.
 */
export type DayDoubts = {
  doubts: DayDoubt[]
  mark: string
  said: Pick<AffirmedPlan, 'doubts' | 'reason'>[]
  /** By session or sitting. */
  open: Record<string, DayDoubt>
}

const NONE: DayDoubts = { doubts: [], mark: '', said: [], open: {} }
export const NO_DOUBTS: Record<Meets, DayDoubts> = { session: NONE, sitting: NONE }

type Change = typeof sessionDayChange.$inferSelect
type Meeting = { id: string; date: string; from: string }

/** What the work calendar changed under a class's sessions and its sittings. */
export async function findDayDoubts(
  tx: Tx,
  { now, ...of }: OfClass & { now: Date },
): Promise<Record<Meets, DayDoubts>> {
  const rows = await tx
    .select()
    .from(sessionDayChange)
    .where(and(eq(sessionDayChange.academyId, of.academyId), eq(sessionDayChange.classId, of.classId)))
    .orderBy(asc(sessionDayChange.at), asc(sessionDayChange.id))
  if (rows.length === 0) return NO_DOUBTS
  const [calendar, affirmed] = [
    await findWorkCalendar(tx),
    (await listAffirmed(tx, of)).filter(({ doubts }) => doubts.some(isDayDoubt)),
  ]
  const has = (meets: Meets) => rows.some((row) => idOf[meets](row) !== null)
  const sessions = has('session') ? (await listSessions(tx, of)).filter(({ status }) => status === 'planned') : []
  const sittings = has('sitting') ? (await listSittings(tx, of)).filter((one) => one.cancelReason === null) : []
  const ground = { rows, calendar, affirmed, now }
  return { session: doubtsOf('session', sessions, ground), sitting: doubtsOf('sitting', sittings, ground) }
}

const idOf: Record<Meets, (row: Change) => string | null> = {
  session: ({ sessionId }) => sessionId,
  sitting: ({ sittingId }) => sittingId,
}

function doubtsOf(
  meets: Meets,
  planned: readonly Meeting[],
  ground: { rows: readonly Change[]; calendar: WorkCalendar; affirmed: readonly AffirmedPlan[]; now: Date },
): DayDoubts {
  const { rows, calendar, affirmed, now } = ground
  const open: Record<string, DayDoubt> = {}
  const stays = new Map<AffirmedPlan, DayDoubt[]>()
  for (const { id, date, from } of planned) {
    const last = rows.findLast((row) => idOf[meets](row) === id && row.day === date)
    if (!last || shanghaiInstant(date, from) <= now) continue
    // Changed back: nothing is asked any more.
    if (kindOfDay(calendar, date).is !== last.becomes) continue
    const doubt = { is: last.becomes, date, name: last.name, ...meetsOf(meets) } as DayDoubt
    const said = affirmed.find(({ doubts, at }) => at >= last.at && doubts.some((one) => isSameDay(one, doubt)))
    if (!said) open[id] = doubt
    else stays.set(said, [...(stays.get(said) ?? []), doubt])
  }
  const doubts = onceEach(Object.values(open))
  const said = [...stays].map(([{ reason }, doubts]) => ({ doubts: onceEach(doubts), reason }))
  return { doubts, mark: markOf(JSON.stringify(doubts)), said, open }
}

const isSameDay = (one: AffirmedPlan['doubts'][number], { is, date, meets }: DayDoubt): boolean =>
  isDayDoubt(one) && one.is === is && one.date === date && one.meets === meets

type Affirming = OfClass & { viewer: Viewer; meets: Meets; now: Date; requestId?: string }
type AffirmedDays = { ok: true; isNew: boolean } | DaysRefused | null
/** Why the reason was not kept. */
export type DaysRefused = Extract<PlanRefusal, { reason: 'plan_doubted' }>

/** {@link affirmDays} as its form was sent. */
export const affirmSentDays = (request: Affirming & { form: FormData }): Promise<AffirmedDays> => {
  const { form, ...of } = request
  const sent = { mark: formText(form, 'mark'), reason: formText(form, 'reason') }
  return as(of.viewer, (tx) => affirmDays(tx, { ...of, sent }))
}

/**
 * Keeps why sessions, or sittings, stay on days that the work calendar changed. Runs as the academy's administrator. `isNew` false: nothing
 * was left to be said. Null: no class of the academy's that is run here.
 */
export async function affirmDays(tx: Tx, request: Affirming & { sent: PlanReason }): Promise<AffirmedDays> {
  const { academyId, classId, meets } = request
  // Two who plan one class take turns.
  const [held] = await tx
    .select({ origin: trainingClass.origin, status: trainingClass.status })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update')
  if (held?.origin !== 'system') return null
  if (held.status !== 'published') return { ok: true, isNew: false }
  const found = (await findDayDoubts(tx, request))[meets]
  if (found.doubts.length === 0) return { ok: true, isNew: false }
  return (await keepReason(tx, request, found)) ?? { ok: true, isNew: true }
}
