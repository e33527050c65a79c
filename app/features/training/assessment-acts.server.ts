import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { assessmentSitting, instructor, site, sittingAssessor, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus } from '#db/values.ts'
import { type AssessmentMisfit, factsOfSitting, findLeft, groundOf } from './assessment-misfit.server.ts'
import {
  faultOfSitting,
  findUnfit,
  MOST_RESITS,
  MOST_SITTINGS,
  type PlacedFault,
  readSitting,
  type SittingEntry,
  type TypedSitting,
} from './assessment-plan.ts'
import {
  insertAssessors,
  insertSitting,
  listSittings,
  type Sitting,
  sittingColumns,
  sittingMark,
} from './assessment-sittings.server.ts'
import { type AssessorNews, newsOfSitting } from './assessor-news.ts'
import { tellAssessors } from './assessors-told.server.ts'
import type { FieldChange } from './class-edit.ts'
import { tellClassChange } from './class-told.server.ts'
import { findBothParts } from './instructor-clash.server.ts'
import { listSessions } from './session-held.server.ts'
import { type Taken, unlessTaken } from './unless-taken.server.ts'

export type AssessmentRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedFault[]; why: ReasonFault | null }
  | {
      ok: false
      reason:
        | 'changed_meanwhile'
        | 'cancelled'
        | 'started'
        | 'class_over'
        | 'too_many'
        | 'site_unknown'
        | 'instructor_unknown'
    }
  | { ok: false; reason: 'same_name'; name: string }
  | Exclude<AssessmentMisfit, { reason: 'plan_missing' }>
  | Taken
export type AssessmentAnswer = { ok: true; isNew: boolean } | AssessmentRefusal

export type PlanRequest = { viewer: Viewer; academyId: string; classId: string; now: Date; requestId?: string }
type Row = typeof trainingClass.$inferSelect
type Held = { row: Row; isPublic: boolean; sittings: Sitting[]; planned: Sitting[] }

/** Locked like a seat and a timetable: two who plan one class take turns. Null: none of the academy's that is run here. */
async function holdPlan(tx: Tx, { academyId, classId }: PlanRequest): Promise<Held | null> {
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update')
  if (row?.origin !== 'system') return null
  const sittings = await listSittings(tx, { academyId, classId })
  return {
    row,
    isPublic: row.status !== 'draft',
    sittings,
    planned: sittings.filter(({ cancelReason }) => cancelReason === null),
  }
}

const isOver = ({ row }: Held) => (['cancelled', 'closed'] as ClassStatus[]).includes(row.status as ClassStatus)
const hasBegun = ({ date, from }: Sitting, now: Date) => shanghaiInstant(date, from) <= now

