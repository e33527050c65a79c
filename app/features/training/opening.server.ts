import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classOpening, trainingClass } from '#db/schema/index.ts'
import { asksSponsor, findLastOpening, readDraft } from './opening-find.server.ts'
import { settleAsked, tellReviewers } from './opening-told.server.ts'
import type { PlanReason } from './plan-affirm.server.ts'
import { type PublishRefusal, publishRefusal } from './publish-class.server.ts'

type Request = { viewer: Viewer; classId: string; now: Date; requestId?: string }
export type OpeningAnswer = { ok: true; isNew: boolean } | PublishRefusal

/**
 * Hands a draft to the union that has to approve it, once it could be published as far as the academy goes. One that waits already
 * stays as it is. Runs as the academy's administrator. Null: no such draft, or nobody has to approve it.
 */
export async function submitOpening(
  tx: Tx,
  request: Request & { sent?: PlanReason | null },
): Promise<OpeningAnswer | null> {
  const { viewer, classId, sent, now, requestId } = request
  const { academyId } = viewer
  if (!academyId || !(await lockDraft(tx, { academyId, classId }))) return null
  const of = { academyId, classId }
  const draft = await readDraft(tx, of)
  if (!draft || !(await asksSponsor(tx, draft.startsOn))) return null
  const refusal = await publishRefusal(tx, { ...of, viewer, sent, now, requestId })
  if (refusal) return refusal
  const last = await findLastOpening(tx, of)
  if (last?.state === 'waiting' || (last?.state === 'approved' && last.mark === draft.mark))
    return { ok: true, isNew: false }
  const id = newId()
  await tx.insert(classOpening).values({ ...of, id, mark: draft.mark, askedBy: viewer.accountId, askedAt: now })
  const detail = { code: draft.code }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'opening.asked', detail })
  await tellReviewers(tx, { ...of, subjectId: id, name: draft.name, now })
  return { ok: true, isNew: true }
}

/** Takes a draft back that waits for approval. Null: none does. */
export async function withdrawOpening(tx: Tx, request: Request): Promise<{ ok: true; isNew: boolean } | null> {
  const { viewer, classId, now, requestId } = request
  const { academyId } = viewer
  if (!academyId || !(await lockDraft(tx, { academyId, classId }))) return null
  const last = await findLastOpening(tx, { academyId, classId })
  if (!last) return null
  const answered = { answeredBy: viewer.accountId, answeredAt: now }
  const taken = await tx
    .update(classOpening)
    .set({ state: 'withdrawn', ...answered })
    .where(and(eq(classOpening.academyId, academyId), eq(classOpening.id, last.id), eq(classOpening.state, 'waiting')))
    .returning({ id: classOpening.id })
  if (taken.length === 0) return { ok: true, isNew: false }
  const detail = { code: (await readDraft(tx, { academyId, classId }))?.code ?? '' }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'opening.withdrawn', detail })
  await settleAsked(tx, { openingId: last.id, now })
  return { ok: true, isNew: true }
}

/** Two who hand in the same draft take turns. */
async function lockDraft(tx: Tx, of: { academyId: string; classId: string }): Promise<boolean> {
  const [row] = await tx
    .select({ status: trainingClass.status })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, of.academyId), eq(trainingClass.id, of.classId)))
    .for('no key update')
  return row?.status === 'draft'
}
