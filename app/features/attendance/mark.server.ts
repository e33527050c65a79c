import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { isClassClosed } from '#app/features/training/close-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { isSecondPerson } from './correct.server.ts'
import { tellOfCorrections } from './corrected-told.server.ts'
import { holdPhotos, keepEvidence } from './evidence.server.ts'
import { countHours } from './hours.server.ts'
import { acceptByCorrection } from './objection-answer.server.ts'
import { keepEntries, lockStandings, type NewEntry } from './record.server.ts'
import { isOnLeave } from './rules.ts'
import { type PlacedSheetFault, readSheetRow, type SheetEntry } from './sheet-entry.ts'
import { findHeldSheet, type HeldSheet, holdOpen, holdPlanned, isFromAbove } from './sheet-held.server.ts'
import { attendanceWords } from './words.ts'

/**
 * Why nothing was marked. `ahead`: check-in has not opened. `second_person`: the sheet is closed, and the viewer took it.
 * `locked`: long closed; the academy's own people change it no more. `closed_meanwhile`: while the page was open. `no_photo`: what was
 * ticked off has no photograph to show for it, or one of those that were looked at is there no more.
 */
export type MarkRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedSheetFault[]; why: ReasonFault | null }
  | { ok: false; reason: 'ahead' | 'second_person' | 'locked' | 'class_closed' | 'closed_meanwhile' | 'no_photo' }

/** Why a mark from paper stands where nobody said more, as the history of a Chinese office has it. */
const PAPER_REASON = attendanceWords['zh-CN'].ways.paper

export type MarkAnswer = { ok: true; changed: number } | MarkRefusal

export type MarkRequest = {
  viewer: Viewer
  academyCode: string
  sessionId: string
  entries: readonly SheetEntry[]
  reason: string
  /** `paper`: ticked off from a sheet that was signed on paper, and photographed. */
  way: 'hand' | 'paper'
  /** Of `paper`: the photographs that were looked at. */
  photoIds?: readonly string[]
  /** The page showed the sheet as closed: what is sent is a correction. */
  wasClosed: boolean
  now: Date
  requestId?: string
}

/**
 * Marks workers of a session by hand, all or nothing, with a reason; of a closed sheet it is a correction, which a second
 * person makes, hours and credit are counted anew, and whoever objected to it had that accepted, the others are told. What was there before stays among the entries. Null: no such session of
 * the viewer's.
 */
export async function markByHand(tx: Tx, request: MarkRequest): Promise<MarkAnswer | null> {
  const { viewer, now } = request
  const held = await findHeldSheet(tx, request)
  if (!held || !(await holdPlanned(tx, held))) return null
  const refusal = await refusalOf(tx, held, request)
  if (refusal) return refusal
  const photoIds = request.photoIds ?? []
  if (request.way === 'paper' && !(await holdPhotos(tx, held, photoIds))) return { ok: false, reason: 'no_photo' }
  const standings = await lockStandings(
    tx,
    held,
    request.entries.map(({ enrolmentId }) => enrolmentId),
  )
  const isCorrection = held.closedAt !== null
  const faults: PlacedSheetFault[] = []
  const changes: (NewEntry & { id: string })[] = []
  for (const entry of request.entries) {
    const { enrolmentId } = entry
    const standing = standings.get(enrolmentId)
    if (!standing) {
      if (entry.mark !== '') faults.push({ enrolmentId, cell: 'mark', fault: 'gone' })
      continue
    }
    const read = readSheetRow(entry, held.session, standing)
    if ('faults' in read) faults.push(...read.faults)
    else if (!isCorrection && isOnLeave(standing) && (read.said?.mark === null || read.said?.mark === 'absent'))
      faults.push({ enrolmentId, cell: 'mark', fault: 'on_leave' })
    else if (read.said)
      changes.push({
        ...{ id: newId(), enrolmentId, act: 'mark', ...read.said },
        ...{ way: isCorrection ? 'correction' : request.way, at: now },
      })
  }
  // A sheet that was signed speaks for itself, unless it changes what was said before.
  const isSaid = changes.some(({ enrolmentId }) => standings.get(enrolmentId)?.mark !== null)
  const why = readReason(request.reason || (request.way === 'paper' && !isSaid ? PAPER_REASON : ''))
  const needsReason = changes.length > 0 && 'fault' in why
  if (faults.length > 0 || needsReason)
    return { ok: false, reason: 'faults', faults, why: needsReason ? why.fault : null }
  if (changes.length === 0 || 'fault' in why) return { ok: true, changed: 0 }

  const entries = changes.map((change) => ({ ...change, reason: why.reason }))
  await keepEntries(tx, { sheet: held, entries, accountId: viewer.accountId, now })
  await keepEvidence(tx, { held, entryIds: entries.flatMap(({ id = [] }) => id), photoIds })
  await record(tx, {
    by: viewer,
    now,
    kind: isCorrection ? 'attendance.corrected' : 'attendance.marked',
    detail: {
      classId: held.classId,
      workers: changes.length,
      way: request.way,
      ...(photoIds.length > 0 && { photoIds }),
    },
    academyId: held.academyId,
    subjectId: held.sessionId,
    requestId: request.requestId,
  })
  if (isCorrection) {
    await countHours(tx, { ...held, now })
    const enrolmentIds = changes.map(({ enrolmentId }) => enrolmentId)
    const heard = new Set(await acceptByCorrection(tx, { ...request, held, enrolmentIds, answer: why.reason }))
    const corrected = changes.flatMap(({ id, enrolmentId, mark = null }) =>
      heard.has(enrolmentId) ? [] : [{ id, enrolmentId, was: standings.get(enrolmentId)!.mark, mark }],
    )
    await tellOfCorrections(tx, { held, corrected, reason: why.reason, now })
  }
  return { ok: true, changed: changes.length }
}

/**
 * Why the viewer may not mark this sheet now. An open one stays open until this transaction is over, and so does the class
 * (holdPlanned), which may have been closed since the sheet was found.
 */
async function refusalOf(tx: Tx, held: HeldSheet, { viewer, wasClosed }: MarkRequest): Promise<MarkRefusal | null> {
  if (held.state === 'ahead') return { ok: false, reason: 'ahead' }
  if (await isClassClosed(tx, held)) return { ok: false, reason: 'class_closed' }
  if (held.closedAt === null) {
    if (isFromAbove(viewer)) return { ok: false, reason: 'second_person' }
    return (await holdOpen(tx, held)) ? null : { ok: false, reason: 'closed_meanwhile' }
  }
  if (!wasClosed) return { ok: false, reason: 'closed_meanwhile' }
  if (held.state === 'locked' && !isFromAbove(viewer)) return { ok: false, reason: 'locked' }
  return (await isSecondPerson(tx, held, viewer)) ? null : { ok: false, reason: 'second_person' }
}
