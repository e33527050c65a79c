import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { ClassStatus } from '#db/values.ts'
import { stageOf } from './class-edit.ts'
import { listClassChanges } from './class-told.server.ts'
import { findCopied } from './copy-class.server.ts'
import { filledFields } from './copy-class.ts'
import { type DraftAnswer, editDraft } from './edit-draft.server.ts'
import { editPublished, type PublishedAnswer, previewEdit } from './edit-published.server.ts'
import { findMendPage } from './mend-page.server.ts'
import type { OpenClassInput } from './open-class-shape.ts'
import { retried } from './retry.server.ts'

/** A class run here as its form is filled in with it. Null: none of the academy's. Runs as its administrator. */
export async function findEdited(tx: Tx, of: { academyId: string; classId: string; now: Date }) {
  const copied = await findCopied(tx, of)
  if (!copied) return null
  const { class: row } = copied
  const fields = filledFields(copied)
  const stage = stageOf({ ...row, status: row.status as ClassStatus }, shanghaiDate(of.now))
  return { row, fields, stage, mark: markOf(JSON.stringify([row.status, fields])) }
}

/** The page on which a class is edited. Null: as {@link findEdited}. */
export async function findEditPage(viewer: Viewer, { classId, now }: { classId: string; now: Date }) {
  const { academyId } = viewer
  if (!academyId) return null
  const found = await as(viewer, async (tx) => {
    const edited = await findEdited(tx, { academyId, classId, now })
    return edited && { ...edited, changes: await listClassChanges(tx, { academyId, classId }) }
  })
  if (!found) return null
  const { row, fields, stage, mark, changes } = found
  const who = await staffNames(changes.map(({ accountId }) => accountId))
  const address = { academyCode: viewer.academyCode ?? '', classId }
  // What was mended before changes were kept, or while it was a draft.
  const mended = ((await findMendPage(viewer, address))?.history ?? []).filter(
    ({ at }) => !changes.some((one) => one.at.getTime() === at.getTime()),
  )
  return { classId, name: row.name, fields, stage, mark, changes, who, mended }
}

export type EditAnswer =
  | { ok: true }
  | Exclude<DraftAnswer | PublishedAnswer, { ok: true }>
  | { ok: false; reason: 'changed_meanwhile' | 'form_reused' | 'class_closed' }

type Ask = { classId: string; form: OpenClassInput; was: string; reason: string; now: Date; requestId?: string }

/**
 * Makes a class what its form says, once for a form, after the guard `training.manage`: a draft whole, a published one in what may still
 * change. `was`: what the page showed, so that nobody overwrites unseen. Null: no such class of the viewer's academy.
 */
export const editClass = (
  viewer: Viewer,
  { sent, ...ask }: Ask & { sent: SentForm | null },
): Promise<EditAnswer | null> =>
  retried(() =>
    as(viewer, (tx) =>
      once<EditAnswer | null>(
        tx,
        { accountId: viewer.accountId, sent, now: ask.now },
        { work: () => edit(tx, viewer, ask) },
      ),
    ),
  )

async function edit(tx: Tx, viewer: Viewer, ask: Ask): Promise<EditAnswer | null> {
  const { academyId } = viewer
  if (!academyId) return null
  const { classId, form, was, reason, now, requestId } = ask
  await tx
    .select({ id: trainingClass.id })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update')
  const held = await findEdited(tx, { academyId, classId, now })
  if (!held) return null
  const { row, mark } = held
  if (row.status === 'closed') return { ok: false, reason: 'class_closed' }
  if (was !== mark) return { ok: false, reason: 'changed_meanwhile' }
  if (row.status !== 'draft') return editPublished(tx, { viewer, row, form, reason, now, requestId })
  const answer = await editDraft(tx, { row, form, now })
  if (!answer.ok) return answer
  const detail = { code: form.code, fields: [] }
  const event = { by: viewer, now, academyId, subjectId: classId, requestId }
  await record(tx, { ...event, kind: 'class.edited', detail })
  return { ok: true }
}

/** What editing a published class would do to its workers; null: nothing. */
export function previewClassEdit(viewer: Viewer, of: { classId: string; form: OpenClassInput; now: Date }) {
  return as(viewer, async (tx) => {
    const held = await findEdited(tx, { ...of, academyId: viewer.academyId ?? '' })
    return held && previewEdit(tx, { ...of, viewer, row: held.row })
  })
}