/** Plans a sitting, or changes one that has not begun; of a published class a change has a reason and both are told. Null: no such one. */
export async function saveSitting(
  tx: Tx,
  request: PlanRequest & { sittingId: string | null; entry: SittingEntry; was: string; reason: string },
): Promise<AssessmentAnswer | null> {
  const { academyId, classId, sittingId, now } = request
  const held = await holdPlan(tx, request)
  const before = sittingId === null ? null : held?.sittings.find(({ id }) => id === sittingId)
  if (!held || before === undefined) return null
  if (isOver(held)) return { ok: false, reason: 'class_over' }
  if (before && before.cancelReason !== null) return { ok: false, reason: 'cancelled' }
  const read = readSitting(request.entry)
  const why = held.isPublic && before ? readReason(request.reason) : { reason: null }
  const fault = 'fault' in why ? why.fault : null
  if ('faults' in read) return { ok: false, reason: 'faults', faults: read.faults, why: fault }
  const { sitting } = read
  if (before && sittingMark(sitting) === sittingMark(before)) return { ok: true, isNew: false }
  if (before && request.was !== sittingMark(before)) return { ok: false, reason: 'changed_meanwhile' }
  if (before && hasBegun(before, now)) return { ok: false, reason: 'started' }
  if (!before && held.planned.length >= MOST_SITTINGS) return { ok: false, reason: 'too_many' }
  if (held.isPublic && shanghaiInstant(sitting.date, sitting.from) <= now)
    return { ok: false, reason: 'faults', faults: [{ field: 'date', fault: 'past' }], why: fault }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const place = sitting.siteId === null ? sitting.place : await siteName(tx, academyId, sitting.siteId)
  if (place === null) return { ok: false, reason: 'site_unknown' }
  const names = await namesOf(tx, academyId, sitting.instructorIds)
  if (names.size < sitting.instructorIds.length) return { ok: false, reason: 'instructor_unknown' }
  const assessors = [
    ...sitting.instructorIds.map((id) => names.get(id) ?? ''),
    ...sitting.outside.map(({ name, body }) => `${name}（${body}）`),
  ]
  const facts = factsOfSitting({ ...sitting, place, assessors })
  const refusal = await refusalOf(tx, request, held, { sitting, facts, before })
  if (refusal) return refusal
  const write = async (tx: Tx) => {
    if (!before) return insertSitting(tx, { academyId, classId, sitting, names })
    const isIts = and(eq(sittingAssessor.academyId, academyId), eq(sittingAssessor.sittingId, before.id))
    await tx.delete(sittingAssessor).where(isIts)
    await tx.update(assessmentSitting).set(sittingColumns(sitting)).where(isSitting(academyId, before.id))
    return insertAssessors(tx, { academyId, classId, sittingId: before.id, sitting, names })
  }
  const taken = await unlessTaken(tx, write, {
    ...{ academyId, instructorIds: sitting.instructorIds, sittingOf: classId, besidesSitting: before?.id },
    sessions: [{ ...sitting, stations: null }],
  })
  if (taken) return taken
  await keep(tx, request, held, {
    change: { field: 'sitting', before: before && factsOfSitting(before), after: facts },
    news: newsOfSitting(before, { ...facts, instructorIds: sitting.instructorIds }),
    reason: why.reason,
    event: before ? 'sitting.changed' : 'sitting.added',
  })
  return { ok: true, isNew: true }
}

const isSitting = (academyId: string, id: string) =>
  and(eq(assessmentSitting.academyId, academyId), eq(assessmentSitting.id, id))

/** What of a sitting, or of those that stand by it, does not fit the class; who may not assess it. */
async function refusalOf(
  tx: Tx,
  { academyId, classId }: PlanRequest,
  { row, planned }: Held,
  of: { sitting: TypedSitting; facts: ReturnType<typeof factsOfSitting>; before: Sitting | null },
): Promise<AssessmentRefusal | null> {
  const { sitting, facts, before } = of
  const { instructorIds, date } = sitting
  const ground = await groundOf(tx, row)
  const others = planned.filter(({ id }) => id !== before?.id)
  const own = faultOfSitting(sitting, ground, others)
  if (own) return { ok: false, reason: 'plan_unfit', sitting: facts, of: own }
  const broken = newlyUnfit(planned, [...others, { ...facts, id: before?.id ?? '' }], ground)
  if (broken)
    return { ok: false, reason: 'plan_unfit', sitting: factsOfSitting(broken.sitting as Sitting), of: broken.of }
  const both = await findBothParts(tx, { academyId, classId, instructorIds, to: 'assess' })
  if (both) return { ok: false, reason: 'not_apart', name: both.name, to: 'assess' }
  const teaching = (await listSessions(tx, { academyId, classId })).flatMap(({ instructors }) => instructors)
  const same = sitting.outside.find(({ name }) => teaching.some((one) => one.name === name))
  if (same) return { ok: false, reason: 'same_name', name: same.name }
  const left = await findLeft(tx, { academyId, instructorIds, date })
  return left && { ok: false, reason: 'assessor_left', name: left.name, date }
}

type Ground = Parameters<typeof findUnfit>[1]

/** A sitting that a change makes unfit; one that does not fit already stands in nobody's way. */
function newlyUnfit<S extends Parameters<typeof findUnfit>[0][number]>(
  before: readonly Sitting[],
  after: readonly S[],
  ground: Ground,
) {
  const was = findUnfit(before, ground)
  const is = findUnfit(after, ground)
  return is && is.sitting.id !== was?.sitting.id ? is : null
}

