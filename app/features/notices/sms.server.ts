import { maskPhone } from '#app/features/persons/masking.ts'
import type { SmsSettings } from '#app/lib/channel-settings.server.ts'
import type { NoticeKind } from '#db/values.ts'
import type { Outcome } from './delivering.ts'

/** `id`: the same for the same message, however often it is sent. */
export type Sms = { id: string; phone: string; text: string; kind: NoticeKind }

/** A way to send one SMS. Never throws: what went wrong is an outcome. `signal`: the process is to stop. */
export type SmsSender = (sms: Sms, signal: AbortSignal) => Promise<Outcome>

const PATIENCE_MS = 10_000
/** What is read of an answer at most. */
const LONGEST_ANSWER = 10_000

/**
 * Sends by HTTP, to the provider's own address or a small adapter before it:
 *
 *     POST SMS_GATEWAY_URL
 *     Authorization: Bearer SMS_GATEWAY_KEY
 *     Idempotency-Key: <id>
 *     Content-Type: application/json
 *     { "id", "phone": "13800000000", "signature", "template" (if set), "event": "question.answered", "text": "【…】…" }
 *
 * Answers: 2xx, with `{ "id": "…" }` where it has a number for it; a key that it has seen is answered as the first time and
 * not sent again. 408, 425, 429 and 5xx: later. 401 and 403: the key is wrong; later, once somebody has mended it. Any other: it never will.
 */
export function httpSmsSender(settings: Extract<SmsSettings, { kind: 'http' }>, patienceMs = PATIENCE_MS): SmsSender {
  const { url, key, signature, template } = settings
  return async ({ id, phone, text, kind }, signal) => {
    const timeout = AbortSignal.timeout(patienceMs)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Idempotency-Key': id, 'Content-Type': 'application/json' },
        body: JSON.stringify({ id, phone, signature, template, event: kind, text }),
        // A number must not follow a gateway to wherever it points.
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      })
      if (response.ok) return { ok: true, providerId: await readId(response) }
      await response.body?.cancel()
      return outcomeOf(response.status)
    } catch {
      return { ok: false, reason: timeout.aborted ? 'timeout' : 'unreachable', isFinal: false }
    }
  }
}

function outcomeOf(status: number): Outcome {
  if ([408, 425, 429, 503].includes(status)) return { ok: false, reason: 'busy', isFinal: false }
  if (status === 401 || status === 403) return { ok: false, reason: 'login', isFinal: false }
  if (status >= 500) return { ok: false, reason: 'broken', isFinal: false }
  return { ok: false, reason: 'refused', isFinal: true }
}

/** The gateway's number for it; null where it gave none. It was sent either way. */
async function readId(response: Response): Promise<string | null> {
  try {
    const answer: unknown = JSON.parse((await response.text()).slice(0, LONGEST_ANSWER))
    const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null
    return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 100) : null
  } catch {
    return null
  }
}

/** For development: says that a message would go, its number masked. */
export const consoleSmsSender =
  (say: (line: string) => void): SmsSender =>
  async ({ phone, text }) => {
    say(`SMS → ${maskPhone(phone)} ${text}`)
    return { ok: true, providerId: null }
  }
