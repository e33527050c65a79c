import { and, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { notice } from '#db/schema/index.ts'
import type { NoticeKind } from '#db/values.ts'
import { type Notice, type NoticeDetails, noticePath } from './notices.ts'
import { putIntoOutbox } from './outbox.server.ts'

const PAGE = 30

/**
 * Tells accounts of something, in the transaction of what it is about; each hears once of one subject. In the app at once;
 * by SMS and mail as the kind's way (delivering.ts), the installation and the account have it. Runs for the purpose of the
 * command that tells (db/schema/notices.ts names them). `academyId`: who looks after messages that fail; else the academy
 * that the detail names. `isInAppOnly`: this one leaves the house by no channel, whatever its kind's way. @returns whether anybody had not heard of it yet.
 */
export async function notify<K extends NoticeKind>(
  tx: Tx,
  told: {
    accountIds: readonly string[]
    kind: K
    subjectId: string
    detail: NoticeDetails[K]
    academyId?: string
    isInAppOnly?: boolean
    now: Date
  },
): Promise<boolean> {
  const { accountIds, subjectId, detail, ...of } = told
  const notices = accountIds.map((accountId) => ({ accountId, subjectId, detail }))
  return (await notifyEach(tx, { ...of, notices })).length > 0
}

/** What one account is told of one subject; or (`accountId` null) the number that was entered for a place, by SMS alone. */
export type NewNotice<K extends NoticeKind> = { subjectId: string; detail: NoticeDetails[K] } & Hearer
export type Hearer = { accountId: string; placeId?: undefined } | { accountId: null; placeId: string }

/**
 * {@link notify} where not all hear of the same, or not in the same words. Places are of the academy `academyId`.
 * @returns what is new, of what was to be told.
 */
export async function notifyEach<K extends NoticeKind, N extends NewNotice<K>>(
  tx: Tx,
  told: { notices: readonly N[]; kind: K; academyId?: string; isInAppOnly?: boolean; now: Date },
): Promise<N[]> {
  const { kind, now } = told
  const [first] = told.notices
  if (!first) return []
  const rows = new Map(told.notices.map((one) => [newId(), one]))
  const notices = await tx
    .insert(notice)
    .values(
      [...rows].map(([id, { accountId, placeId, subjectId, detail }]) => ({
        ...{ id, accountId, placeId, placeAcademyId: placeId && told.academyId },
        ...{ kind, subjectId, detail, at: now },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: notice.id, accountId: notice.accountId, placeId: notice.placeId })
  const code = 'academyCode' in first.detail ? { code: first.detail.academyCode } : null
  if (!told.isInAppOnly)
    await putIntoOutbox(tx, { notices, kind, academy: told.academyId ? { id: told.academyId } : code, now })
  return notices.map(({ id }) => rows.get(id)!)
}

/** An account's notices, the latest first; `before`: the id of the last one of the page before. */
export async function listNotices(
  tx: Tx,
  { accountId, before }: { accountId: string; before: string | null },
): Promise<{ notices: Notice[]; hasMore: boolean }> {
  const rows = await tx
    .select({
      id: notice.id,
      kind: notice.kind,
      detail: notice.detail,
      at: notice.at,
      isRead: sql<boolean>`${notice.readAt} is not null`,
    })
    .from(notice)
    .where(and(eq(notice.accountId, accountId), before ? lt(notice.id, before) : undefined))
    .orderBy(desc(notice.id))
    .limit(PAGE + 1)
  // Only `notify` writes them.
  return { notices: rows.slice(0, PAGE) as Notice[], hasMore: rows.length > PAGE }
}

/** Marks one of the account's notices as read. @returns where it leads; null: there is none. */
export async function openNotice(
  tx: Tx,
  { accountId, id, now }: { accountId: string; id: string; now: Date },
): Promise<string | null> {
  const [row] = await tx
    .update(notice)
    .set({ readAt: sql`coalesce(${notice.readAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(eq(notice.accountId, accountId), eq(notice.id, id)))
    .returning({ kind: notice.kind, detail: notice.detail })
  return row ? noticePath(row as Notice) : null
}

/**
 * Marks as read, for all who were asked, what a subject asked of them: one of them has done it, or it need not be done any more. What waits to
 * be sent of it is not sent then. Runs for the purpose of the command (db/schema/notices.ts).
 */
export async function settleNotices(
  tx: Tx,
  { kind, subjectId, now }: { kind: NoticeKind; subjectId: string; now: Date },
): Promise<void> {
  await tx
    .update(notice)
    .set({ readAt: now })
    .where(and(eq(notice.kind, kind), eq(notice.subjectId, subjectId), isNull(notice.readAt)))
}

/**
 * The same of what a class asked: of these accounts, and of the numbers that were entered for these places of its academy. `about`: of what
 * a union was to pass on.
 */
export async function settleClassNotices(
  tx: Tx,
  of: {
    kind: NoticeKind
    about?: NoticeKind
    academyId: string
    classId: string
    accountIds: readonly string[]
    placeIds?: readonly string[]
    now: Date
  },
): Promise<void> {
  const { kind, about, academyId, classId, accountIds, placeIds = [], now } = of
  await tx
    .update(notice)
    .set({ readAt: now })
    .where(
      and(
        eq(notice.kind, kind),
        isNull(notice.readAt),
        sql`${notice.detail} ->> 'classId' = ${classId}`,
        about ? sql`${notice.detail} ->> 'about' = ${about}` : undefined,
        or(
          inArray(notice.accountId, [...accountIds]),
          and(eq(notice.placeAcademyId, academyId), inArray(notice.placeId, [...placeIds])),
        ),
      ),
    )
}

/** Marks all of the account's notices as read. */
export async function readAllNotices(tx: Tx, { accountId, now }: { accountId: string; now: Date }): Promise<void> {
  await tx
    .update(notice)
    .set({ readAt: now })
    .where(and(eq(notice.accountId, accountId), isNull(notice.readAt)))
}
