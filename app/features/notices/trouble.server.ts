import { and, asc, count, desc, eq, inArray, isNull, lt, max, min, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { maskName } from '#app/features/persons/masking.ts'
import { nudge } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, delivery, enrolment } from '#db/schema/index.ts'
import type { Channel, DeliveryReason, DeliveryState, NoticeKind } from '#db/values.ts'
import { findTroubledClasses, type TroubledClass } from './trouble-place.server.ts'

const PAGE = 30
const TROUBLED: DeliveryState[] = ['failed', 'given_up']

/** A message that did not go, as an academy sees it: for whom masked, no number, no text, and where its own list has the person. */
export type Troubled = {
  id: string
  name: string | null
  kind: NoticeKind
  channel: Channel
  state: DeliveryState
  reason: DeliveryReason
  attempts: number
  nextAt: Date
  at: Date
  /** Null: it was about no class of the academy. */
  class: TroubledClass | null
}

/** An academy's, the latest first; for its administrator. `before`: the id of the last one of the page before. */
export async function listTroubled(
  tx: Tx,
  { academyId, before }: { academyId: string; before: string | null },
): Promise<{ rows: Troubled[]; hasMore: boolean }> {
  // A worker is called as the academy's own roster has it; of its staff the account says it.
  const onRoster = tx
    .select({ name: enrolment.name })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, academyId),
        or(eq(enrolment.accountId, delivery.accountId), eq(enrolment.id, delivery.placeId)),
      ),
    )
    .limit(1)
  const rows = await tx
    .select({
      id: delivery.id,
      name: sql<string | null>`coalesce(${account.displayName}, (${onRoster}))`,
      kind: delivery.kind,
      channel: delivery.channel,
      state: delivery.state,
      reason: delivery.reason,
      attempts: delivery.attempts,
      nextAt: delivery.nextAt,
      at: delivery.createdAt,
      noticeId: delivery.noticeId,
      accountId: delivery.accountId,
      placeId: delivery.placeId,
    })
    .from(delivery)
    .leftJoin(account, eq(account.id, delivery.accountId))
    .where(
      and(
        eq(delivery.academyId, academyId),
        inArray(delivery.state, TROUBLED),
        before ? lt(delivery.id, before) : undefined,
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(PAGE + 1)
  const classes = await findTroubledClasses(tx, academyId, rows.slice(0, PAGE))
  const shown = rows.slice(0, PAGE).map(({ noticeId: _, accountId: __, placeId: ___, ...row }) => {
    const { worker = null, ...of } = classes.get(row.id) ?? {}
    const name = row.name ?? worker
    return { ...row, name: name && maskName(name), class: 'classId' in of ? of : null }
  })
  return { rows: shown as Troubled[], hasMore: rows.length > PAGE }
}

/** Somebody of an academy whom no SMS can reach: whose account has no number. */
export type Numberless = { name: string; messages: number; last: Date }

/** Those of an academy's own people for whom SMS were dropped since their account has no number, who missed the latest first. */
export async function listNumberless(tx: Tx, academyId: string): Promise<Numberless[]> {
  return tx
    .select({
      name: account.displayName,
      messages: count(),
      last: sql`max(${delivery.createdAt})`.mapWith(delivery.createdAt),
    })
    .from(delivery)
    .innerJoin(account, eq(account.id, delivery.accountId))
    .where(
      and(
        eq(delivery.academyId, academyId),
        eq(delivery.reason, 'no_number'),
        eq(account.academyId, academyId),
        isNull(account.disabledAt),
        isNull(account.phoneSealed),
      ),
    )
    .groupBy(account.id)
    .orderBy(desc(max(delivery.createdAt)), asc(account.id))
    .limit(PAGE)
}

export type DeliveryCount = {
  channel: Channel
  state: DeliveryState
  reason: DeliveryReason | null
  count: number
  oldest: Date
}

/** How many messages are in which state and why, over all academies; for the purpose `health`. */
export async function countDeliveries(tx: Tx): Promise<DeliveryCount[]> {
  const { channel, state, reason, createdAt } = delivery
  const rows = await tx
    .select({ channel, state, reason, count: count(), oldest: min(createdAt) })
    .from(delivery)
    .groupBy(channel, state, reason)
    .orderBy(channel, state, reason)
  return rows as DeliveryCount[]
}

/** Which troubled messages are meant: one, all of an academy, or (operator) all of a channel with a reason. */
export type Meant = { academyId: string; id?: string } | { channel: Channel; reason: DeliveryReason }

const troubledOf = (meant: Meant): SQL | undefined =>
  'academyId' in meant
    ? and(eq(delivery.academyId, meant.academyId), meant.id ? eq(delivery.id, meant.id) : undefined)
    : and(eq(delivery.channel, meant.channel), eq(delivery.reason, meant.reason))

type Command = {
  by: Extract<Actor, { kind: 'user' | 'system' }> & { onBehalfOf?: string }
  meant: Meant
  now: Date
  requestId?: string
}

/** Sends again, with all attempts anew; whether it is still of use is looked at when it goes. @returns how many. */
export async function retryDeliveries(tx: Tx, command: Command): Promise<number> {
  const { meant, now } = command
  const changed = await tx
    .update(delivery)
    .set({ state: 'waiting', reason: null, attempts: 0, nextAt: now, endedAt: null })
    .where(and(inArray(delivery.state, TROUBLED), troubledOf(meant)))
    .returning({ id: delivery.id })
  await tell(tx, 'deliveries.retried', command, changed.length)
  nudge()
  return changed.length
}

/** Tries no more what would be tried again. @returns how many. */
export async function giveUpDeliveries(tx: Tx, command: Command): Promise<number> {
  const { meant, now } = command
  const changed = await tx
    .update(delivery)
    .set({ state: 'given_up', reason: 'stopped', endedAt: now })
    .where(and(eq(delivery.state, 'failed'), troubledOf(meant)))
    .returning({ id: delivery.id })
  await tell(tx, 'deliveries.given_up', command, changed.length)
  return changed.length
}

async function tell(tx: Tx, kind: 'deliveries.retried' | 'deliveries.given_up', command: Command, messages: number) {
  if (messages === 0) return
  const { by, meant, now, requestId } = command
  const academyId = 'academyId' in meant ? meant.academyId : undefined
  await record(tx, { by, now, kind, detail: { messages }, academyId, requestId })
}
