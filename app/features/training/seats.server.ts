import { and, eq, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { indexOf, open, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, enrolment, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode, Seat } from '#db/values.ts'
import {
  decideEnrol,
  decideWithdraw,
  type EnrolRefusal,
  type OwnSeat,
  type SeatClass,
  type WithdrawRefusal,
} from './seat-rules.ts'

/** The worker who asks, as its own account says; `isConfirmed`: an academy has seen the document. */
export type AskingWorker = {
  accountId: string
  personId: string
  isConfirmed: boolean
  name: string
  phone: string | null
}

export type SeatRequest = {
  worker: AskingWorker
  academyCode: string
  classId: string
  now: Date
  requestId?: string
}

/**
 * `isNew` false: it was so already; a second click has the same result. `courseSlug`: the course that an online class
 * delivers; a worker who has finished it already is credited at once (courses/course-credit.server.ts).
 */
export type SeatAnswer<R> = { ok: true; isNew: boolean; courseSlug: string | null } | { ok: false; reason: R }

/** Books a seat for the signed-in worker, after the guard. Null: there is no such class for the public. */
export async function bookSeat(viewer: Viewer, input: Omit<SeatRequest, 'worker'>) {
  const worker = await as(viewer, (tx) => findAskingWorker(tx, viewer.accountId))
  return worker && as(system('seats'), (tx) => enrol(tx, { ...input, worker }))
}

/** Gives the signed-in worker's seat back, after the guard. Null: there is no such class for the public. */
export async function leaveSeat(viewer: Viewer, input: Omit<SeatRequest, 'worker'>) {
  const worker = await as(viewer, (tx) => findAskingWorker(tx, viewer.accountId))
  return worker && as(system('seats'), (tx) => withdraw(tx, { ...input, worker }))
}

/** Who the account says to be, read by the account itself. Null for staff. */
export async function findAskingWorker(tx: Tx, accountId: string): Promise<AskingWorker | null> {
  const [row] = await tx
    .select({
      personId: account.personId,
      confirmedAt: account.personConfirmedAt,
      name: account.displayName,
      phoneSealed: account.phoneSealed,
    })
    .from(account)
    .where(and(eq(account.id, accountId), eq(account.role, 'worker')))
  if (!row?.personId) return null
  return {
    accountId,
    personId: row.personId,
    isConfirmed: row.confirmedAt !== null,
    name: row.name,
    phone: row.phoneSealed && open('account.phone', accountId, row.phoneSealed),
  }
}

/**
 * Takes a seat for the purpose `seats`. The class's row is locked, so that the last seat goes to one person; the database
 * checks `taken <= capacity` besides. Null: no such class, or one that the public does not see.
 */
export async function enrol(tx: Tx, request: SeatRequest): Promise<SeatAnswer<EnrolRefusal> | null> {
  const held = await lockClass(tx, request)
  if (!held) return null
  const { worker, now } = request
  const row = await placeOf(tx, held, worker)
  const own = row && isOwn(row, worker) ? row : null
  const decision = decideEnrol(held.facts, own && seatOf(own), row !== null && own === null, now)
  if (!decision.ok) return decision
  const answer = { ...decision, courseSlug: held.courseSlug }
  if (!decision.isNew) return answer

  const id = own?.id ?? newId()
  const given = {
    accountId: worker.accountId,
    seat: 'enrolled',
    name: worker.name,
    phoneSealed: worker.phone === null ? null : seal('enrolment.phone', id, worker.phone),
    phoneIndex: worker.phone === null ? null : indexOf('phone', worker.phone),
  }
  if (own) await tx.update(enrolment).set(given).where(isEnrolment(held.academyId, id))
  else
    await tx.insert(enrolment).values({
      academyId: held.academyId,
      id,
      classId: request.classId,
      personId: worker.personId,
      createdAt: now,
      ...given,
    })
  await changeTaken(tx, held, 1)
  await recordSeat(tx, 'seat.enrolled', request, held.academyId, id)
  return answer
}

/** Gives a seat back for the purpose `seats`; the row stays, so that a list can tell who left. Null as in {@link enrol}. */
export async function withdraw(tx: Tx, request: SeatRequest): Promise<SeatAnswer<WithdrawRefusal> | null> {
  const held = await lockClass(tx, request)
  if (!held) return null
  const row = await placeOf(tx, held, request.worker)
  const own = row && isOwn(row, request.worker) ? row : null
  const decision = decideWithdraw(held.facts, own && seatOf(own), request.now)
  if (!decision.ok) return decision
  const answer = { ...decision, courseSlug: held.courseSlug }
  if (!decision.isNew || !own) return answer

  await tx.update(enrolment).set({ seat: 'withdrawn' }).where(isEnrolment(held.academyId, own.id))
  if (own.seat === 'enrolled' || own.seat === 'offered') await changeTaken(tx, held, -1)
  await recordSeat(tx, 'seat.withdrawn', request, held.academyId, own.id)
  return answer
}

type HeldClass = { academyId: string; classId: string; courseSlug: string | null; facts: SeatClass }

/** Locks the class until the transaction ends. `no key update`: rows that point at the class may still be added. */
async function lockClass(tx: Tx, { academyCode, classId }: SeatRequest): Promise<HeldClass | null> {
  const academyId = tx.select({ id: academy.id }).from(academy).where(eq(academy.code, academyCode))
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.id, classId), eq(trainingClass.academyId, academyId)))
    .for('no key update')
  if (row?.origin !== 'system' || row.status === 'draft') return null
  const facts = {
    ...row,
    origin: row.origin as ClassOrigin,
    status: row.status as ClassStatus,
    mode: row.mode as Mode,
  }
  return { academyId: row.academyId, classId, courseSlug: row.courseSlug, facts }
}

/** The person's row in the class, whoever made it; locked, since an administrator may be recording hours on it. */
async function placeOf(tx: Tx, { academyId, classId }: HeldClass, { personId }: AskingWorker) {
  const [row] = await tx
    .select({
      id: enrolment.id,
      accountId: enrolment.accountId,
      seat: enrolment.seat,
      hours: enrolment.hoursAttended,
      creditedOn: enrolment.creditedOn,
    })
    .from(enrolment)
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), eq(enrolment.personId, personId)))
    .for('no key update')
  return row ?? null
}

type Place = NonNullable<Awaited<ReturnType<typeof placeOf>>>

/** Made by this account; or of the person whom an academy has confirmed to be behind it. */
const isOwn = (place: Place, worker: AskingWorker) => worker.isConfirmed || place.accountId === worker.accountId

const seatOf = (place: Place): OwnSeat => ({
  seat: place.seat as Seat,
  isRecorded: place.hours !== null || place.creditedOn !== null,
})

const isEnrolment = (academyId: string, id: string) => and(eq(enrolment.academyId, academyId), eq(enrolment.id, id))

async function changeTaken(tx: Tx, { academyId, classId }: HeldClass, by: 1 | -1): Promise<void> {
  await tx
    .update(trainingClass)
    .set({ taken: sql`${trainingClass.taken} + ${by}` })
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
}

async function recordSeat(
  tx: Tx,
  kind: 'seat.enrolled' | 'seat.withdrawn',
  { worker, classId, now, requestId }: SeatRequest,
  academyId: string,
  subjectId: string,
): Promise<void> {
  const by = { ...system('seats'), onBehalfOf: worker.accountId }
  await record(tx, { by, now, kind, detail: { classId }, academyId, subjectId, requestId })
}
