import { plainAddress } from '#app/lib/address.ts'
import type { AttendanceMark } from '#db/values.ts'
import { isOpenFor, MARGIN_MS, type SessionTimes } from './rules.ts'

/**
 * What an instructor's page noted about one worker of a session and sends later (roll/). Its id is made where it was noted:
 * sending it again does nothing more. `at`: when, in milliseconds since 1970 by the server's clock, as far as the page knew it.
 */
export type SentMark = { id: string; at: number } & (
  | { kind: 'scan'; code: string; act: 'in' | 'out' }
  | {
      kind: 'hand'
      enrolmentId: string
      /** Null: unmarked again. */
      mark: AttendanceMark | null
      /** The times that go with it, as `at`; null: none. */
      in: number | null
      out: number | null
      reason: string
    }
)

/**
 * Why a mark was not taken. `unknown_code`: of none of this session's workers. `gone`: has no seat any more. `not_open`: not the
 * time for it. `clock`: from a time that has not come. `reason`, `times`: what a form would not take either. `closed`: made
 * after the sheet was closed, which a second person corrects. `late`: made before that, and sent too long after. `locked`:
 * the sheet is. `reused`: its id is another mark's.
 */
export type SentRefusal =
  | 'unknown_code'
  | 'gone'
  | 'not_open'
  | 'clock'
  | 'reason'
  | 'times'
  | 'closed'
  | 'late'
  | 'locked'
  | 'reused'

/**
 * What became of one. `enrolmentId`: whom it is about. `isOvertaken`: it is kept, and somebody else marked the same worker at a later
 * time: that holds.
 */
export type SentAnswer = { id: string } & (
  | { ok: true; enrolmentId: string; isOvertaken: boolean }
  | { ok: false; reason: SentRefusal }
)

/** Marks in one sending; a page that has more sends again. */
export const MOST_SENT = 25
/** Bytes of a sending: so many marks, each with a reason of 200 Chinese characters as a form writes them. */
export const LARGEST_SENDING = 65_536
/** How far a page may be ahead of the server's clock: it knows that clock only roughly. */
export const AHEAD_MS = 60_000

/** Where a session's roll is asked for and its marks are sent (app/routes/api/session-roll.ts). */
export const rollPath = (academyCode: string, sessionId: string): string =>
  `/academies/${academyCode}/manage/sessions/${sessionId}/roll`

/** Bytes that a form posted to an address, however written, may have where it is one of ours; undefined: as many as any form. */
export const largestSending = (path: string): number | undefined =>
  /^\/academies\/[^/]+\/manage\/sessions\/[^/]+\/roll$/.test(plainAddress(path)) ? LARGEST_SENDING : undefined

/** The sheet that marks come to: `closedAt` null while it is taken; `sendHours` is policy. */
export type SentTo = { session: SessionTimes; closedAt: Date | null; sendHours: number; isLocked: boolean; now: Date }

/**
 * Whether a mark comes in time, judged by when it was made: a code is good when it was scanned, a sheet that was closed
 * meanwhile still takes what was marked before, for the policy's hours. Null: it does.
 */
export function refusalByTime(mark: SentMark, to: SentTo): SentRefusal | null {
  const { session, closedAt, now } = to
  const at = new Date(mark.at)
  if (at.getTime() > now.getTime() + AHEAD_MS) return 'clock'
  const isOpen =
    mark.kind === 'scan' ? isOpenFor(mark.act, session, at) : at.getTime() >= session.startsAt.getTime() - MARGIN_MS
  if (!isOpen) return 'not_open'
  if (!closedAt) return null
  if (at >= closedAt) return 'closed'
  if (to.isLocked) return 'locked'
  return now.getTime() < closedAt.getTime() + to.sendHours * 3_600_000 ? null : 'late'
}
