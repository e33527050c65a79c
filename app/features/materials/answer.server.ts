import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { actsAsHead } from '#app/features/training/class-head.server.ts'
import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, material, trainingClass } from '#db/schema/index.ts'

/** `left`: that were replaced or answered meanwhile. */
export type MaterialAnswer =
  | { ok: true; answered: number; left: number }
  | { ok: false; reason: 'none_chosen' | ReasonFault }

type Request = {
  viewer: Viewer
  classId: string
  /** Of what was looked at: what a worker replaced meanwhile has another id. */
  materialIds: readonly string[]
  isAccepted: boolean
  /** Why it is refused, as the worker reads it; of no matter where it is accepted. */
  reason: string
  now: Date
  requestId?: string
}

/**
 * Accepts what was handed in, or refuses it with a reason, also what was accepted by mistake; each worker is told once. After the guard
 * `materials.check`. Null: no class of which the viewer acts as head.
 */
export async function answerMaterials(tx: Tx, request: Request): Promise<MaterialAnswer | null> {
  const { viewer, classId, isAccepted, now } = request
  const { academyId } = viewer
  if (!academyId || !(await actsAsHead(tx, viewer, classId))) return null
  const ids = [...new Set(request.materialIds)]
  if (ids.length === 0) return { ok: false, reason: 'none_chosen' }
  const why = isAccepted ? null : readReason(request.reason)
  if (why && 'fault' in why) return { ok: false, reason: why.fault }
  const chosen = await tx
    .select({ row: material, kind: classRequirement.kind, name: classRequirement.name, className: trainingClass.name })
    .from(material)
    .innerJoin(
      classRequirement,
      and(eq(classRequirement.academyId, material.academyId), eq(classRequirement.id, material.requirementId)),
    )
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, material.academyId), eq(trainingClass.id, material.classId)),
    )
    .where(
      and(
        eq(material.academyId, academyId),
        eq(material.classId, classId),
        inArray(material.id, ids),
        isNull(classRequirement.endedAt),
        inArray(material.state, isAccepted ? ['handed_in'] : ['handed_in', 'accepted']),
      ),
    )
    .orderBy(asc(material.enrolmentId), asc(material.requirementId))
    .for('update', { of: material })
  const left = ids.length - chosen.length
  if (chosen.length === 0) return { ok: true, answered: 0, left }
  const state = isAccepted ? 'accepted' : 'refused'
  const found = chosen.map(({ row }) => row.id)
  await tx
    .update(material)
    .set({ state, answeredAt: now, answeredBy: viewer.accountId, refusedBecause: why?.reason ?? null })
    .where(and(eq(material.academyId, academyId), inArray(material.id, found)))
  await tell(tx, chosen, request)
  const kind = isAccepted ? 'material.accepted' : 'material.refused'
  const detail = { classId, materials: chosen.length }
  await record(tx, { by: viewer, now, kind, detail, academyId, subjectId: classId, requestId: request.requestId })
  return { ok: true, answered: chosen.length, left }
}

type Chosen = { row: typeof material.$inferSelect; kind: string; name: string | null; className: string }

/** One notice a worker, whatever the number; the title says what it is about, never why it was refused. */
async function tell(tx: Tx, chosen: readonly Chosen[], { viewer, classId, isAccepted, now }: Request): Promise<void> {
  const kind = isAccepted ? 'material.accepted' : 'material.refused'
  await within(tx, system('materials'), async (tx) => {
    for (const accountId of new Set(chosen.map(({ row }) => row.handedBy))) {
      const own = chosen.filter(({ row }) => row.handedBy === accountId)
      const title = (locale: 'zh-CN' | 'en') =>
        `${own[0]!.className} · ${dateWords[locale].list(own.map((one) => requirementName(requirementWords[locale], one)))}`
      const of = { academyCode: viewer.academyCode ?? '', classId, until: null }
      const detail = { ...of, title: title('zh-CN'), titleEn: title('en') }
      await notify(tx, { accountIds: [accountId], kind, subjectId: own[0]!.row.id, detail, now })
    }
  })
}
