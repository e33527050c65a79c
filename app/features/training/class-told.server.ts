import { and, desc, eq, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { newId } from '#app/lib/ids.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, classChange } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import { academyValues, type GivenAcademy, givenAcademyId } from './academy-given.server.ts'
import { saidChanges, saidFields } from './class-change-say.ts'
import { listPlaces, listStaff } from './class-concerned.server.ts'
import { concerns, type FieldChange, rings } from './class-edit.ts'
import { tellOfPlaces } from './places-told.server.ts'

/** A change of a published class, as its page shows it. */
export type ShownClassChange = FieldChange & { id: string; reason: string | null; role: Role; at: Date }

/**
 * Keeps changes of a published class, each in its row, and tells those with a place whom they concern and the class's staff, but for
 * who did it. Of the number of seats alone no union hears that stands in for its workers: it has nothing to pass on or to do, hears of each seat that
 * is offered to one of them by it, and reads their places in line on its page. Runs as whoever may change the class, in the transaction of the change, after it.
 */
export async function tellClassChange(
  tx: Tx,
  told: {
    by: { accountId: string; role: Role }
    academyId: string
    classId: string
    /** As it is called now. */
    name: string
    changes: readonly FieldChange[]
    reason: string | null
    /** Accounts that heard of it already, as who assesses. */
    besides?: readonly string[]
    now: Date
  },
): Promise<void> {
  const { academyId, classId, name, changes, reason, besides = [], now } = told
  const { accountId, role } = told.by
  const rows = changes.map((one) => ({ ...one, id: newId(), academyId, classId, reason, accountId, role, at: now }))
  const [first] = rows
  if (!first) return
  await tx.insert(classChange).values(rows)
  const [of] = await tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId))
  const title = (locale: 'zh-CN' | 'en') => `${name} · ${saidChanges(locale, changes)}`
  const detail = {
    ...{ academyCode: of?.code ?? '', classId, title: title('zh-CN'), titleEn: title('en'), until: null },
    ...{ className: name, what: saidFields('zh-CN', changes), whatEn: saidFields('en', changes) },
  }
  const kind = 'class.changed' as const
  const subjectId = first.id
  const isInAppOnly = !rings(changes)
  await within(tx, system('timetable'), async (tx) => {
    const [enrolmentIds, staff] = await Promise.all([listPlaces(tx, told, concerns(changes)), listStaff(tx, told)])
    const news = enrolmentIds.map((enrolmentId) => ({ enrolmentId, subjectId, detail }))
    const union = changes.every(({ field }) => field === 'capacity') ? 'nothing' : undefined
    await tellOfPlaces(tx, { academyId, kind, news, union, isInAppOnly, now })
    const accountIds = staff.filter((id) => id !== accountId && !besides.includes(id))
    await notify(tx, { accountIds, kind, subjectId, detail, isInAppOnly, now })
  })
}

const changesOfClass = statement((db) =>
  db
    .select({
      id: classChange.id,
      field: classChange.field,
      before: classChange.before,
      after: classChange.after,
      reason: classChange.reason,
      role: classChange.role,
      accountId: classChange.accountId,
      at: classChange.at,
    })
    .from(classChange)
    .where(and(eq(classChange.academyId, givenAcademyId), eq(classChange.classId, sql.placeholder('classId'))))
    .orderBy(desc(classChange.at), classChange.id)
    .limit(100),
)

/** The changes of a class since it was published, the latest first; who did them by role alone. */
export async function listClassChanges(
  tx: Tx,
  { classId, ...of }: GivenAcademy & { classId: string },
): Promise<(ShownClassChange & { accountId: string })[]> {
  const rows = await changesOfClass(tx, { ...academyValues(of), classId })
  return rows.map((row) => ({
    ...row,
    field: row.field as FieldChange['field'],
    role: row.role as Role,
    reason: row.reason && withoutNumbers(row.reason),
  }))
}
