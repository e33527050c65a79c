import { and, eq, inArray, or } from 'drizzle-orm'
import { notify, settleClassNotices } from '#app/features/notices/notices.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, enrolment } from '#db/schema/index.ts'
import type { Seat, SeatEnding, SeatVoice } from '#db/values.ts'
import { listAnswering } from './class-concerned.server.ts'
import { tellOfPlaces } from './places-told.server.ts'
import type { HeldClass, SeatNoticeKind, Told } from './seat-class.server.ts'

/**
 * What a worker hears of a change of the own seat; null: the worker did it and sees it on the page. A class that is cancelled is
 * told to everybody by its own command.
 */
export function noticeOf(to: Seat, ending: SeatEnding | null, voice: SeatVoice): SeatNoticeKind | null {
  if (ending === 'offer_expired') return 'seat.offer_expired'
  if (ending === 'request_expired') return 'seat.request_expired'
  if (to === 'offered') return 'seat.offered'
  if (to === 'rejected') return 'seat.rejected'
  if (voice === 'worker' || ending === 'class_cancelled') return null
  if (to === 'enrolled') return 'seat.enrolled'
  if (to === 'waitlisted') return 'seat.waitlisted'
  return to === 'withdrawn' ? 'seat.withdrawn' : null
}

/** Tells those whose places this transaction changed: all at once what is of one kind. */
export async function tellAll(tx: Tx, { facts, academyCode, told, now }: HeldClass): Promise<void> {
  const of = { academyCode, classId: facts.id, title: facts.name, titleEn: facts.name }
  const saidOf = ({ until }: Told) => ({ ...of, until: until?.toISOString() ?? null })
  const { academyId } = facts
  for (const kind of new Set(told.map((one) => one.kind)))
    await tellOfPlaces(tx, {
      ...{ academyId, kind, now },
      news: told.filter((one) => one.kind === kind).map((one) => ({ ...one, detail: saidOf(one) })),
    })
  told.length = 0
}

/**
 * That a seat is kept is read for all who were told of it once it is no more: its worker and the number entered for the place at once, the
 * union that should pass it on once none of its workers here has a seat to confirm: what it is told may be of several.
 */
export async function settleOffers(tx: Tx, { facts, answered, now }: HeldClass): Promise<void> {
  const of = { academyId: facts.academyId, classId: facts.id, now }
  const placeIds = [...answered]
  answered.length = 0
  const { workerIds, unionIds } = await listAnswered(tx, { ...of, placeIds })
  await settleClassNotices(tx, { ...of, kind: 'seat.offered', accountIds: workerIds, placeIds })
  await settleClassNotices(tx, { ...of, kind: 'worker.not_reached', about: 'seat.offered', accountIds: unionIds })
}

/** The accounts that may have heard of seats kept for these places, also where they would be told no more. */
async function listAnswered(
  tx: Tx,
  { academyId, classId, placeIds }: { academyId: string; classId: string; placeIds: readonly string[] },
): Promise<{ workerIds: string[]; unionIds: string[] }> {
  const inClass = and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId))
  const { accountId, personId, enterpriseId } = enrolment
  const places = await tx
    .select({ accountId, personId, enterpriseId })
    .from(enrolment)
    .where(and(inClass, inArray(enrolment.id, [...placeIds])))
  const stillOffered = await tx
    .select({ enterpriseId })
    .from(enrolment)
    .where(and(inClass, eq(enrolment.seat, 'offered')))
  const waits = new Set(stillOffered.map((one) => one.enterpriseId))
  const given = (ids: (string | null)[]) => ids.filter((id) => id !== null)
  const enterprises = given(places.map((one) => one.enterpriseId)).filter((id) => !waits.has(id))
  const rows = await tx
    .select({ id: account.id, role: account.role })
    .from(account)
    .where(
      or(
        inArray(account.id, given(places.map((one) => one.accountId))),
        inArray(account.personId, given(places.map((one) => one.personId))),
        inArray(account.enterpriseId, enterprises),
      ),
    )
  const idsOf = (isUnion: boolean) =>
    rows.filter(({ role }) => (role === 'enterprise_union') === isUnion).map(({ id }) => id)
  return { workerIds: idsOf(false), unionIds: idsOf(true) }
}

/**
 * Tells those who answer for a class that somebody asks for a seat in it: the academy's administrators and the class's head, each once a
 * class and day, however many ask. A request that nobody answers lapses.
 */
export async function tellOfRequests(tx: Tx, { facts, academyCode, now }: HeldClass): Promise<void> {
  const { academyId, id: classId, name } = facts
  const answering = await listAnswering(tx, { academyId, classIds: [classId] })
  await notify(tx, {
    ...{ kind: 'requests.waiting', academyId, now },
    accountIds: answering.get(classId) ?? [],
    subjectId: derivedId(classId, `requests ${shanghaiDate(now)}`),
    detail: { academyCode, classId, title: name, titleEn: name, until: null },
  })
}
