import { eq } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, delivery } from '#db/schema/index.ts'
import type { NoticeKind } from '#db/values.ts'
import { channelsOn } from './channels.server.ts'
import { ways } from './delivering.ts'

/**
 * Writes what is to be sent of notices that were just made: one row per notice and channel, in their transaction. Whether
 * whoever is told wants it and can be reached is asked when it is sent.
 */
export async function putIntoOutbox(
  tx: Tx,
  told: {
    notices: readonly { id: string; accountId: string | null; placeId: string | null }[]
    kind: NoticeKind
    academy: { id: string } | { code: string } | null
    now: Date
  },
): Promise<void> {
  const { notices, kind, now } = told
  const on = channelsOn()
  const channels = ways[kind].channels.filter((channel) => on.includes(channel))
  if (notices.length === 0 || channels.length === 0) return
  const academyId = await academyIdOf(tx, told.academy)
  const rows = notices.flatMap(({ id: noticeId, accountId, placeId }) =>
    channels
      .filter((channel) => channel === 'sms' || !placeId)
      .map((channel) => ({
        ...{ id: newId(), noticeId, accountId, placeId, channel, kind, academyId },
        ...{ nextAt: now, createdAt: now },
      })),
  )
  if (rows.length > 0) await tx.insert(delivery).values(rows)
}

/** Whether what is told of this kind leaves by SMS here: then the number that was entered for a place can hear of it. */
export const goesBySms = (kind: NoticeKind): boolean =>
  ways[kind].channels.includes('sms') && channelsOn().includes('sms')

async function academyIdOf(tx: Tx, of: { id: string } | { code: string } | null): Promise<string | null> {
  if (!of || 'id' in of) return of?.id ?? null
  const [row] = await tx.select({ id: academy.id }).from(academy).where(eq(academy.code, of.code))
  return row?.id ?? null
}
