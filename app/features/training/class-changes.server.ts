import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { type AuditEvent, record } from '#app/features/audit/audit.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { listAssessing } from './assessors-told.server.ts'
import { judgeCapacity } from './capacity.server.ts'
import { listStaff } from './class-concerned.server.ts'
import type { FieldChange } from './class-edit.ts'
import { tellClassChange } from './class-told.server.ts'
import { atDesk, type DeskAsk } from './desk-seats.server.ts'
import { holdAllPlaces, isRecorded } from './places.server.ts'
import type { HeldClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import { enrolUntil } from './seat-rules.ts'
import { writeSeat } from './seat-write.server.ts'
import { offerFreeSeats } from './settle.server.ts'

export type ClassChangeRefusal =
  | 'form_reused'
  | 'class_closed'
  | 'no_room' // more than the place, its workstations or the instructors take
  | 'capacity' // not a whole number that a class may have
  | 'changed_meanwhile'
  | 'not_published'
  | 'not_open_yet'
  | 'reason_needed'

/** `isNew` false: it was so already. */
export type ClassChange = { ok: true; isNew: boolean } | { ok: false; reason: ClassChangeRefusal }

const DONE = { ok: true, isNew: true } as const
const UNCHANGED = { ok: true, isNew: false } as const

/**
 * Gives a class more seats, or fewer. More are offered to those who wait, one by one; a request still needs its answer. Not more than its sessions take. Fewer
 * evict nobody: those above stay, and no seat is free until enough have left. `was`: the number that the page showed.
 */
export const changeCapacity = (
  viewer: Viewer,
  { capacity, was, ...ask }: DeskAsk & { capacity: number; was: number },
): Promise<ClassChange | null> =>
  atDesk(viewer, { ...ask, voice: 'academy' }, async (tx, held): Promise<ClassChange> => {
    const { facts } = held
    if (facts.status !== 'published' || facts.capacity === null) return { ok: false, reason: 'not_published' }
    const judged = await judgeCapacity(tx, { ...facts, capacity: facts.capacity }, { capacity, was })
    if (judged === 'same') return UNCHANGED
    if (judged) return { ok: false, reason: judged.reason }
    facts.capacity = capacity
    await setClass(tx, held, { capacity })
    const detail = { from: was, to: capacity, taken: facts.taken }
    await recordClass(tx, held, { kind: 'class.capacity_changed', detail })
    await tell(tx, held, viewer, { field: 'capacity', before: was, after: capacity })
    await offerFreeSeats(tx, held)
    return DONE
  })

/** Takes nobody new from now on. Who asked or waits is told, and answered as before. */
export const closeEnrolment = (viewer: Viewer, ask: DeskAsk): Promise<ClassChange | null> =>
  atDesk(viewer, { ...ask, voice: 'academy' }, async (tx, held): Promise<ClassChange> => {
    const { facts, now } = held
    if (facts.status !== 'published') return { ok: false, reason: 'not_published' }
    if (now >= enrolUntil(facts)) return UNCHANGED
    if (facts.enrolOpensAt && facts.enrolOpensAt >= now) return { ok: false, reason: 'not_open_yet' }
    const before = facts.enrolClosesAt?.toISOString() ?? null
    facts.enrolClosesAt = now
    await setClass(tx, held, { enrolClosesAt: now })
    await recordClass(tx, held, { kind: 'class.enrolment_closed', detail: { code: facts.code, before } })
    await tell(tx, held, viewer, { field: 'enrolClosesAt', before, after: now.toISOString() })
    return DONE
  })

/**
 * Cancels a class: everybody who sits in it, asked or waits is told, with the reason. What was delivered is kept: who sits in a class that had begun,
 * or has hours, stays; the others are withdrawn, and their time is free for another class.
 */
export async function cancelClass(
  viewer: Viewer,
  { reason, ...ask }: DeskAsk & { reason: string },
): Promise<ClassChange | null> {
  const because = reason.trim()
  if (because.length < 2) return { ok: false, reason: 'reason_needed' }
  return atDesk(viewer, { ...ask, voice: 'academy' }, (tx, held) => cancel(tx, held, because))
}

async function cancel(tx: Tx, held: HeldClass, cancelledBecause: string): Promise<ClassChange> {
  const { facts, now } = held
  if (facts.status === 'cancelled') return UNCHANGED
  if (facts.status !== 'published') return { ok: false, reason: 'not_published' }
  facts.status = 'cancelled'
  await setClass(tx, held, { status: 'cancelled', cancelledBecause })
  const hasBegun = facts.startsOn <= shanghaiDate(now)
  const places = await holdAllPlaces(tx, facts)
  let withdrawn = 0
  for (const place of places) {
    const event = { is: 'cancel_class', isDelivered: hasBegun || isRecorded(place) } as const
    const moved = move(place, event)
    if (!moved.ok || !moved.isNew) continue
    await writeSeat(tx, held, { ...place, place, event: event.is, moved, given: null })
    withdrawn += 1
  }
  facts.answersDueAt = null
  const detail = { code: facts.code, withdrawn, kept: places.length - withdrawn }
  const subjectId = await recordClass(tx, held, { kind: 'class.cancelled', detail })
  const told = { kind: 'class.cancelled', subjectId, until: null, isByUnion: false } as const
  held.told.push(...places.map(({ id: enrolmentId }) => ({ enrolmentId, ...told })))
  await tellStaff(tx, held, subjectId)
  return DONE
}

/** Tells those who teach the class, head it or were to assess it that it is cancelled, but for who cancels it. */
async function tellStaff(tx: Tx, { facts, academyCode, by, now }: HeldClass, subjectId: string): Promise<void> {
  const { academyId, id: classId, name } = facts
  await within(tx, system('timetable'), async (tx) => {
    const of = { academyId, classId, now }
    const staff = [...(await listStaff(tx, of)), ...(await listAssessing(tx, of))]
    const accountIds = [...new Set(staff)].filter((id) => id !== by.accountId)
    const detail = { academyCode, classId, title: name, titleEn: name, until: null }
    await notify(tx, { accountIds, kind: 'class.cancelled', subjectId, detail, academyId, now })
  })
}

const setClass = (tx: Tx, { facts }: HeldClass, change: Partial<typeof trainingClass.$inferInsert>) =>
  tx
    .update(trainingClass)
    .set(change)
    .where(and(eq(trainingClass.academyId, facts.academyId), eq(trainingClass.id, facts.id)))

const tell = (tx: Tx, { facts, now }: HeldClass, by: Viewer, change: FieldChange) =>
  tellClassChange(tx, {
    by,
    academyId: facts.academyId,
    classId: facts.id,
    name: facts.name,
    changes: [change],
    reason: null,
    now,
  })

type ClassEvent = { [K in ClassEventKind]: Pick<AuditEvent<K>, 'kind' | 'detail'> }[ClassEventKind]
type ClassEventKind = 'class.capacity_changed' | 'class.enrolment_closed' | 'class.cancelled'

const recordClass = (tx: Tx, { facts, by, now }: HeldClass, event: ClassEvent) =>
  record(tx, {
    ...event,
    by: { ...system('seats'), onBehalfOf: by.accountId },
    now,
    academyId: facts.academyId,
    subjectId: facts.id,
    requestId: by.requestId,
  } as AuditEvent)
