import { notify } from '#app/features/notices/notices.server.ts'
import type { Tx } from '#db/client.server.ts'
import type { Seat, SeatEnding, SeatVoice } from '#db/values.ts'
import type { HeldClass, SeatNoticeKind } from './seat-class.server.ts'

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

/** Tells everybody whom the changes of this transaction concern: of one thing all at once. */
export async function tellAll(tx: Tx, { facts, academyCode, told, now }: HeldClass): Promise<void> {
  const of = { academyCode, classId: facts.id, title: facts.name, titleEn: facts.name }
  const subjects = new Map(told.map((one) => [`${one.kind} ${one.subjectId}`, one]))
  for (const { kind, subjectId, until } of subjects.values())
    await notify(tx, {
      accountIds: told.filter((one) => one.kind === kind && one.subjectId === subjectId).map((one) => one.accountId),
      kind,
      subjectId,
      detail: { ...of, until: until?.toISOString() ?? null },
      now,
    })
  told.length = 0
}
