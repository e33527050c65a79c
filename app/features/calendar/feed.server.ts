import { and, eq, isNull } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, calendarFeed } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import type { Versioned } from './meeting.ts'
import { listLeftClasses, listMeetings, listNotExpected, listOwnClasses } from './meetings.server.ts'
import { listNoResits, listSatMeetings } from './sat-meetings.server.ts'
import { makeSecret, readSecret } from './secret.server.ts'
import { leftOf, versionsOf } from './versions.server.ts'

/**
 * The sessions behind a secret address; null where there is none such, or none any more. What it lists is read as the
 * account itself, so that it never shows more than the account sees when it signs in.
 */
export async function readFeed(secret: string | null, now: Date): Promise<Versioned[] | null> {
  const secretIndex = readSecret(secret)
  const viewer = secretIndex && (await as(system('calendar'), (tx) => findOwner(tx, secretIndex)))
  if (!viewer) return null
  const { classIds, left, meetings, notExpected } = await as(viewer, async (tx) => {
    const classIds = await listOwnClasses(tx, viewer)
    const left = (await listLeftClasses(tx, viewer)).filter((id) => !classIds.includes(id))
    const notExpected = await listNotExpected(tx, viewer)
    for (const id of await listNoResits(tx, viewer)) notExpected.add(id)
    const meetings = [...(await listMeetings(tx, classIds, now)), ...(await listSatMeetings(tx, classIds, now))]
    return { classIds, left, notExpected, meetings }
  })
  return as(system('calendar'), async (tx) => [
    ...(await versionsOf(tx, { meetings, classIds, now })).filter(({ sessionId }) => !notExpected.has(sessionId)),
    ...(await leftOf(tx, { classIds: left, now })),
  ])
}

async function findOwner(tx: Tx, secretIndex: Buffer): Promise<Viewer | null> {
  const [row] = await tx
    .select({
      accountId: account.id,
      role: account.role,
      name: account.displayName,
      academyId: account.academyId,
      unionId: account.unionId,
      personId: account.personId,
      confirmedAt: account.personConfirmedAt,
    })
    .from(calendarFeed)
    .innerJoin(account, eq(account.id, calendarFeed.accountId))
    .where(and(eq(calendarFeed.secretIndex, secretIndex), isNull(account.disabledAt)))
  if (!row) return null
  const { confirmedAt, personId, ...of } = row
  const unnamed = { academyCode: null, academyName: null, unionName: null }
  return { kind: 'user', ...of, ...unnamed, role: of.role as Role, personId: confirmedAt ? personId : null }
}

/** When the viewer's present address was made; null: there is none. */
export async function findFeed(tx: Tx, { accountId }: Viewer): Promise<{ madeAt: Date } | null> {
  const [row] = await tx
    .select({ madeAt: calendarFeed.madeAt })
    .from(calendarFeed)
    .where(eq(calendarFeed.accountId, accountId))
  return row ?? null
}

type Command = { viewer: Viewer; now: Date; requestId?: string }

/** Makes the viewer an address, and ends the one before. @returns its secret, which nobody can show again. */
export async function makeFeed(tx: Tx, { viewer, now, requestId }: Command): Promise<string> {
  const { accountId } = viewer
  const secret = makeSecret()
  const values = { secretIndex: readSecret(secret)!, madeAt: now }
  await tx
    .insert(calendarFeed)
    .values({ accountId, ...values })
    .onConflictDoUpdate({ target: calendarFeed.accountId, set: values })
  await record(tx, { by: viewer, now, kind: 'calendar.made', detail: {}, subjectId: accountId, requestId })
  return secret
}

/** Ends the viewer's address; fine where there is none. */
export async function removeFeed(tx: Tx, { viewer, now, requestId }: Command): Promise<void> {
  const { accountId } = viewer
  const gone = await tx.delete(calendarFeed).where(eq(calendarFeed.accountId, accountId)).returning()
  if (gone.length === 0) return
  await record(tx, { by: viewer, now, kind: 'calendar.removed', detail: {}, subjectId: accountId, requestId })
}