/** Cancels a sitting that has not begun, with the reason; of a draft it goes. Null: no such one. */
export async function cancelSitting(
  tx: Tx,
  request: PlanRequest & { sittingId: string; reason: string },
): Promise<AssessmentAnswer | null> {
  const { academyId, sittingId, now } = request
  const held = await holdPlan(tx, request)
  const found = held?.sittings.find(({ id }) => id === sittingId)
  if (!held || !found) return null
  if (found.cancelReason !== null) return { ok: true, isNew: false }
  if (isOver(held)) return { ok: false, reason: 'class_over' }
  if (held.isPublic && hasBegun(found, now)) return { ok: false, reason: 'started' }
  const why = held.isPublic ? readReason(request.reason) : { reason: '' }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const left = held.planned.filter(({ id }) => id !== sittingId)
  const broken = newlyUnfit(held.planned, left, await groundOf(tx, held.row))
  if (broken)
    return { ok: false, reason: 'plan_unfit', sitting: factsOfSitting(broken.sitting as Sitting), of: broken.of }
  if (held.isPublic)
    await tx
      .update(assessmentSitting)
      .set({ status: 'cancelled', cancelReason: why.reason })
      .where(isSitting(academyId, sittingId))
  else await tx.delete(assessmentSitting).where(isSitting(academyId, sittingId))
  const change = { field: 'sitting', before: factsOfSitting(found), after: null } as const
  await keep(tx, request, held, {
    ...{ change, news: newsOfSitting(found, null), reason: why.reason, event: 'sitting.cancelled' },
  })
  return { ok: true, isNew: true }
}

/** How often one may sit again, and whether dates are announced later; of a published class with a reason, and told. */
export async function changePlan(
  tx: Tx,
  request: PlanRequest & { resits: string; isLater: boolean; reason: string },
): Promise<AssessmentAnswer | null> {
  const { academyId, classId, isLater } = request
  const held = await holdPlan(tx, request)
  if (!held) return null
  if (isOver(held)) return { ok: false, reason: 'class_over' }
  const { row } = held
  const typed = /^\d$/.test(request.resits) ? Number(request.resits) : row.resits
  const resits = Math.min(typed, MOST_RESITS)
  const changes: FieldChange[] = [
    ...(resits === row.resits ? [] : [{ field: 'resits', before: row.resits, after: resits } as const]),
    ...(isLater === row.assessmentLater
      ? []
      : [{ field: 'assessmentLater', before: row.assessmentLater, after: isLater } as const]),
  ]
  if (changes.length === 0) return { ok: true, isNew: false }
  const why = held.isPublic ? readReason(request.reason) : { reason: null }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }
  const ground = await groundOf(tx, row)
  const unfit = findUnfit(held.planned, { ...ground, resits })
  if (unfit && resits < row.resits)
    return { ok: false, reason: 'plan_unfit', sitting: factsOfSitting(unfit.sitting), of: unfit.of }
  await tx
    .update(trainingClass)
    .set({ resits, assessmentLater: isLater })
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  const { viewer: by, now, requestId } = request
  if (held.isPublic)
    await tellClassChange(tx, { by, academyId, classId, name: row.name, changes, reason: why.reason, now })
  const event = { by, now, academyId, subjectId: classId, requestId }
  await record(tx, { ...event, kind: 'assessment_plan.changed', detail: { code: row.code } })
  return { ok: true, isNew: true }
}

async function keep(
  tx: Tx,
  { viewer: by, academyId, classId, now, requestId }: PlanRequest,
  { row, isPublic }: Held,
  of: {
    change: FieldChange
    news: AssessorNews[]
    reason: string | null
    event: 'sitting.added' | 'sitting.changed' | 'sitting.cancelled'
  },
): Promise<void> {
  const { change, news, reason, event: kind } = of
  if (isPublic) {
    const told = { by, academyId, classId, name: row.name, reason, now }
    const besides = await tellAssessors(tx, { ...told, news })
    await tellClassChange(tx, { ...told, changes: [change], besides })
  }
  await record(tx, { by, now, academyId, subjectId: classId, requestId, kind, detail: { classId } })
}

/** Who plans a session there waits, and the other way round: a site is one's at a time (trigger `sitting_site`). */
async function siteName(tx: Tx, academyId: string, id: string): Promise<string | null> {
  if (!isId(id)) return null
  const [row] = await tx
    .select({ name: site.name })
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.id, id), isNull(site.retiredAt)))
    .for('no key update')
  return row?.name ?? null
}

async function namesOf(tx: Tx, academyId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: instructor.id, name: instructor.name })
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, ids.filter(isId))))
    .for('share')
  return new Map(rows.map(({ id, name }) => [id, name]))
}
