import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { readReason } from '#app/features/audit/reason.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { Seat, SeatVoice } from '#db/values.ts'
import { actsAsHead } from './class-head.server.ts'
import { ineligibleBecause } from './eligibility.ts'
import { listWithObstacles, type Waiting } from './obstacles.server.ts'
import { holdPlaces, isRecorded, type PlaceRow } from './places.server.ts'
import { retried } from './retry.server.ts'
import { type HeldClass, lockClass } from './seat-class.server.ts'
import { type MoveRefusal, move, type SeatEvent } from './seat-machine.ts'
import { finish, writeSeat } from './seat-write.server.ts'
import { offerFreeSeats, roomIn, settle } from './settle.server.ts'
import { giveBack } from './withdraw.server.ts'

/** Why somebody was left as before. `clash`: another class at that time; which one, an academy is not told. */
export type LeftBecause = MoveRefusal | 'clash' | 'limit' | 'not_eligible'

/** What became of those who were chosen: how many were changed, and who was left as before. */
export type DeskAnswer = {
  ok: true
  changed: number
  approved?: Approved
  left: Left[]
}

/** Who was left as before, by place. `most`, of the limit: how many classes one may have in the year; never which ones a worker has. */
export type Left = { id: string; because: LeftBecause; most?: number }

/** Of those who were approved just now: how many have a seat, and how many a place in line. */
export type Approved = { enrolled: number; waitlisted: number }

/** Nothing was done: a reason is missing, or the form says something else than the one with its key. */
export type DeskRefusal = { ok: false; reason: 'reason_needed' | 'form_reused' | 'class_closed' }

/** Why a worker was not taken out of a class. */
export type RemoveRefusal = LeftBecause | DeskRefusal['reason']

export type DeskAsk = { classId: string; sent: SentForm | null; now: Date; requestId?: string }

/**
 * Runs a command of the desk once for a form, after the guard `training.manage` (by phone `seats.phone`), under the lock of a class of the viewer's academy. What
 * time has decided comes first. Null: no such class, or one without seats of its own.
 */
export async function atDesk<A>(
  viewer: Viewer,
  { classId, sent, now, requestId, voice }: DeskAsk & { voice: SeatVoice },
  work: (tx: Tx, held: HeldClass) => Promise<A>,
): Promise<A | { ok: false; reason: 'form_reused' | 'class_closed' } | null> {
  const { accountId, academyCode } = viewer
  if (!academyCode) return null
  const by = { voice, accountId, requestId }
  const command = (tx: Tx) => async () => {
    const held = await lockClass(tx, { academyCode, classId, by, now })
    if (!held) return null
    if (held.facts.status === 'closed') return { ok: false, reason: 'class_closed' } as const
    await settle(tx, held)
    const answer = await work(tx, held)
    await finish(tx, held)
    return answer
  }
  return retried(() =>
    as(viewer, (tx) =>
      once<A | { ok: false; reason: 'class_closed' } | null>(
        tx,
        { accountId, sent, now },
        {
          work: async () =>
            (await mayAct(tx, viewer, classId, voice)) ? within(tx, system('seats'), command(tx)) : null,
        },
      ),
    ),
  )
}

/**
 * The second wall behind the guard: row-level security lets those alone lock a class who may change it. On the phone its head acts
 * as well, whose own row of the class's staff it shows.
 */
async function mayAct(tx: Tx, viewer: Viewer, classId: string, voice: SeatVoice): Promise<boolean> {
  const { academyId } = viewer
  if (viewer.role === 'instructor') return voice === 'phone' && actsAsHead(tx, viewer, classId)
  const rows = await tx
    .select({ id: trainingClass.id })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId ?? classId), eq(trainingClass.id, classId)))
    .for('no key update')
  return rows.length > 0
}

/**
 * Answers requests, the first who asked first: whoever is approved has a seat or, where none is free, a place in line.
 * `reason`: read by those who are rejected.
 */
export async function answerRequests(
  viewer: Viewer,
  { ids, isApproved, reason, ...ask }: DeskAsk & { ids: readonly string[]; isApproved: boolean; reason: string },
): Promise<DeskAnswer | DeskRefusal | null> {
  const because = reason.trim()
  if (!isApproved && because.length < 2) return { ok: false, reason: 'reason_needed' }
  return atDesk(viewer, { ...ask, voice: 'academy' }, (tx, held) =>
    isApproved ? approve(tx, held, ids) : reject(tx, held, ids, because),
  )
}

