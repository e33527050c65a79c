import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, enrolment, notice, trainingClass } from '#db/schema/index.ts'
import type { Seat } from '#db/values.ts'

/**
 * The class that a message was about. `row`: where the academy's own list has whom it was for: whether among those who ask and wait, else
 * after which row of the roster (null: it is the first); null: it was for nobody with a place in it.
 */
export type TroubledClass = { classId: string; name: string; row: { isInLine: boolean; after: string | null } | null }

type Message = { id: string; noticeId: string; accountId: string | null; placeId: string | null }

/**
 * Of messages of an academy that did not go: which class each was about, and the place of whom it was for, with the name that the academy's
 * roster has. Read as the academy's administrator, so that nothing of another academy's is found; but for what a notice is about, and which
 * person an academy has confirmed an account to be, which stay here.
 */
export async function findTroubledClasses(
  tx: Tx,
  academyId: string,
  messages: readonly Message[],
): Promise<Map<string, TroubledClass & { worker: string | null }>> {
  const about = await within(tx, system('delivery'), (tx) => listAbout(tx, messages))
  const classIds = [...new Set([...about.values()].map(({ classId }) => classId))]
  if (classIds.length === 0) return new Map()
  const [classes, places] = [
    await tx
      .select({ id: trainingClass.id, name: trainingClass.name })
      .from(trainingClass)
      .where(and(eq(trainingClass.academyId, academyId), inArray(trainingClass.id, classIds))),
    await listPlaces(tx, academyId, { classIds, messages, personIds: [...about.values()].map((one) => one.personId) }),
  ]
  const found = messages.flatMap(({ id, noticeId, accountId, placeId }) => {
    const { classId, personId } = about.get(noticeId) ?? { classId: '', personId: null }
    const of = classes.find((one) => one.id === classId)
    if (!of) return []
    const place = places.find(
      (one) =>
        one.classId === classId &&
        (one.id === placeId ||
          (accountId !== null && one.accountId === accountId) ||
          (personId !== null && one.personId === personId)),
    )
    const row = place ? { isInLine: IN_LINE.includes(place.seat as Seat), after: place.after } : null
    return [[id, { classId, name: of.name, row, worker: place?.name ?? null }] as const]
  })
  return new Map(found)
}

const IN_LINE: readonly Seat[] = ['requested', 'waitlisted', 'offered']

/** What notices are about, and of which confirmed person their account is. For the purpose `delivery`. */
async function listAbout(
  tx: Tx,
  messages: readonly Message[],
): Promise<Map<string, { classId: string; personId: string | null }>> {
  const rows = await tx
    .select({
      id: notice.id,
      classId: sql<string | null>`${notice.detail} ->> 'classId'`,
      personId: account.personId,
    })
    .from(notice)
    .leftJoin(account, and(eq(account.id, notice.accountId), isNotNull(account.personConfirmedAt)))
    .where(
      inArray(
        notice.id,
        messages.map(({ noticeId }) => noticeId),
      ),
    )
  return new Map(rows.flatMap(({ id, classId, personId }) => (classId ? [[id, { classId, personId }] as const] : [])))
}

const given = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null)

async function listPlaces(
  tx: Tx,
  academyId: string,
  of: { classIds: readonly string[]; messages: readonly Message[]; personIds: readonly (string | null)[] },
) {
  const { id, classId, accountId, personId, name, seat } = enrolment
  return tx
    .select({
      ...{ id, classId, accountId, personId, name, seat },
      after: sql<string | null>`(select b.id from enrolment b
        where b.academy_id = enrolment.academy_id and b.class_id = enrolment.class_id and b.id < enrolment.id
        order by b.id desc limit 1)`,
    })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, academyId),
        inArray(classId, [...of.classIds]),
        or(
          inArray(id, given(of.messages.map((one) => one.placeId))),
          inArray(accountId, given(of.messages.map((one) => one.accountId))),
          inArray(personId, given(of.personIds)),
        ),
      ),
    )
}
