import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { open } from '#app/features/persons/vault.server.ts'
import { type Locale, toLocale } from '#app/lib/i18n.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, delivery, enrolment, notice, noticeChoice } from '#db/schema/index.ts'
import type { Channel, DeliveryReason } from '#db/values.ts'
import { channelsOn } from './channels.server.ts'
import { mayGoAt, usefulUntil, ways } from './delivering.ts'
import type { Notice, Told } from './notices.ts'

/** After this long without a result a message counts as lost: longer than any sender waits. */
const LOST_MS = 60_000

/**
 * A message with its attempt counted, to be sent now. `to`: number or address, open; not to be logged or kept. `hasAccount` false: whoever
 * reads it cannot sign in to see more.
 */
export type Claimed = Told & {
  id: string
  channel: Channel
  to: string
  attempts: number
  locale: Locale
  hasAccount: boolean
}

/**
 * Takes one message that is due, for the purpose `delivery`. `message` null: it is held back until morning, or dropped
 * for good, which is written. `isOurs` false: another process has it, or it waits no more.
 */
export async function claim(
  tx: Tx,
  { id, now }: { id: string; now: Date },
): Promise<{ isOurs: boolean; message: Claimed | null }> {
  const [row] = await tx
    .select()
    .from(delivery)
    .where(and(eq(delivery.id, id), isNull(delivery.endedAt), lte(delivery.nextAt, now)))
    .for('update', { skipLocked: true })
  if (!row) return { isOurs: false, message: null }
  const write = (changed: Partial<typeof delivery.$inferInsert>) =>
    tx.update(delivery).set(changed).where(eq(delivery.id, id))
  const channel = row.channel as Channel
  const [found] = await tx
    .select({
      kind: notice.kind,
      detail: notice.detail,
      at: notice.at,
      readAt: notice.readAt,
      disabledAt: account.disabledAt,
      phoneSealed: sql<Buffer | null>`coalesce(${account.phoneSealed}, ${enrolment.phoneSealed})`,
      choice: noticeChoice,
    })
    .from(notice)
    .leftJoin(account, eq(account.id, notice.accountId))
    .leftJoin(enrolment, and(eq(enrolment.academyId, notice.placeAcademyId), eq(enrolment.id, notice.placeId)))
    .leftJoin(noticeChoice, eq(noticeChoice.accountId, notice.accountId))
    .where(eq(notice.id, row.noticeId))
  if (!found) throw new Error('a message without its notice: the purpose of this transaction may not read it')
  const about = found as typeof found & Pick<Notice, 'kind' | 'detail'>

  const dropped = reasonToDrop(channel, about, now)
  if (dropped) {
    await write({ state: 'dropped', reason: dropped, endedAt: now })
    return { isOurs: true, message: null }
  }
  const { quiet } = runtime().env
  const nextAt = mayGoAt(now, { quiet, isUrgent: ways[about.kind].isUrgent })
  if (nextAt > now) {
    await write({ nextAt })
    return { isOurs: true, message: null }
  }
  const to = openRecipient(channel, row, about)
  if (to === null) {
    await write({ state: 'given_up', reason: 'unreadable', endedAt: now })
    return { isOurs: true, message: null }
  }
  const attempts = row.attempts + 1
  await write({ attempts, nextAt: new Date(now.getTime() + LOST_MS) })
  const { kind, detail, choice } = about
  const hasAccount = row.accountId !== null
  // Both columns of one row: what `notify` wrote.
  const facts = { kind, detail } as Told
  return {
    isOurs: true,
    message: { ...facts, ...{ id, channel, to, attempts }, locale: toLocale(choice?.locale), hasAccount },
  }
}

type Recipient = {
  phoneSealed: Buffer | null
  choice: typeof noticeChoice.$inferSelect | null
}

/** Why a message has no use, or nowhere to go; null: it goes. */
function reasonToDrop(
  channel: Channel,
  of: Recipient & Pick<Notice, 'at' | 'detail'> & { readAt: Date | null; disabledAt: Date | null },
  now: Date,
): DeliveryReason | null {
  if (!channelsOn().includes(channel)) return 'switched_off'
  if (of.disabledAt) return 'disabled'
  if (of.readAt) return 'read'
  if (usefulUntil(of) <= now) return 'late'
  if (of.choice && !(channel === 'sms' ? of.choice.bySms : of.choice.byMail)) return 'unwanted'
  if (channel === 'sms') return of.phoneSealed ? null : 'no_number'
  return of.choice?.mailSealed ? null : 'no_address'
}

/** The only place where a number is opened to be used; null where it does not open. */
function openRecipient(
  channel: Channel,
  { accountId, placeId }: { accountId: string | null; placeId: string | null },
  { phoneSealed, choice }: Recipient,
): string | null {
  const [id, field] = accountId ? [accountId, 'account.phone' as const] : [placeId ?? '', 'enrolment.phone' as const]
  try {
    if (channel === 'sms') return phoneSealed && open(field, id, phoneSealed)
    return choice?.mailSealed ? open('notice_choice.mail', id, choice.mailSealed) : null
  } catch (error) {
    runtime().logger.error({ err: error, of: id }, 'a recipient could not be opened')
    return null
  }
}
