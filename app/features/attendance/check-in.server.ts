import { sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceGuess } from '#db/schema/index.ts'
import type { AttendanceWay } from '#db/values.ts'
import { type CodeAct, isSpokenCode, readOpenedProof, readScreenCode } from './codes.server.ts'
import { keepLocation } from './location.server.ts'
import type { Location } from './location.ts'
import { listOwnMeetings, type OwnMeeting } from './meetings.server.ts'
import { keepEntries, lockStandings } from './record.server.ts'
import { isOpenFor, type Standing } from './rules.ts'
import { holdOpen, holdPlanned } from './sheet-held.server.ts'

/**
 * `expired`: scan again. `wrong`: those digits are not said now. `too_many`: wrong digits too often in this session, the
 * instructor has to do it. `not_yours`: the worker has no seat in it. `not_open`: too early, or over. `closed`: the sheet is.
 */
export type CheckRefusal = {
  ok: false
  reason: 'expired' | 'wrong' | 'too_many' | 'not_yours' | 'not_open' | 'closed'
}
/** `isNew` false: had done so before, at that time. */
export type CheckAnswer = { ok: true; act: CodeAct; at: Date; isNew: boolean } | CheckRefusal

/** Wrong spoken codes that a worker may send in one session: guessing one in a million is hopeless then. */
const MOST_GUESSES = 10

/** `location`: what the worker added to the form; kept if the class asks for it. */
type Request = { viewer: Viewer; now: Date; requestId?: string; location?: Location | null }

/** Checks the worker in or out by the code that was scanned, or by the proof that its page was opened in time. */
export async function checkByCode(
  tx: Tx,
  { code, proof, ...request }: Request & { code: string; proof: string },
): Promise<CheckAnswer> {
  const { viewer, now } = request
  const read = readScreenCode(code, now)
  if (!read) return { ok: false, reason: 'expired' }
  const { sessionId, act } = read
  const openedAt = readOpenedProof({ sessionId, act, accountId: viewer.accountId }, proof, now)
  if (read.isExpired && !openedAt) return { ok: false, reason: 'expired' }
  const meeting = (await listOwnMeetings(tx, request)).find((one) => one.sessionId === sessionId)
  if (!meeting) return { ok: false, reason: 'not_yours' }
  // Who stood there in time is not late because the signal was weak.
  return check(tx, meeting, { ...request, act, way: 'code', at: openedAt ?? now })
}

/** Checks the worker in or out by six digits that the instructor said; of `sessionId`, which the page named. */
export async function checkBySpoken(
  tx: Tx,
  { sessionId, act, digits, ...request }: Request & { sessionId: string; act: CodeAct; digits: string },
): Promise<CheckAnswer> {
  const meeting = (await listOwnMeetings(tx, request)).find((one) => one.sessionId === sessionId)
  if (!meeting) return { ok: false, reason: 'not_yours' }
  const typed = digits.normalize('NFKC').replace(/\s/g, '')
  const isRight = isSpokenCode({ sessionId, act }, typed, request.now)
  const guesses = await within(tx, system('attendance'), (tx) => countGuess(tx, meeting, isRight ? 0 : 1))
  if (guesses > MOST_GUESSES) return { ok: false, reason: 'too_many' }
  if (!isRight) return { ok: false, reason: 'wrong' }
  return check(tx, meeting, { ...request, act, way: 'spoken', at: request.now })
}

async function countGuess(tx: Tx, { academyId, sessionId, enrolmentId, classId }: OwnMeeting, more: number) {
  const [row] = await tx
    .insert(attendanceGuess)
    .values({ academyId, sessionId, enrolmentId, classId, wrong: more })
    .onConflictDoUpdate({
      target: [attendanceGuess.academyId, attendanceGuess.sessionId, attendanceGuess.enrolmentId],
      set: { wrong: sql`${attendanceGuess.wrong} + ${more}` },
    })
    .returning({ wrong: attendanceGuess.wrong })
  return row?.wrong ?? 0
}

async function check(
  tx: Tx,
  meeting: OwnMeeting,
  { viewer, now, requestId, location = null, act, way, at }: Request & { act: CodeAct; way: AttendanceWay; at: Date },
): Promise<CheckAnswer> {
  if (!isOpenFor(act, meeting, at)) return { ok: false, reason: 'not_open' }
  const before = timeOf(act, meeting)
  if (before) return { ok: true, act, at: before, isNew: false }
  const { academyId, classId, sessionId, enrolmentId, startsAt, endsAt, hours } = meeting
  const { graceMinutes } = await attendancePolicy(tx, yearOf(meeting.endsOn))
  // After the guard: a worker may write no sheet; what is written here is what the code allows.
  return within(tx, system('attendance'), async (tx) => {
    if (!(await holdPlanned(tx, meeting))) return { ok: false, reason: 'not_yours' }
    if (!(await holdOpen(tx, meeting))) return { ok: false, reason: 'closed' }
    const standing = (await lockStandings(tx, meeting, [enrolmentId])).get(enrolmentId)
    if (!standing) return { ok: false, reason: 'not_yours' }
    const meanwhile = timeOf(act, standing)
    if (meanwhile) return { ok: true, act, at: meanwhile, isNew: false }
    const sheet = { academyId, classId, sessionId, session: { startsAt, endsAt, hours }, graceMinutes }
    await keepEntries(tx, { sheet, entries: [{ enrolmentId, act, way, at }], accountId: viewer.accountId, now })
    await keepLocation(tx, meeting, { act, at, location })
    const by = { kind: 'system', purpose: 'attendance', onBehalfOf: viewer.accountId } as const
    const detail = { classId, act, way }
    await record(tx, { by, now, kind: 'attendance.checked', detail, academyId, subjectId: sessionId, requestId })
    return { ok: true, act, at, isNew: true }
  })
}

const timeOf = (act: CodeAct, { checkedInAt, checkedOutAt }: Pick<Standing, 'checkedInAt' | 'checkedOutAt'>) =>
  act === 'in' ? checkedInAt : checkedOutAt
