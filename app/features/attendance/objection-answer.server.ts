import { and, eq, inArray } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, attendanceObjection } from '#db/schema/index.ts'
import { isSecondPerson } from './correct.server.ts'
import { tellOfDecision } from './objection-told.server.ts'
import { findHeldSheet, type HeldSheet, isFromAbove } from './sheet-held.server.ts'

/** `answered`: by somebody else meanwhile. `second_person`: the viewer took the sheet. `locked`: the sponsor answers now. */
export type RefuseAnswer = { ok: true } | { ok: false; reason: ReasonFault | 'answered' | 'second_person' | 'locked' }

/**
 * Refuses an objection with a reason, which the worker is told; by whoever may correct the sheet. It is accepted by correcting the
 * sheet ({@link acceptByCorrection}). Null: none of the viewer's.
 */
export async function refuseObjection(
  tx: Tx,
  request: { viewer: Viewer; objectionId: string; reason: string; now: Date; requestId?: string },
): Promise<RefuseAnswer | null> {
  const { viewer, objectionId, now, requestId } = request
  const [row] = await tx
    .select({ objection: attendanceObjection, academyCode: academy.code })
    .from(attendanceObjection)
    .innerJoin(academy, eq(academy.id, attendanceObjection.academyId))
    .where(eq(attendanceObjection.id, objectionId))
    .for('update', { of: attendanceObjection })
  if (!row) return null
  const { sessionId, state } = row.objection
  const held = await findHeldSheet(tx, { viewer, academyCode: row.academyCode, sessionId, now })
  if (!held) return null
  if (state !== 'open') return { ok: false, reason: 'answered' }
  if (held.state === 'locked' && !isFromAbove(viewer)) return { ok: false, reason: 'locked' }
  if (!(await isSecondPerson(tx, held, viewer))) return { ok: false, reason: 'second_person' }
  const why = readReason(request.reason)
  if ('fault' in why) return { ok: false, reason: why.fault }
  await decide(tx, {
    viewer,
    held,
    which: { ids: [objectionId] },
    state: 'refused',
    answer: why.reason,
    now,
    requestId,
  })
  return { ok: true }
}

type Decision = {
  viewer: Viewer
  held: HeldSheet
  which: { ids: readonly string[] } | { enrolmentIds: readonly string[] }
  state: 'accepted' | 'refused'
  answer: string
  now: Date
  requestId?: string
}

/**
 * Whoever objected to the sheet and is corrected now had their objection accepted: with the reason of the correction. Part of
 * markByHand, the one way of correcting. @returns the enrolments whose workers heard so.
 */
export const acceptByCorrection = (
  tx: Tx,
  of: Omit<Decision, 'which' | 'state'> & { enrolmentIds: readonly string[] },
): Promise<string[]> => decide(tx, { ...of, which: of, state: 'accepted' })

async function decide(tx: Tx, { viewer, held, which, state, answer, now, requestId }: Decision): Promise<string[]> {
  const { academyId, sessionId, classId } = held
  const decided = await tx
    .update(attendanceObjection)
    .set({ state, answer, answeredAt: now, answeredBy: viewer.accountId })
    .where(
      and(
        eq(attendanceObjection.academyId, academyId),
        eq(attendanceObjection.sessionId, sessionId),
        eq(attendanceObjection.state, 'open'),
        'ids' in which
          ? inArray(attendanceObjection.id, [...which.ids])
          : inArray(attendanceObjection.enrolmentId, [...which.enrolmentIds]),
      ),
    )
    .returning({
      id: attendanceObjection.id,
      enrolmentId: attendanceObjection.enrolmentId,
      objectedBy: attendanceObjection.objectedBy,
    })
  const kind = `objection.${state}` as const
  for (const { id: subjectId, objectedBy: accountId } of decided) {
    await within(tx, system('attendance'), (tx) =>
      tellOfDecision(tx, { ...held, ...held.session, kind, accountId, subjectId, now }),
    )
    await record(tx, { by: viewer, now, kind, detail: { classId }, academyId, subjectId, requestId })
  }
  return decided.map(({ enrolmentId }) => enrolmentId)
}
