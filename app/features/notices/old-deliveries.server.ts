import { and, asc, inArray, lt } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { delivery } from '#db/schema/index.ts'

const EVERY_MS = 3_600_000
const DAY_MS = 86_400_000
/** Removed in one transaction: a backlog of years holds no lock for long. */
const AT_ONCE = 1000
let nextAt = 0

/** At the start and then once an hour: messages that were sent or dropped OUTBOX_DAYS ago leave the outbox. What was told stays, as a notice. */
export const oldDeliveries: Queue = {
  name: 'messages that were sent long ago',
  waiting: async () => (Date.now() >= nextAt ? ['all'] : []),
  run: async (_id, signal) => {
    nextAt = Date.now() + EVERY_MS
    while (!signal.aborted && (await removeOldDeliveries(new Date())) === AT_ONCE);
    return false
  },
}

/** @returns how many went; there may be more where it is as many as go at once. */
export function removeOldDeliveries(now: Date): Promise<number> {
  const before = new Date(now.getTime() - runtime().env.outboxDays * DAY_MS)
  return as(system('delivery'), async (tx) => {
    const old = tx
      .select({ id: delivery.id })
      .from(delivery)
      .where(and(inArray(delivery.state, ['sent', 'dropped']), lt(delivery.endedAt, before)))
      .orderBy(asc(delivery.endedAt))
      .limit(AT_ONCE)
    return (await tx.delete(delivery).where(inArray(delivery.id, old)).returning({ id: delivery.id })).length
  })
}
