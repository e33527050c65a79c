import { and, eq, type Placeholder, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { lastWrites, statement, type Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'
import type { Seat } from '#db/values.ts'
import { offerUntil, requestUntil } from './hold.ts'
import type { PlaceRow } from './places.server.ts'
import { type HeldClass, saveClass } from './seat-class.server.ts'
import type { Moved, SeatEventKind } from './seat-machine.ts'
import { noticeOf, settleOffers, tellAll, tellOfRequests } from './seat-told.server.ts'

type New = Extract<Moved, { ok: true }>

/** A row that is made with its seat, or what is given anew with it: who asks, what was declared. */
type Given = Partial<typeof enrolment.$inferInsert>
type Made = Given & Pick<typeof enrolment.$inferInsert, 'name'>

/** What becomes of a place: the one that is there, or (null) the first one of this person, with its id. */
export type Change = {
  place: PlaceRow | null
  id: string
  personId: string
  accountId: string | null
  event: SeatEventKind
  moved: New
  /** Null where nothing is given anew; needed for a new row. */
  given: Made | null
  /** Why the academy rejects it or takes the worker out, as the worker reads it. */
  because?: string
}

/**
 * Writes one change of a seat, with its event in the trail, and keeps the class's counts in step: every change of a seat goes
 * through here. Runs under the class's lock; {@link finish} comes last.
 */
export async function writeSeat(tx: Tx, held: HeldClass, change: Change): Promise<void> {
  const { facts, now } = held
  const { place, id, moved, given } = change
  const standing = standingOf(held, change)
  const key = { academyId: facts.academyId, id }
  const made = { ...key, classId: facts.id, personId: change.personId, createdAt: now }
  facts.taken += Number(takes(moved.seat)) - Number(place !== null && takes(place.seat))
  const { answerDueAt } = standing
  if (answerDueAt && (!facts.answersDueAt || answerDueAt < facts.answersDueAt)) facts.answersDueAt = answerDueAt
  const [, subjectId] = await Promise.all([
    place
      ? changePlace(tx, key, { ...given, ...standing })
      : makePlace(tx, { ...(given as Made), ...made, ...standing }),
    recordSeat(tx, held, change),
  ])
  if (isRequest(change)) held.isAsked = true
  if (endsOffer(change)) held.answered.push(id)
  const kind = noticeKind(held, change)
  if (kind)
    held.told.push({ enrolmentId: id, kind, subjectId, until: answerDueAt, isByUnion: held.by.voice === 'union' })
}

const isRequest = ({ moved }: Change) => moved.seat === 'requested'

/** A seat was kept for the worker until now. */
const endsOffer = ({ place, moved }: Change) => place?.seat === 'offered' && moved.seat !== 'offered'

const noticeKind = ({ by }: HeldClass, { moved }: Change) => noticeOf(moved.seat, moved.ending, by.voice)

/** What a place is made of; what is not given is null. */
const PLACE = [
  ...(['academyId', 'id', 'classId', 'personId', 'accountId', 'enterpriseId', 'createdAt'] as const),
  ...(['name', 'employer', 'phoneSealed', 'phoneIndex', 'category', 'declaredLevel', 'yearsOfWork'] as const),
  ...(['isUnionMember', 'seat', 'seatEnding', 'answerDueAt', 'seatedAt', 'rejectedBecause', 'lineNumber'] as const),
]
type Placed = Made &
  Pick<typeof enrolment.$inferInsert, 'academyId' | 'id' | 'classId' | 'personId' | 'seat' | 'createdAt'>

const insertPlace = statement((db) => {
  const given = Object.fromEntries(PLACE.map((column) => [column, sql.placeholder(column)]))
  const instant = (column: 'answerDueAt' | 'seatedAt') => sql`${sql.placeholder(column)}::timestamptz`
  const instants = { answerDueAt: instant('answerDueAt'), seatedAt: instant('seatedAt') }
  return db.insert(enrolment).values({ ...(given as Record<(typeof PLACE)[number], Placeholder>), ...instants })
})

const makePlace = (tx: Tx, { answerDueAt = null, seatedAt = null, ...placed }: Placed) => {
  const given: Given = { ...placed }
  const values = Object.fromEntries(PLACE.map((column) => [column, given[column] ?? null]))
  const instants = { answerDueAt: answerDueAt?.toISOString() ?? null, seatedAt: seatedAt?.toISOString() ?? null }
  return insertPlace(tx, { ...values, ...instants })
}

/** On its way once called, as {@link lastWrites} wants it: a builder by itself begins only when somebody waits for it. */
const changePlace = (tx: Tx, { academyId, id }: { academyId: string; id: string }, set: Given) =>
  tx
    .update(enrolment)
    .set(set)
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.id, id)))
    .execute()

/** Whether a seat is taken by it. */
const takes = (seat: Seat) => seat === 'enrolled' || seat === 'offered'

/** What goes with a seat: the number in line, until when somebody must answer, since when it is held, how it ended. */
function standingOf({ facts, policy, now }: HeldClass, { place, moved, because }: Change) {
  const { seat, ending } = moved
  const draws = (seat === 'requested' || seat === 'waitlisted') && place?.seat !== 'requested'
  if (draws) facts.lineNumbers += 1
  const answerDueAt =
    seat === 'requested' ? requestUntil(facts, policy, now) : seat === 'offered' ? offerUntil(facts, policy, now) : null
  return {
    seat,
    seatEnding: ending,
    answerDueAt,
    seatedAt: seat === 'enrolled' ? now : null,
    rejectedBecause: seat === 'rejected' || ending === 'removed' ? (because ?? null) : null,
    lineNumber: draws ? facts.lineNumbers : (place?.lineNumber ?? null),
  }
}

/** The event in the trail: what it was and what it is. @returns its id. */
function recordSeat(tx: Tx, { facts, by, now }: HeldClass, { place, id, event, moved }: Change): Promise<string> {
  const acting = by.accountId ? { ...system('seats'), onBehalfOf: by.accountId } : system('seats')
  return record(tx, {
    by: acting,
    now,
    kind: `seat.${moved.seat}`,
    detail: { classId: facts.id, from: place?.seat ?? null, event, voice: by.voice },
    academyId: facts.academyId,
    subjectId: id,
    requestId: by.requestId,
  })
}

/**
 * Ends a command of seats: its last change (null: none), the class's counts, and those who are told. What the change makes of
 * the counts is known before the database answers, so that both are written in one flush; where nobody is told the transaction
 * ends with them.
 */
export async function finish(tx: Tx, held: HeldClass, last: Change | null = null): Promise<void> {
  const isAsked = held.isAsked || (last !== null && isRequest(last))
  const isAnswered = held.answered.length > 0 || (last !== null && endsOffer(last))
  const isTold = isAsked || isAnswered || held.told.length > 0 || (last !== null && noticeKind(held, last) !== null)
  const writes = inOrder([last && writeSeat(tx, held, last), saveClass(tx, held)])
  if (!isTold) return lastWrites(tx, writes)
  await writes
  if (isAnswered) await settleOffers(tx, held)
  await tellAll(tx, held)
  if (isAsked) await tellOfRequests(tx, held)
}

/** Of a transaction that failed the first error says why; what was sent behind it only says that it had failed. */
async function inOrder(sent: (Promise<void> | null)[]): Promise<void> {
  const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}
