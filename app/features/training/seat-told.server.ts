import { notify } from '#app/features/notices/notices.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { derivedId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
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
