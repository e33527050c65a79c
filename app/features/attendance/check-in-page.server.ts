import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { type CheckAnswer, checkByCode, checkBySpoken } from './check-in.server.ts'
import { type CodeAct, openedProof, readScreenCode, workerCode, workerDigits } from './codes.server.ts'
import { readLocation } from './location.ts'
import { listOwnMeetings, type OwnMeeting } from './meetings.server.ts'
import { type QrPath, qrPath } from './qr.server.ts'

/** A session as the worker's page shows it, with the worker's own code for it. */
export type MeetingShown = Pick<
  OwnMeeting,
  'sessionId' | 'className' | 'startsAt' | 'endsAt' | 'topic' | 'site' | 'checkedInAt' | 'checkedOutAt' | 'asksLocation'
> & { qr: QrPath; digits: string }

export type CheckInPage = {
  meetings: MeetingShown[]
  /** What was scanned: good now (with the proof that it was), or not. Null: nothing was. */
  scanned: { code: string; act: CodeAct; sessionId: string; proof: string } | 'expired' | 'not_yours' | null
}

/** The worker's sessions about now. `origin`: of the site, for the code that the instructor scans. */
export async function findCheckInPage(
  viewer: Viewer,
  { code, origin, now }: { code: string; origin: string; now: Date },
): Promise<CheckInPage> {
  const meetings = await as(viewer, (tx) => listOwnMeetings(tx, { viewer, now }))
  return {
    scanned: code === '' ? null : scannedOf(code, meetings, viewer, now),
    meetings: meetings.map((meeting) => {
      const { sessionId, className, startsAt, endsAt, topic, site, checkedInAt, checkedOutAt, asksLocation } = meeting
      const address = `${origin}/academies/${meeting.academyCode}/manage/sessions/${sessionId}/scan`
      const qr = qrPath(`${address}?w=${workerCode(meeting)}`)
      return {
        sessionId,
        className,
        startsAt,
        endsAt,
        topic,
        site,
        checkedInAt,
        checkedOutAt,
        asksLocation,
        qr,
        digits: workerDigits(meeting),
      }
    }),
  }
}

function scannedOf(code: string, meetings: OwnMeeting[], { accountId }: Viewer, now: Date): CheckInPage['scanned'] {
  const read = readScreenCode(code, now)
  if (!read || read.isExpired) return 'expired'
  const { sessionId, act } = read
  if (!meetings.some((one) => one.sessionId === sessionId)) return 'not_yours'
  return { code, act, sessionId, proof: openedProof({ sessionId, act, accountId }, now) }
}

/** Does what a form of the worker's page asks for. */
export async function actOnCheckIn(
  viewer: Viewer,
  { form, now, requestId }: { form: FormData; now: Date; requestId?: string },
): Promise<CheckAnswer> {
  const of = { viewer, now, requestId, location: readLocation(form) }
  if (formText(form, 'intent') === 'code')
    return as(viewer, (tx) => checkByCode(tx, { ...of, code: formText(form, 'code'), proof: formText(form, 'proof') }))
  const sessionId = formText(form, 'session')
  if (!isId(sessionId)) return { ok: false, reason: 'not_yours' }
  const act = formText(form, 'act') === 'out' ? 'out' : 'in'
  return as(viewer, (tx) => checkBySpoken(tx, { ...of, sessionId, act, digits: formText(form, 'digits') }))
}
