import { timingSafeEqual } from 'node:crypto'
import { indexOf } from '#app/features/persons/vault.server.ts'
import { isId } from '#app/lib/ids.ts'
import { withCheckDigit } from './digits.ts'

/** What a code is for: coming, or going. */
export type CodeAct = 'in' | 'out'

/**
 * A new code on the instructor's screen every 30 seconds, scanned or spoken; each still works for 60 seconds after it has
 * gone. One measure for both, since six digits are passed on more easily than a picture.
 *
 * The same 60 seconds are given to a page that was opened with a code in time, with the time of its opening: so long a
 * press may take under a weak signal. More would let a picture of the screen be handed on and used from afar when it
 * suits; a code works for two and a half minutes after it was first shown at the most. Nobody is lost by that: whoever
 * comes too late, because of signing in or of the signal, reads what to do next (scan again, type the digits, or have
 * the instructor scan the worker's own code, which does not change), and the instructor can mark by hand.
 */
export const STEP_MS = 30_000
const GRACE_MS = 60_000

const MAC_BYTES = 12

/**
 * Codes are made of the session, what it is for, and the time, under the installation's key: no row holds them, and any
 * server of an installation makes and reads the same.
 */
const macOf = (...parts: (string | number)[]): Buffer => indexOf('attendance_code', parts.join('\0'))
const signature = (...parts: (string | number)[]) =>
  macOf(...parts)
    .subarray(0, MAC_BYTES)
    .toString('base64url')

/** In a time that tells nothing of where they differ. */
function isSigned(mac: string, ...parts: (string | number)[]): boolean {
  const [given, right] = [Buffer.from(mac), Buffer.from(signature(...parts))]
  return given.length === right.length && timingSafeEqual(given, right)
}

const pack = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
function unpack(written: string): string | null {
  const hex = Buffer.from(written, 'base64url').toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return isId(id) ? id : null
}

type For = { sessionId: string; act: CodeAct }

/** The code that stands on the instructor's screen now, and for how many milliseconds more. */
export function screenCode({ sessionId, act }: For, now: Date): { code: string; leftMs: number } {
  const step = stepAt(now)
  const code = [pack(sessionId), act, step.toString(36), signature('screen', sessionId, act, step)].join('.')
  return { code, leftMs: (step + 1) * STEP_MS - now.getTime() }
}

/** What a scanned code says. Null: none of ours. `expired`: gone for longer than its grace, or not shown yet. */
export function readScreenCode(code: string, now: Date): (For & { isExpired: boolean }) | null {
  const [packed = '', act = '', written = '', mac = ''] = code.split('.')
  const sessionId = unpack(packed)
  const step = Number.parseInt(written, 36)
  if (!sessionId || (act !== 'in' && act !== 'out') || !Number.isSafeInteger(step)) return null
  if (!isSigned(mac, 'screen', sessionId, act, step)) return null
  return { sessionId, act, isExpired: !isWithin(step, now) }
}

const stepAt = (now: Date): number => Math.floor(now.getTime() / STEP_MS)

const isWithin = (step: number, now: Date): boolean =>
  now.getTime() >= step * STEP_MS && now.getTime() < (step + 1) * STEP_MS + GRACE_MS

/** The six digits that the instructor says now. */
export function spokenCode(of: For, now: Date): string {
  return digitsOf(of, stepAt(now))
}

/** Whether six digits that somebody typed are the session's, now or as long as their grace lasts. */
export function isSpokenCode(of: For, typed: string, now: Date): boolean {
  const step = stepAt(now)
  return [step, step - 1, step - 2].some((one) => isWithin(one, now) && digitsOf(of, one) === typed)
}

const digitsOf = ({ sessionId, act }: For, step: number): string =>
  String(macOf('spoken', sessionId, act, step).readUInt32BE(0) % 1_000_000).padStart(6, '0')

type Opened = For & { accountId: string }

/** Proof that this account opened a page with a code that was good then. */
export const openedProof = ({ sessionId, act, accountId }: Opened, now: Date): string =>
  [now.getTime().toString(36), signature('opened', sessionId, act, accountId, now.getTime())].join('.')

/** When the page was opened with a good code; null: it was not, or too long ago, or by somebody else. */
export function readOpenedProof({ sessionId, act, accountId }: Opened, proof: string, now: Date): Date | null {
  const [written = '', mac = ''] = proof.split('.')
  const at = Number.parseInt(written, 36)
  if (!Number.isSafeInteger(at) || !isSigned(mac, 'opened', sessionId, act, accountId, at)) return null
  return now.getTime() >= at && now.getTime() < at + GRACE_MS ? new Date(at) : null
}

type OfWorker = { sessionId: string; enrolmentId: string }

/** The worker's own code for one session, for the instructor to scan: whose it is is seen, so that it need not change. */
export const workerCode = ({ sessionId, enrolmentId }: OfWorker): string =>
  [pack(enrolmentId), signature('worker', sessionId, enrolmentId)].join('.')

/** The same as eight digits, for a camera that does not work. Few enough workers are in a session that two of them share none. */
export const workerDigits = ({ sessionId, enrolmentId }: OfWorker): string =>
  withCheckDigit(String(macOf('worker_digits', sessionId, enrolmentId).readUInt32BE(0) % 10_000_000).padStart(7, '0'))

/** The enrolment that a worker's code names; null: none of this session. */
export function readWorkerCode(code: string, { sessionId }: { sessionId: string }): string | null {
  const [packed = '', mac = ''] = code.split('.')
  const enrolmentId = unpack(packed)
  return enrolmentId && isSigned(mac, 'worker', sessionId, enrolmentId) ? enrolmentId : null
}
