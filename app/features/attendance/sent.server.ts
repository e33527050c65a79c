import { and, eq, inArray } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { readReason } from '#app/features/audit/reason.ts'
import { isClassClosed } from '#app/features/training/close-class.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry } from '#db/schema/index.ts'
import { countHours } from './hours.server.ts'
import { type Named, namedBy } from './named.server.ts'
import { keepEntries, lockStandings, type NewEntry } from './record.server.ts'
import { isLocked } from './rules.ts'
import { refusalByTime, type SentAnswer, type SentMark, type SentRefusal, type SentTo } from './sent.ts'
import { timesFault } from './sheet-entry.ts'
import { findHeldSheet, type HeldSheet, holdPlanned, holdSheet } from './sheet-held.server.ts'

type Request = {
  viewer: Viewer
  academyCode: string
  sessionId: string
  marks: readonly SentMark[]
  now: Date
  requestId?: string
}

/**
 * Takes marks that an instructor's page noted before, each by itself: what is refused stops no other. Every one that is taken is
 * kept with the time at which it was made, and what holds is what they all come to in that order, whichever arrived first;
 * one that is there already does nothing more. On a sheet that was closed meanwhile hours and credit are counted anew.
 * @returns an answer for each, in their order. Null: no such session of the viewer's.
 */
export async function takeSent(tx: Tx, request: Request): Promise<SentAnswer[] | null> {
  const { viewer, marks, now } = request
  const held = await findHeldSheet(tx, request)
  if (!held || !(await holdPlanned(tx, held))) return null
  const before = await findKept(tx, held, marks)
  const codes = marks.flatMap((mark) => (mark.kind === 'scan' ? [mark.code] : []))
  const named = await namedBy(tx, held, codes)
  // It may have been closed since the sheet was found; from now on it is not (holdPlanned).
  const isClosed = await isClassClosed(tx, held)
  const judge = (closedAt: Date | null): Judged[] => {
    const to = { ...held, closedAt, isLocked: isClosed || isLocked({ ...held, today: shanghaiDate(now) }), now }
    return marks.map((mark) => (before.has(mark.id) ? { mark } : { mark, ...readSent(mark, held, to, named) }))
  }
  // A sheet that nobody began is not begun by what is refused.
  const closedAt = judge(held.closedAt).some(({ entry }) => entry) ? await holdSheet(tx, held) : held.closedAt
  const judged = judge(closedAt)
  const given = judged.flatMap(({ entry }) => entry ?? [])
  const standings = await lockStandings(tx, held, [...new Set(given.map(({ enrolmentId }) => enrolmentId))])
  const entries = given.filter(({ enrolmentId }) => standings.has(enrolmentId))
  const added = await keepEntries(tx, { sheet: held, entries, accountId: viewer.accountId, now })
  if (added > 0) {
    const { academyId, classId, sessionId } = held
    const detail = { classId, marks: added, isClosed: closedAt !== null }
    const about = { academyId, subjectId: sessionId, requestId: request.requestId }
    await record(tx, { by: viewer, now, kind: 'attendance.sent', detail, ...about })
    if (closedAt) await countHours(tx, { ...held, now })
  }
  const touched = [...entries, ...before.values()].map(({ enrolmentId }) => enrolmentId)
  const kept = await listEntries(tx, held, touched)
  return judged.map(({ mark, entry, refusal }) => {
    const { id } = mark
    if (refusal) return { id, ok: false, reason: refusal }
    if (entry && !standings.has(entry.enrolmentId)) return { id, ok: false, reason: 'gone' }
    // One that is not there after all has the id of an entry that the viewer does not see.
    const own = kept.find((one) => one.id === id)
    if (!own || !isSame(own, mark, named, viewer)) return { id, ok: false, reason: 'reused' }
    return { id, ok: true, enrolmentId: own.enrolmentId, isOvertaken: kept.some((later) => overtakes(later, own)) }
  })
}

type Judged = { mark: SentMark; entry?: NewEntry; refusal?: SentRefusal }

/** What a mark says as an entry, or why it is not taken. */
function readSent(
  mark: SentMark,
  held: HeldSheet,
  to: SentTo,
  named: Named,
): { entry?: NewEntry; refusal?: SentRefusal } {
  const refusal = refusalByTime(mark, to)
  if (refusal) return { refusal }
  // A page is some seconds ahead at most: what it says has happened by now.
  const [id, at] = [mark.id, new Date(Math.min(mark.at, to.now.getTime()))]
  if (mark.kind === 'scan') {
    const enrolmentId = named(mark.code)
    return enrolmentId ? { entry: { id, enrolmentId, act: mark.act, way: 'scanned', at } } : { refusal: 'unknown_code' }
  }
  const why = readReason(mark.reason)
  if ('fault' in why) return { refusal: 'reason' }
  const { enrolmentId } = mark
  const isThere = mark.mark !== null && mark.mark !== 'absent' && mark.mark !== 'excused'
  const timeOf = (time: number | null) => (isThere && time !== null ? new Date(time) : null)
  const said = { mark: mark.mark, checkedInAt: timeOf(mark.in), checkedOutAt: timeOf(mark.out) }
  if (timesFault(said, held.session)) return { refusal: 'times' }
  return { entry: { id, enrolmentId, act: 'mark', ...said, way: 'hand', reason: why.reason, at } }
}

type Kept = typeof attendanceEntry.$inferSelect

/** Entries of the academy that have the ids of these marks, as far as the viewer sees them. */
async function findKept(tx: Tx, { academyId }: HeldSheet, marks: readonly SentMark[]): Promise<Map<string, Kept>> {
  const ids = marks.map(({ id }) => id)
  const isOne = and(eq(attendanceEntry.academyId, academyId), inArray(attendanceEntry.id, ids))
  const rows = await tx.select().from(attendanceEntry).where(isOne)
  return new Map(rows.map((row) => [row.id, row]))
}

/** All that was said of these workers in the session. */
function listEntries(tx: Tx, { academyId, sessionId }: HeldSheet, enrolmentIds: readonly string[]): Promise<Kept[]> {
  return tx
    .select()
    .from(attendanceEntry)
    .where(
      and(
        eq(attendanceEntry.academyId, academyId),
        eq(attendanceEntry.sessionId, sessionId),
        inArray(attendanceEntry.enrolmentId, [...new Set(enrolmentIds)]),
      ),
    )
}

/** Whether an entry that is there is this very mark. */
function isSame(kept: Kept, mark: SentMark, named: Named, { accountId }: Viewer): boolean {
  if (kept.accountId !== accountId) return false
  if (mark.kind === 'hand')
    return kept.way === 'hand' && kept.mark === mark.mark && kept.enrolmentId === mark.enrolmentId
  return kept.way === 'scanned' && kept.act === mark.act && kept.enrolmentId === named(mark.code)
}

/** Somebody else marked the same worker by hand, at a later time. */
const overtakes = (later: Kept, own: Kept): boolean =>
  later.enrolmentId === own.enrolmentId &&
  later.accountId !== own.accountId &&
  later.act === 'mark' &&
  later.way !== 'leave' &&
  later.at > own.at
