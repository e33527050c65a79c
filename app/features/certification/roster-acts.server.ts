import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { isClassClosed } from '#app/features/training/close-class.server.ts'
import { type RemoveRefusal, removeWorker } from '#app/features/training/desk-seats.server.ts'
import { type HoursFaults, recordHours } from '#app/features/training/hours.server.ts'
import { submitOpening, withdrawOpening } from '#app/features/training/opening.server.ts'
import { type PublishRefusal, publishClass } from '#app/features/training/publish-class.server.ts'
import type { RosterView } from '#app/features/training/roster-view.ts'
import { formText, readFormRows } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { type RecordedCertificates, revokeCertificate, saveCertificates } from './certificates.server.ts'
import type { ConfirmRefused } from './confirm.ts'
import { actOnConfirm } from './confirm-acts.server.ts'
import { type Pasted, pasteCertificates, pasteResults, readResultRows } from './paste.server.ts'
import { ROW_FIELDS } from './pasted-certificates.ts'
import { type ProposedResults, proposeResults } from './propose.server.ts'

/** What came of a form of the roster: saved so many, or refused with what to show; null: nothing of the viewer's. */
export type RosterAnswer =
  | { ok: true; view: RosterView; on?: string; saved: number }
  | { ok: false; publish: PublishRefusal }
  | { ok: false; hours: HoursFaults }
  | { ok: false; results: Extract<ProposedResults, { ok: false }> | null; pasted?: Pasted }
  | { ok: false; confirm: ConfirmRefused }
  | { ok: false; certificates: Extract<RecordedCertificates, { ok: false }> | null; pasted?: Pasted }
  | { ok: false; revoke: 'reason_needed' }
  | { ok: false; remove: RemoveRefusal }
  | { ok: false; isClosed: true }

/** What is still done in a class that is closed (结班). */
const AFTER_CLOSING = ['certificates', 'paste-certificates', 'revoke']

type Request = { academyId: string; classId: string; form: FormData; now: Date; requestId?: string }

/**
 * Does what a form of the roster asks for, after the guard `training.manage`; `intent` is the button that was pressed. A class that is closed
 * says so, also where it was closed while the form waited for it.
 */
export async function actOnRoster(viewer: Viewer, request: Request): Promise<RosterAnswer | null> {
  const intent = formText(request.form, 'intent')
  const isClosed = () => as(viewer, (tx) => isClassClosed(tx, request))
  const closed = { ok: false, isClosed: true } as const
  // Certificates come months later.
  if (AFTER_CLOSING.includes(intent)) return act(viewer, intent, request)
  if (await isClosed()) return closed
  return (await act(viewer, intent, request)) ?? ((await isClosed()) ? closed : null)
}

async function act(viewer: Viewer, intent: string, request: Request): Promise<RosterAnswer | null> {
  const { form, ...to } = request
  const reason = formText(form, 'reason')
  const sent = { mark: formText(form, 'mark'), reason }
  switch (intent) {
    case 'publish': {
      const answer = await as(viewer, (tx) => publishClass(tx, { ...to, by: viewer, sent }))
      if (!answer) return null
      return answer.ok ? { ok: true, view: 'overview', saved: 0 } : { ok: false, publish: answer }
    }
    case 'submit-opening': {
      const answer = await as(viewer, (tx) => submitOpening(tx, { ...to, viewer, sent }))
      if (!answer) return null
      return answer.ok ? { ok: true, view: 'overview', saved: 0 } : { ok: false, publish: answer }
    }
    case 'withdraw-opening': {
      const answer = await as(viewer, (tx) => withdrawOpening(tx, { ...to, viewer }))
      return answer && { ok: true, view: 'overview', saved: 0 }
    }
    case 'hours': {
      const entries = readFormRows(form, ['attended', 'practical', 'was']).map(({ id, ...row }) => ({
        ...row,
        enrolmentId: id,
      }))
      const answer = await as(viewer, (tx) => recordHours(tx, { ...to, viewer, entries, reason }))
      if (!answer) return null
      return answer.ok ? { ok: true, view: 'hours', saved: answer.changed } : { ok: false, hours: answer.faults }
    }
    case 'results': {
      const assessedOn = formText(form, 'assessedOn')
      const isAffirmed = formText(form, 'affirmed') === 'yes'
      const asked = { ...to, viewer, entries: readResultRows(form), reason, assessedOn, isAffirmed }
      const answer = await as(viewer, (tx) => proposeResults(tx, asked))
      if (!answer) return null
      if (!answer.ok) return { ok: false, results: answer }
      return { ok: true, view: 'results', on: assessedOn, saved: answer.changed }
    }
    case 'paste': {
      const answer = await pasteResults(viewer, { ...to, form })
      return answer && { ok: false, ...answer }
    }
    case 'paste-certificates': {
      const pasted = await pasteCertificates(viewer, request)
      return pasted && { ok: false, certificates: null, pasted }
    }
    case 'confirm':
    case 'return':
      return actOnConfirm(viewer, request)
    case 'certificates': {
      const rows = readFormRows(form, ['number', ...ROW_FIELDS])
      const entries = rows.map(({ id, number, ...own }) => ({ assessmentId: id, number, own }))
      const [type, level, workItem] = [formText(form, 'type'), formText(form, 'level'), formText(form, 'workItem')]
      const batch = { type, level, workItem, issuer: formText(form, 'issuer'), issuedOn: formText(form, 'issuedOn') }
      const isDigitChecked = formText(form, 'isDigitChecked') === 'yes'
      const answer = await saveCertificates(viewer, { ...to, batch, entries, isDigitChecked, reason })
      if (!answer.ok) return { ok: false, certificates: answer }
      return { ok: true, view: 'certificates', saved: answer.changed }
    }
    case 'revoke': {
      const certificateId = formText(form, 'certificateId')
      if (!isId(certificateId)) return null
      const answer = await as(viewer, (tx) => revokeCertificate(tx, { ...to, viewer, certificateId, reason }))
      if (!answer) return null
      return answer.ok ? { ok: true, view: 'certificates', saved: 1 } : { ok: false, revoke: answer.reason }
    }
    case 'remove': {
      const id = formText(form, 'enrolmentId')
      if (!isId(id)) return null
      // Sent again it finds the worker gone, and changes nothing.
      const answer = await removeWorker(viewer, { ...to, sent: null, id, reason })
      if (!answer) return null
      if (!answer.ok) return { ok: false, remove: answer.reason }
      const [left] = answer.left
      return left ? { ok: false, remove: left.because } : { ok: true, view: 'overview', saved: 1 }
    }
    default:
      return null
  }
}
