import type { AttendanceMark, AttendanceWay } from '#db/values.ts'
import type { SheetState } from './rules.ts'

/**
 * A session's roll as the instructor's page takes it along: who should be there and how they stand, nothing else of them. Instants
 * in milliseconds since 1970. What of it is kept on the device is sealed (roll/seal.ts).
 */
export type Roll = {
  /** Who took it along: nobody else's marks are sent with theirs. */
  account: string
  /** When it was made, by the server's clock. */
  now: number
  academyCode: string
  sessionId: string
  className: string
  topic: string | null
  site: string | null
  /** The day of the session that was held and that it makes up for. */
  makesUpOn?: string | null
  startsAt: number
  endsAt: number
  hours: number
  graceMinutes: number
  sendHours: number
  state: SheetState
  workers: RollWorker[]
}

export type RollWorker = {
  id: string
  name: string
  /** Where another one has the same name: employer and the phone's last digits. */
  tell: string | null
  mark: AttendanceMark | null
  in: number | null
  out: number | null
  way: AttendanceWay | null
  /** At a make-up: has attended all of what it makes up for, and is not expected. */
  isFree?: boolean
}

/** Why a roll is only looked at: its sheet is closed or locked, and corrected elsewhere. Null: people are marked on it. */
export const doneState = ({ state }: Pick<Roll, 'state'>): 'closed' | 'locked' | null =>
  state === 'closed' || state === 'locked' ? state : null

/** The page that takes the roll (app/routes/academy/roll.tsx): without a session, the rolls that lie on this device. */
export const rollPage = (academyCode: string, sessionId?: string): string =>
  `/academies/${academyCode}/roll${sessionId ? `?session=${sessionId}` : ''}`
