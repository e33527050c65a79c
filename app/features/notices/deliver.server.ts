import { and, eq, inArray, isNull, lte, notInArray } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { delivery } from '#db/schema/index.ts'
import { CHANNELS, type Channel } from '#db/values.ts'
import { senders } from './channels.server.ts'
import { type Claimed, claim } from './claim.server.ts'
import { afterFailure, type Outcome } from './delivering.ts'
import { mailText, smsText } from './messages.ts'

const AT_ONCE = 50
/** How long nothing goes by a channel whose server cannot be reached: one attempt finds that out for all that waits. */
const REST_MS = 15_000

const restingUntil: Partial<Record<Channel, number>> = {}

/**
 * Sends what waits in the outbox. In three steps, so that no transaction stands open while a gateway thinks: the row is
 * taken and the attempt counted; the message goes; what came of it is written. Of a process that is killed in between the
 * row is taken again a minute later, and the gateway knows it by its id: sent at least once, never lost.
 */
export const deliveries: Queue = {
  name: 'messages that leave the house',
  waiting: async (resting = []) => {
    const now = Date.now()
    const awake = CHANNELS.filter((channel) => (restingUntil[channel] ?? 0) <= now)
    if (awake.length === 0) return []
    const rows = await as(system('delivery'), (tx) =>
      tx
        .select({ id: delivery.id })
        .from(delivery)
        .where(
          and(
            isNull(delivery.endedAt),
            lte(delivery.nextAt, new Date(now)),
            inArray(delivery.channel, awake),
            notInArray(delivery.id, [...resting]),
          ),
        )
        .orderBy(delivery.nextAt)
        .limit(AT_ONCE),
    )
    return rows.map(({ id }) => id)
  },
  run: async (id, signal) => {
    const taken = await as(system('delivery'), (tx) => claim(tx, { id, now: new Date() }))
    if (!taken.isOurs) return false
    if (taken.message) await settle(taken.message, await send(taken.message, signal), signal)
    return true
  },
}

async function send(message: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { sms, mail } = senders()
  const { id, to, kind, locale, hasAccount } = message
  if (message.channel === 'sms' && sms) {
    const { sms: settings } = runtime().env
    const signature = settings?.kind === 'http' ? settings.signature : null
    return sms({ id, phone: to, kind, text: smsText(message, { locale, signature, hasAccount }) }, signal)
  }
  if (message.channel === 'mail' && mail)
    return mail({ id, to, ...mailText(message, { locale, siteUrl: runtime().env.siteUrl }) })
  return { ok: false, reason: 'switched_off', isFinal: true }
}

/** Writes what came of it; a stop of the process is no failure: the message goes again after the next start. */
async function settle(message: Claimed, outcome: Outcome, signal: AbortSignal): Promise<void> {
  const now = new Date()
  const { id, attempts, channel, kind } = message
  if (!outcome.ok)
    runtime().logger.warn({ delivery: id, channel, kind, reason: outcome.reason }, 'a message did not go')
  const isDown = !outcome.ok && (outcome.reason === 'unreachable' || outcome.reason === 'timeout')
  if (isDown && !signal.aborted) restingUntil[channel] = now.getTime() + REST_MS
  const changed = outcome.ok
    ? { state: 'sent', reason: null, providerId: outcome.providerId, endedAt: now }
    : signal.aborted
      ? { attempts: attempts - 1, nextAt: now }
      : failureOf(message, outcome, now)
  // Whoever gave it up meanwhile learns that it went; who took it again after this one was thought lost has it now.
  const still = outcome.ok ? undefined : and(isNull(delivery.endedAt), eq(delivery.attempts, attempts))
  await as(system('delivery'), (tx) =>
    tx
      .update(delivery)
      .set(changed)
      .where(and(eq(delivery.id, id), still)),
  )
}

function failureOf({ attempts }: Claimed, { reason, isFinal }: Extract<Outcome, { ok: false }>, now: Date) {
  const next = afterFailure({ attempts, isFinal }, now)
  return { ...next, reason, endedAt: next.state === 'given_up' ? now : null }
}
