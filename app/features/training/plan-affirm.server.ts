import { and, desc, eq, getTableColumns } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classPlanAffirmed, trainingClass } from '#db/schema/index.ts'
import type { Mode, PlanDoubt } from '#db/values.ts'
import { listSittings } from './assessment-sittings.server.ts'
import { isDayDoubt } from './day-change.ts'
import type { plannedSessions } from './open-class-shape.ts'
import { checkPlan, holidaysMet, type PlanBar } from './plan-rules.ts'
import { listSessions } from './session-held.server.ts'

type OfClass = { academyId: string; classId: string }

/** What was said for a timetable that is unusual: by the academy, when it published the class or handed it in. */
export type AffirmedPlan = { doubts: PlanDoubt[]; mark: string; reason: string; at: Date }

/**
 * The timetable of a draft, with the days of its sittings, as it is looked at before publishing. `mark`: of its doubts, to be sent back with the reason for them;
 * `affirmed`: the reason was given for just these doubts already.
 */
export type DraftPlan = { bar: PlanBar | null; doubts: PlanDoubt[]; mark: string; affirmed: AffirmedPlan | null }

/** The reason as a form sent it, and the mark of the doubts that stood beside it. */
export type PlanReason = { mark: string; reason: string }

/** `fault` null: the doubts were not shown yet, or are others by now. */
export type PlanRefusal = PlanBar | { ok: false; reason: 'plan_doubted'; fault: ReasonFault | null }

/** What {@link checkPlan} and {@link holidaysMet} say of a new class as its form has it. */
export async function checkNewPlan(
  tx: Tx,
  form: { mode: Mode; endsOn: string; plannedHours: number; plannedPracticalHours?: number },
  { sessions, calendar, now }: { sessions: ReturnType<typeof plannedSessions>; calendar: WorkCalendar; now: Date },
): Promise<ReturnType<typeof checkPlan>> {
  const leastPercent = await findLeastPercent(tx, form)
  const { mode, plannedHours, plannedPracticalHours = null } = form
  const { bar, doubts } = checkPlan({ mode, plannedHours, plannedPracticalHours, leastPercent }, sessions, now)
  return { bar, doubts: [...doubts, ...holidaysMet(calendar, sessions, { meets: 'session', now })] }
}

/** Hours count over the hours delivered where these are enough of the plan, else over the plan (credit.ts): the lower bar is the one to pass. */
async function findLeastPercent(tx: Tx, { endsOn }: { endsOn: string }): Promise<number> {
  const year = yearOf(endsOn)
  const { deliveredPercent } = await attendancePolicy(tx, year)
  const { attendancePercent } = await countingPolicy(tx, year)
  return Math.min(deliveredPercent, attendancePercent)
}

/** Null: no draft of a class run here. */
export async function findDraftPlan(
  tx: Tx,
  { academyId, classId, now }: OfClass & { now: Date },
): Promise<DraftPlan | null> {
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  if (row?.origin !== 'system' || row.status !== 'draft') return null
  const leastPercent = await findLeastPercent(tx, row)
  const sessions = (await listSessions(tx, { academyId, classId })).filter(({ status }) => status === 'planned')
  const sittings = (await listSittings(tx, { academyId, classId })).filter(({ cancelReason }) => cancelReason === null)
  const calendar = await findWorkCalendar(tx)
  const { bar, doubts: ofHours } = checkPlan({ ...row, mode: row.mode as Mode, leastPercent }, sessions, now)
  const doubts = [
    ...ofHours,
    ...holidaysMet(calendar, sessions, { meets: 'session', now }),
    ...holidaysMet(calendar, sittings, { meets: 'sitting', now }),
  ]
  const mark = markOf(JSON.stringify(doubts))
  const last = await findAffirmed(tx, { academyId, classId })
  const affirmed = last?.mark === mark ? last : null
  return { bar, doubts, mark, affirmed }
}

/** The reason that was given last for a class's timetable before it was published; null: none was asked for. */
export async function findAffirmed(tx: Tx, of: OfClass): Promise<AffirmedPlan | null> {
  return (await listAffirmed(tx, of)).find(({ doubts }) => !doubts.some(isDayDoubt)) ?? null
}

/** The reasons that were given for a class's timetable, and for days that the calendar changed since, the latest first. */
export async function listAffirmed(tx: Tx, { academyId, classId }: OfClass): Promise<AffirmedPlan[]> {
  const rows = await tx
    .select({ ...getTableColumns(classPlanAffirmed) })
    .from(classPlanAffirmed)
    .where(and(eq(classPlanAffirmed.academyId, academyId), eq(classPlanAffirmed.classId, classId)))
    .orderBy(desc(classPlanAffirmed.at), desc(classPlanAffirmed.id))
    .limit(100)
  return rows.map(({ doubts, mark, reason, at }) => ({ doubts, mark, reason, at }))
}

/**
 * Whether the timetable of a draft may be published, or handed in: nothing speaks against it, or the reason was given, now or
 * before, for what does; it is kept then. The class is locked. Runs as the academy's administrator. Null: nothing stands in the way.
 */
export async function affirmPlan(
  tx: Tx,
  request: OfClass & { viewer: Viewer; sent?: PlanReason | null; now: Date; requestId?: string },
): Promise<PlanRefusal | null> {
  const plan = await findDraftPlan(tx, request)
  if (plan?.bar) return plan.bar
  if (!plan || plan.doubts.length === 0 || plan.affirmed) return null
  return keepReason(tx, request, plan)
}

/** Keeps the reason for doubts where it was given for just these; null: it was. */
export async function keepReason(
  tx: Tx,
  request: OfClass & { viewer: Viewer; sent?: PlanReason | null; now: Date; requestId?: string },
  { doubts, mark }: { doubts: PlanDoubt[]; mark: string },
): Promise<Extract<PlanRefusal, { reason: 'plan_doubted' }> | null> {
  const { academyId, classId, viewer, sent, now, requestId } = request
  if (sent?.mark !== mark) return { ok: false, reason: 'plan_doubted', fault: null }
  const why = readReason(sent.reason)
  if ('fault' in why) return { ok: false, reason: 'plan_doubted', fault: why.fault }
  const row = { academyId, id: newId(), classId, doubts, mark, reason: why.reason }
  await tx.insert(classPlanAffirmed).values({ ...row, accountId: viewer.accountId, at: now })
  const detail = { doubts: doubts.length }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'class.plan_affirmed', detail })
  return null
}
