import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import { readWritten } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceObjection } from '#db/schema/index.ts'
import { isObjectedTo, LONGEST_OBJECTION } from './objection.ts'
import { listOwnSheets } from './objection-own.server.ts'
import { tellOfObjection } from './objection-told.server.ts'

/** Why nothing was kept. `late`: the days in which a worker may object are over. */
export type ObjectFault = 'text_needed' | 'text_long' | 'late'
/** `isNew` false: objected before, and nothing was corrected since; the first words stand. */
export type ObjectAnswer = { ok: true; isNew: boolean } | { ok: false; reason: ObjectFault }

/**
 * Objects to how a closed sheet marked the worker, once a sheet and once more after each later correction, within the policy's days (objectUntil), and tells those who may
 * answer. Null: no closed sheet of the worker's.
 */
export async function objectToSheet(
  tx: Tx,
  request: { viewer: Viewer; sessionId: string; text: unknown; now: Date; requestId?: string },
): Promise<ObjectAnswer | null> {
  const { viewer, sessionId, now, requestId } = request
  const [sheet] = await listOwnSheets(tx, { viewer, sessionId, now })
  if (!sheet) return null
  const { correctedAt } = sheet
  if (isObjectedTo(sheet.objection?.objectedAt ?? null, correctedAt)) return { ok: true, isNew: false }
  if (!sheet.mayObject) return { ok: false, reason: 'late' }
  const written = readWritten(request.text, LONGEST_OBJECTION)
  if (!written.ok) return { ok: false, reason: written.fault === 'long' ? 'text_long' : 'text_needed' }
  if ([...written.text].length < 2) return { ok: false, reason: 'text_needed' }
  const { academyId, classId, enrolmentId, mark } = sheet
  const id = newId()
  const kept = await tx
    .insert(attendanceObjection)
    .values({
      ...{ academyId, id, sessionId, classId, enrolmentId, correctedAt, mark, text: written.text },
      ...{ state: 'open', objectedAt: now, objectedBy: viewer.accountId },
    })
    .onConflictDoNothing()
    .returning({ id: attendanceObjection.id })
  if (kept.length === 0) return { ok: true, isNew: false }
  const by = { ...system('attendance'), onBehalfOf: viewer.accountId }
  await within(tx, system('attendance'), async (tx) => {
    await tellOfObjection(tx, { ...sheet, subjectId: id, now })
    const detail = { classId }
    await record(tx, { by, now, kind: 'objection.made', detail, academyId, subjectId: id, requestId })
  })
  return { ok: true, isNew: true }
}