async function approve(tx: Tx, held: HeldClass, ids: readonly string[]): Promise<DeskAnswer> {
  const approved: Approved = { enrolled: 0, waitlisted: 0 }
  const answer = { ...nothingYet(), approved }
  const room = await roomIn(tx, held)
  for (const place of await listWithObstacles(tx, held.facts, ids)) {
    const barred = place.seat === 'requested' ? obstacleOf(held, place) : null
    if (barred) {
      answer.left.push({ id: place.id, because: barred, ...(barred === 'limit' && { most: held.policy.mostSeats }) })
      continue
    }
    // Taken by the one before.
    const isFree = room.isFree && (held.facts.capacity === null || held.facts.taken < held.facts.capacity)
    const seat = await change(tx, held, { place, event: { is: 'approve', room: { ...room, isFree } } }, answer)
    if (seat === 'enrolled' || seat === 'waitlisted') approved[seat] += 1
  }
  return answer
}

function obstacleOf({ facts, policy }: HeldClass, place: Waiting): LeftBecause | null {
  const { clash, held } = place.obstacles
  if (clash) return 'clash'
  if (facts.mode !== 'online' && policy.mostSeats > 0 && held >= policy.mostSeats) return 'limit'
  return ineligibleBecause(facts, place) ? 'not_eligible' : null
}

async function reject(tx: Tx, held: HeldClass, ids: readonly string[], because: string): Promise<DeskAnswer> {
  const answer = nothingYet()
  for (const place of await holdPlaces(tx, held.facts, ids))
    await change(tx, held, { place, event: { is: 'reject' }, because }, answer)
  return answer
}

/**
 * The class head has the worker on the phone, who takes the seat that is offered or, after the cut-off, is free. As when the academy enters
 * a worker (enter.server.ts) the limit of classes in a year does not bind it: it was looked at when the worker asked and when a seat is
 * offered by the clock, and a person decides here that a seat which else stays empty is taken. A class at the same time does.
 */
export const confirmByPhone = (viewer: Viewer, { id, ...ask }: DeskAsk & { id: string }) =>
  atDesk(viewer, { ...ask, voice: 'phone' }, async (tx, held): Promise<DeskAnswer> => {
    const answer = nothingYet()
    const [place] = await listWithObstacles(tx, held.facts, [id])
    if (!place) return answer
    const event = { is: 'confirm', room: await roomIn(tx, held) } as const
    if (place.obstacles.clash) answer.left.push({ id, because: 'clash' })
    else await change(tx, held, { place, event }, answer)
    return answer
  })

/** The class head has the worker on the phone, who does not come: whatever the place is, it is given back. */
export const withdrawByPhone = (viewer: Viewer, { id, ...ask }: DeskAsk & { id: string }) =>
  atDesk(viewer, { ...ask, voice: 'phone' }, async (tx, held): Promise<DeskAnswer> => {
    const answer = nothingYet()
    const [place] = await holdPlaces(tx, held.facts, [id])
    const given = place && (await giveBack(tx, held, place, false))
    if (given?.ok === false) answer.left.push({ id, because: given.reason as MoveRefusal })
    else if (given?.isNew) answer.changed += 1
    return answer
  })

/**
 * Takes a worker out of a class, with the reason that the worker reads: the deadline for giving a seat back binds the worker, not the
 * academy; hours that are recorded bind both. A seat that is free by it is offered to the first of those who wait. Null too: no place of this class.
 */
export async function removeWorker(
  viewer: Viewer,
  { id, reason, ...ask }: DeskAsk & { id: string; reason: string },
): Promise<DeskAnswer | DeskRefusal | null> {
  const read = readReason(reason)
  if ('fault' in read) return { ok: false, reason: 'reason_needed' }
  return atDesk(viewer, { ...ask, voice: 'academy' }, async (tx, held): Promise<DeskAnswer | null> => {
    const answer = nothingYet()
    const [place] = await holdPlaces(tx, held.facts, [id])
    if (!place) return null
    const event = { is: 'remove', isRecorded: isRecorded(place) } as const
    await change(tx, held, { place, event, because: read.reason }, answer)
    if (answer.changed > 0) await offerFreeSeats(tx, held)
    return answer
  })
}

const nothingYet = (): DeskAnswer => ({ ok: true, changed: 0, left: [] })

/** Null: nothing was changed. */
async function change(
  tx: Tx,
  held: HeldClass,
  { place, event, because }: { place: PlaceRow; event: SeatEvent; because?: string },
  answer: DeskAnswer,
): Promise<Seat | null> {
  const moved = move(place, event)
  if (!moved.ok) answer.left.push({ id: place.id, because: moved.reason })
  if (!moved.ok || !moved.isNew) return null
  await writeSeat(tx, held, { ...place, place, event: event.is, moved, given: null, because })
  answer.changed += 1
  return moved.seat
}
