import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { type AssessmentMisfit, findAssessmentMisfit } from './assessment-misfit.server.ts'
import { tellNamed } from './assessors-told.server.ts'
import { isCleared } from './opening-find.server.ts'
import { affirmPlan, type PlanReason, type PlanRefusal } from './plan-affirm.server.ts'
import { findClassRoom } from './room.server.ts'
import type { RoomRefusal } from './room.ts'
import { type HeldClass, holdClass } from './session-held.server.ts'
import { type InstructorRefusal, readLessons } from './session-instructors.server.ts'

/** What keeps a class from being published as it is, as far as its academy goes. */
export type Misfit = InstructorRefusal | RoomRefusal | AssessmentMisfit
/** `not_approved`: policy asks that somebody approves it first, as it stands now. */
export type PublishRefusal = Misfit | PlanRefusal | { ok: false; reason: 'not_approved' }
/** `isNew` false: it was published before. */
export type PublishAnswer = { ok: true; isNew: boolean } | PublishRefusal

/**
 * Publishes a draft; a class that is published already stays so. What was checked when it was opened is checked again, since a draft may
 * lie for weeks: whoever teaches it may still do so on its days, it has no more seats than its sessions take, and its assessment plan
 * still fits it; and what is unusual about its timetable, or the days of its sittings, is explained (`sent`; plan-affirm.server.ts). Null: no such draft.
 */
export async function publishClass(
  tx: Tx,
  {
    academyId,
    classId,
    by,
    sent,
    now,
    requestId,
  }: { academyId: string; classId: string; by: Viewer; sent?: PlanReason | null; now: Date; requestId?: string },
): Promise<PublishAnswer | null> {
  const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
  const [found] = await tx
    .select({
      code: trainingClass.code,
      name: trainingClass.name,
      status: trainingClass.status,
      origin: trainingClass.origin,
      startsOn: trainingClass.startsOn,
    })
    .from(trainingClass)
    .where(isThis)
    .for('no key update')
  if (found?.origin !== 'system') return null
  if (found.status !== 'draft') return { ok: true, isNew: false }
  const refusal = await publishRefusal(tx, { academyId, classId, viewer: by, sent, now, requestId })
  if (refusal) return refusal
  if (!(await isCleared(tx, { academyId, classId, startsOn: found.startsOn })))
    return { ok: false, reason: 'not_approved' }
  await tx.update(trainingClass).set({ status: 'published' }).where(isThis)
  const detail = { code: found.code }
  await record(tx, { by, now, academyId, subjectId: classId, requestId, kind: 'class.published', detail })
  await tellNamed(tx, { by, academyId, classId, name: found.name, now })
  return { ok: true, isNew: true }
}

/** What stands in the way of publishing a draft as far as its academy goes; null: nothing. Keeps the reason that was sent. */
export async function publishRefusal(
  tx: Tx,
  request: {
    academyId: string
    classId: string
    viewer: Viewer
    sent?: PlanReason | null
    now: Date
    requestId?: string
  },
): Promise<Misfit | PlanRefusal | null> {
  // Null: online, where nobody teaches at a place.
  const held = await holdClass(tx, request)
  const misfit = held && (await findMisfit(tx, held, request.classId))
  const unfit = misfit ?? (await findAssessmentMisfit(tx, { ...request, isAsked: true }))
  return unfit ?? affirmPlan(tx, request)
}

/**
 * What of a class as it stands may not be published: whoever teaches it may not on one of its days, or it has more seats than its
 * sessions take. Asked again of every change that it could come from.
 */
export async function findMisfit(tx: Tx, held: HeldClass, classId: string): Promise<Misfit | null> {
  const { academyId, capacity } = held
  const planned = held.sessions.filter(({ status }) => status === 'planned')
  const lessons = planned.map(({ date, instructorIds }) => ({ date, ids: instructorIds }))
  const teaching = await readLessons(tx, { academyId, taught: held, lessons })
  if (!teaching.ok) return teaching
  const limit = await findClassRoom(tx, { academyId, classId })
  return limit && capacity !== null && capacity > limit.most ? { ok: false, reason: 'no_room', limit } : null
}
