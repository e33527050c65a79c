import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Hearer, notifyEach } from '#app/features/notices/notices.server.ts'
import type { NoticeDetails, PlaceNoticeKind } from '#app/features/notices/notices.ts'
import { goesBySms } from '#app/features/notices/outbox.server.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, enrolment } from '#db/schema/index.ts'

/** What is told of one place. `isByUnion`: the union that enrolled the worker did it itself. */
export type PlaceNews<K extends PlaceNoticeKind> = {
  enrolmentId: string
  subjectId: string
  detail: NoticeDetails[K]
  isByUnion?: boolean
}

/** How a union hears of its workers: of each; of nothing, where its page says it anyway; or of all at once, by this title (left out: the first one's, which is everybody's). */
export type UnionHears = 'each' | 'nothing' | { title: string; titleEn: string }

/**
 * Tells workers what became of their places in classes of an academy, each once: the account that took the place; where none
 * did, or it is closed, the one that an academy confirmed to be the person's. A claim that nobody confirmed hears nothing. Where that
 * reaches nobody the number that was entered for the place gets the SMS, and the union that enrolled the worker hears that it should
 * pass it on: nobody has proven that number. Who is told is decided here alone. Runs
 * for a purpose that tells (db/schema/accounts.ts, `concernedToTell`).
 * @returns of how many places somebody was told who had not heard.
 */
export async function tellOfPlaces<K extends PlaceNoticeKind>(
  tx: Tx,
  told: {
    academyId: string
    kind: K
    news: readonly PlaceNews<K>[]
    union?: UnionHears
    /** Nothing of it leaves the house: then no number that was entered hears of it. */
    isInAppOnly?: boolean
    now: Date
  },
): Promise<number> {
  const { academyId, kind, union, isInAppOnly = false, now } = told
  if (told.news.length === 0) return 0
  const news = new Map(told.news.map((one) => [one.enrolmentId, one]))
  const concerned = await listConcerned(tx, academyId, [...news.keys()])
  const bySms = !isInAppOnly && goesBySms(kind)
  const ofWorkers = concerned.flatMap(({ enrolmentId, workerId, hasNumber }): (PlaceNews<K> & Hearer)[] => {
    const one = news.get(enrolmentId)!
    if (workerId) return [{ accountId: workerId, ...one }]
    return hasNumber && bySms ? [{ accountId: null, placeId: enrolmentId, ...one }] : []
  })
  const heard = await notifyEach(tx, { notices: ofWorkers, kind, academyId, isInAppOnly, now })
  const left = concerned.flatMap(({ enrolmentId, unionId }) => {
    const one = news.get(enrolmentId)!
    return unionId && !one.isByUnion ? [{ ...one, unionId }] : []
  })
  const notices = forUnions(kind, left, union)
  const passed = await notifyEach(tx, { notices, kind: 'worker.not_reached', academyId, isInAppOnly, now })
  return new Set([...heard, ...passed.flatMap(({ places }) => places)].map(({ enrolmentId }) => enrolmentId)).size
}

type Left<K extends PlaceNoticeKind> = PlaceNews<K> & { unionId: string }

/** What unions hear of workers whom nothing reaches. */
function forUnions<K extends PlaceNoticeKind>(about: K, left: readonly Left<K>[], hears: UnionHears | undefined) {
  if (hears === 'nothing') return []
  if (hears === 'each') return left.map((one) => passedOn([one], about, `${about} ${one.enrolmentId}`))
  const unions = [...new Set(left.map(({ unionId }) => unionId))]
  const ofUnion = (id: string) => left.filter(({ unionId }) => unionId === id)
  return unions.map((id) => passedOn(ofUnion(id), about, about, hears))
}

function passedOn<K extends PlaceNoticeKind>(
  places: readonly Left<K>[],
  about: K,
  subject: string,
  said: { title: string; titleEn: string } | null = null,
) {
  const { unionId: accountId, subjectId, detail } = places[0]!
  const { academyCode, classId, title, titleEn, until } = detail
  return {
    ...{ accountId, subjectId: derivedId(subjectId, subject), places },
    detail: {
      ...{ academyCode, classId, title, titleEn, until, ...said, about, workers: places.length },
      ...('reason' in detail ? { reason: detail.reason } : {}),
    },
  }
}

/** Whom of places in an academy's classes nothing reaches: neither its worker hears of it nor a union. As {@link tellOfPlaces}. */
export async function listUnreached(tx: Tx, academyId: string, enrolmentIds: readonly string[]): Promise<Set<string>> {
  if (enrolmentIds.length === 0) return new Set()
  const concerned = await listConcerned(tx, academyId, enrolmentIds)
  const left = concerned.filter(({ workerId, unionId }) => workerId === null && unionId === null)
  return new Set(left.map(({ enrolmentId }) => enrolmentId))
}

const [own, proven, union] = [alias(account, 'own'), alias(account, 'proven'), alias(account, 'enroller')]

/**
 * A row a place, of unions with several accounts one for each: whom what is told of it reaches. Both null: nobody. `hasNumber`: one
 * was entered with the place.
 */
async function listConcerned(tx: Tx, academyId: string, enrolmentIds: readonly string[]) {
  const rows = await tx
    .select({
      ...{ enrolmentId: enrolment.id, ownId: own.id, provenId: proven.id, unionId: union.id },
      hasNumber: isNotNull(enrolment.phoneSealed).mapWith(Boolean),
    })
    .from(enrolment)
    .leftJoin(own, and(eq(own.id, enrolment.accountId), isNull(own.disabledAt)))
    .leftJoin(
      proven,
      and(
        isNull(own.id),
        eq(proven.personId, enrolment.personId),
        isNotNull(proven.personConfirmedAt),
        isNull(proven.disabledAt),
      ),
    )
    .leftJoin(
      union,
      and(isNull(own.id), isNull(proven.id), eq(union.enterpriseId, enrolment.enterpriseId), isNull(union.disabledAt)),
    )
    .where(and(eq(enrolment.academyId, academyId), inArray(enrolment.id, [...enrolmentIds])))
  return rows.map(({ ownId, provenId, ...row }) => ({ ...row, workerId: ownId ?? provenId }))
}
