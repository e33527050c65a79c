import { and, desc, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classSessionChange, type SessionFacts } from '#db/schema/index.ts'
import type { SessionChange } from '#db/values.ts'
import { listPlaces, listStaff } from './class-concerned.server.ts'
import { tellOfPlaces } from './places-told.server.ts'
import { saidChange, saidForMessage, saidLacking } from './session-say.ts'

/** A change of a published class's timetable, as its page shows it. `accountId`: who did it, for staff alone. */
export type ShownChange = {
  id: string
  change: SessionChange
  before: SessionFacts | null
  after: SessionFacts | null
  reason: string | null
  accountId: string
  at: Date
}

/**
 * Keeps a change of a timetable that is public, and tells everyone with a place in the class and its staff; of a draft nobody
 * is told. Runs as the academy's administrator, in the transaction of the change.
 */
export async function tellChange(
  tx: Tx,
  told: {
    viewer: Viewer
    academyId: string
    classId: string
    sessionId: string
    held: { name: string; isPublic: boolean }
    now: Date
    /** Of a make-up of a session that was held: the places of those whom it is for; the others need not hear of it. */
    toLacking?: readonly string[] | null
  } & Pick<ShownChange, 'change' | 'before' | 'after' | 'reason'>,
): Promise<void> {
  const { viewer, academyId, classId, sessionId, held, now, change, before, after, reason, toLacking } = told
  if (!held.isPublic) return
  const id = newId()
  const row = { academyId, id, sessionId, classId, change, before, after, reason, accountId: viewer.accountId, at: now }
  await tx.insert(classSessionChange).values(row)
  const [of] = await tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId))
  // What is made up was held and stays where it was: it did not move.
  const lacked = toLacking ? before : null
  const detailTo = (reader: 'worker' | 'staff') => {
    const whom = (locale: Locale) => (lacked ? saidLacking(locale, lacked, reader) : '')
    const title = (locale: Locale) =>
      `${held.name} · ${saidChange(locale, { before: lacked ? null : before, after })}${whom(locale)}`
    const what = (locale: Locale) => saidForMessage(locale, told) + whom(locale)
    return {
      ...{ academyCode: of?.code ?? '', classId, title: title('zh-CN'), titleEn: title('en'), until: null },
      ...{ className: held.name, what: what('zh-CN'), whatEn: what('en') },
      ...(reason === null ? {} : { reason: withoutNumbers(reason) }),
    }
  }
  const kind = `session.${change}` as const
  await within(tx, system('timetable'), async (tx) => {
    const [enrolmentIds, accountIds] = await Promise.all([
      toLacking ?? listPlaces(tx, told, 'all'),
      listStaff(tx, told),
    ])
    const news = enrolmentIds.map((enrolmentId) => ({ enrolmentId, subjectId: id, detail: detailTo('worker') }))
    await tellOfPlaces(tx, { academyId, kind, news, now })
    await notify(tx, { accountIds, kind, subjectId: id, detail: detailTo('staff'), now })
  })
}

/** The changes of a class's timetable since it was published, the latest first. */
export async function listChanges(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<ShownChange[]> {
  const rows = await tx
    .select()
    .from(classSessionChange)
    .where(and(eq(classSessionChange.academyId, academyId), eq(classSessionChange.classId, classId)))
    .orderBy(desc(classSessionChange.at), desc(classSessionChange.id))
    .limit(100)
  return rows.map(({ id, change, before, after, reason, accountId, at }) => ({
    id,
    change: change as SessionChange,
    before,
    after,
    reason,
    accountId,
    at,
  }))
}
