import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { noticePath } from '#app/features/notices/notices.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { cancelClass, changeCapacity } from '#app/features/training/class-changes.server.ts'
import { confirmByPhone } from '#app/features/training/desk-seats.server.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { acceptGroup, withdrawGroup } from '#app/features/training/group-places.server.ts'
import { answerSeat, bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { findSeatsDesk } from '#app/features/training/seats-desk.server.ts'
import { newId } from '#app/lib/ids.ts'
import { account, classSession, enrolment } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T10:00:00+08:00')
const at = (classId: string, when = now) => ({ academyCode: academy.code, classId, now: when, sent: null })
type Union = Awaited<ReturnType<typeof world.union>>
type Class = Awaited<ReturnType<typeof world.classOf>>
const noticesOf = (viewer: Viewer) =>
  as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null })).then(({ notices }) => notices)
const toldOf = async (viewer: Viewer) => (await noticesOf(viewer)).map(({ kind }) => kind).reverse()
/** What a union should pass on, and of how many workers. */
const leftTo = async (union: Viewer) =>
  (await noticesOf(union))
    .map((one) => (one.kind === 'worker.not_reached' ? `${one.detail.about} ${one.detail.workers}` : one.kind))
    .reverse()
const disable = ({ accountId }: Viewer) =>
  world.db.update(account).set({ disabledAt: now }).where(eq(account.id, accountId))
/** A worker whom a union or an academy entered, with an account that an academy confirmed, or that only says so. */
async function entered(of: Class, { union, isConfirmed }: { union?: Union; isConfirmed?: boolean } = {}) {
  const { id: personId } = await world.person()
  const viewer = await world.worker({ personId, isConfirmed })
  const { id } = await world.enrolment(of, { personId, enterpriseId: union?.enterpriseId ?? null })
  return { viewer, id }
}
async function cancelOne(of: Class, at = '2026-11-21T09:00') {
  const [id, startsAt] = [newId(), new Date(`${at}:00+08:00`)]
  const row = {
    academyId: academy.id,
    id,
    classId: of.id,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 3 * 3_600_000),
  }
  await world.db.insert(classSession).values({ ...row, hours: 4 })
  const ask = { viewer: admin, academyId: academy.id, classId: of.id, now }
  expect(await as(admin, (tx) => cancelSession(tx, { ...ask, sessionId: id, reason: '台风停课' }))).toMatchObject({
    ok: true,
  })
}

test('who was entered by an academy or a union hears of the class by the account that an academy confirmed to be theirs', async () => {
  const [of, union] = [await world.classOf(academy), await world.union()]
  const [byUnion, byAcademy] = [
    await entered(of, { union, isConfirmed: true }),
    await entered(of, { isConfirmed: true }),
  ]
  await cancelOne(of)
  for (const { viewer } of [byUnion, byAcademy]) expect(await toldOf(viewer)).toEqual(['session.cancelled'])
  expect(await noticesOf(union)).toEqual([])
})

test('whoever can be found in several ways is told once, and by the other way where one account is closed', async () => {
  const [of, union] = [await world.classOf(academy), await world.union()]
  const { id: personId } = await world.person()
  const [own, other, third] = [
    await world.worker({ personId }),
    await world.worker({ personId, isConfirmed: true }),
    await world.worker({ personId }),
  ]
  await world.enrolment(of, { personId, accountId: own.accountId, enterpriseId: union.enterpriseId })
  await cancelOne(of)
  expect([await toldOf(own), await toldOf(other)]).toEqual([['session.cancelled'], []])
  await disable(own)
  await cancelOne(of, '2026-11-22T09:00')
  expect([await toldOf(own), await toldOf(other)]).toEqual([['session.cancelled'], ['session.cancelled']])
  await disable(other)
  await cancelOne(of, '2026-11-22T14:00')
  expect([await toldOf(third), await leftTo(union)]).toEqual([[], ['session.cancelled 1']])
})

test('an account that only claims to be the person hears nothing: the union that enrolled is told once to pass it on, without a name', async () => {
  const [of, union, stranger] = [await world.classOf(academy), await world.union(), await world.union()]
  const colleague = await world.union(union)
  const [claims, none] = [await entered(of, { union }), await entered(of, { union })]
  await entered(of, { union, isConfirmed: true })
  const byAcademy = await entered(of)
  await cancelOne(of)
  for (const { viewer } of [claims, none, byAcademy]) expect(await toldOf(viewer)).toEqual([])
  for (const one of [union, colleague]) expect(await leftTo(one)).toEqual(['session.cancelled 2'])
  expect(await leftTo(stranger)).toEqual([])
  const [notice] = await noticesOf(union)
  const said = { title: expect.stringContaining('低压电工实操班'), workers: 2, reason: '台风停课' }
  expect(notice?.detail).toMatchObject(said)
  expect(JSON.stringify(notice)).not.toContain('李合成')
  expect(noticePath(notice!)).toBe(`/enterprise/classes/${academy.code}/${of.id}`)
})

test('a seat offered from the waitlist is told to the union of a worker without an account, until when it may be taken; what the union did itself is not', async () => {
  const of = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const [sits, union] = [await world.worker(), await world.union()]
  await bookSeat(sits, at(of.id))
  const waits = { seat: 'waitlisted', enterpriseId: union.enterpriseId }
  const unreached = await world.enrolment(of, { ...waits, lineNumber: 1 })
  const { id: personId } = await world.person()
  const next = await world.worker({ personId, isConfirmed: true })
  await world.enrolment(of, { ...waits, personId, lineNumber: 2 })
  await db.owner`update class set line_numbers = 2 where id = ${of.id}`
  await leaveSeat(sits, at(of.id))
  expect(await leftTo(union)).toEqual(['seat.offered 1'])
  expect((await noticesOf(union))[0]?.detail).toMatchObject({ until: expect.stringMatching(/^2026-11-11T/) })
  const places = [{ id: unreached.id, name: '' }]
  await acceptGroup(union, { ...at(of.id), places })
  await withdrawGroup(union, { ...at(of.id), places })
  expect(await leftTo(union)).toEqual(['seat.offered 1'])
  expect(await toldOf(next)).toEqual(['seat.offered'])
  await settleClass(at(of.id, new Date('2026-11-14T10:00:00+08:00')))
  expect(await toldOf(next)).toEqual(['seat.offered', 'seat.offer_expired'])
})

/** Whether a seat that is kept still asks something of the viewer. */
const isAsked = async (viewer: Viewer) =>
  (await noticesOf(viewer)).some(
    (one) => !one.isRead && 'seat.offered' === (one.kind === 'worker.not_reached' ? one.detail.about : one.kind),
  )

/** Seats that are kept: for a worker with an account, and for two of a union's without. */
async function keptSeats() {
  const of = await world.classOf(academy, { capacity: 3, hasWaitlist: true })
  const [worker, union, ...sit] = [await world.worker(), await world.union(), ...(await threeWorkers())]
  for (const one of [...sit, worker]) await bookSeat(one, at(of.id))
  const colleague = await world.union(union)
  const waits = { seat: 'waitlisted', enterpriseId: union.enterpriseId }
  const places = [
    await world.enrolment(of, { ...waits, lineNumber: 5 }),
    await world.enrolment(of, { ...waits, lineNumber: 6 }),
  ] as const
  await db.owner`update class set line_numbers = 6 where id = ${of.id}`
  for (const one of sit) await leaveSeat(one, at(of.id))
  const [own] = await db.owner<{ id: string }[]>`
    select id from enrolment where class_id = ${of.id} and account_id = ${worker.accountId}`
  expect([await isAsked(worker), await isAsked(union), await isAsked(colleague)]).toEqual([true, true, true])
  return { of, worker, own: own!.id, union, colleague, places }
}
const threeWorkers = () => Promise.all([world.worker(), world.worker(), world.worker()])

test('that a seat is kept is read once it was taken, let go, has lapsed or was confirmed by phone', async () => {
  const [takes, leaves, lapses, phones] = [await keptSeats(), await keptSeats(), await keptSeats(), await keptSeats()]
  await answerSeat(takes.worker, { ...at(takes.of.id), isAccepted: true })
  await answerSeat(leaves.worker, { ...at(leaves.of.id), isAccepted: false })
  await settleClass(at(lapses.of.id, new Date('2026-11-14T10:00:00+08:00')))
  await confirmByPhone(admin, { ...at(phones.of.id), id: phones.own })
  const kept = [takes, leaves, lapses, phones]
  expect(await Promise.all(kept.map(({ worker }) => isAsked(worker)))).toEqual([false, false, false, false])
  expect(await Promise.all(kept.map(({ union }) => isAsked(union)))).toEqual([true, true, false, true])
})

test('what a union should pass on of seats that are kept is read once none of its workers in the class has one to confirm, for all its accounts', async () => {
  const { of, worker, union, colleague, places } = await keptSeats()
  const [first, second] = places
  await acceptGroup(union, { ...at(of.id), places: [{ id: first.id, name: '' }] })
  expect(await isAsked(union)).toBe(true)
  await confirmByPhone(admin, { ...at(of.id), id: second.id })
  expect([await isAsked(union), await isAsked(colleague)]).toEqual([false, false])
  expect(await isAsked(worker)).toBe(true)
})

test('of more or fewer seats who waits hears, and no union in their stead: of a seat that one of its workers is offered by it, it does', async () => {
  const of = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const [sits, waits, union] = [await world.worker(), await world.worker(), await world.union()]
  for (const one of [sits, waits]) await bookSeat(one, at(of.id))
  await world.enrolment(of, { seat: 'waitlisted', enterpriseId: union.enterpriseId, lineNumber: 3 })
  await db.owner`update class set line_numbers = 3 where id = ${of.id}`
  await changeCapacity(admin, { ...at(of.id), capacity: 2, was: 1 })
  expect([await toldOf(waits), await leftTo(union)]).toEqual([['class.changed', 'seat.offered'], []])
  await changeCapacity(admin, { ...at(of.id), capacity: 3, was: 2 })
  expect(await leftTo(union)).toEqual(['seat.offered 1'])
})

test('of a seat offered to whom neither an account nor a union can be told, the desk says that somebody has to call', async () => {
  const of = await world.classOf(academy, { capacity: 2, hasWaitlist: true, taken: 2 })
  const union = await world.union()
  const { id: personId } = await world.person()
  await world.worker({ personId, isConfirmed: true })
  const offered = { seat: 'offered', answerDueAt: new Date('2026-11-11T21:00:00+08:00') }
  const reached = await world.enrolment(of, { ...offered, lineNumber: 1, personId })
  const nobody = await world.enrolment(of, { ...offered, lineNumber: 2 })
  const byUnion = await world.enrolment(of, { ...offered, lineNumber: 3, enterpriseId: union.enterpriseId })
  const desk = await as(admin, (tx) => findSeatsDesk(tx, { viewer: admin, classId: of.id, now }))
  expect(desk?.line.map(({ enrolmentId, isUnreached }) => [enrolmentId, isUnreached])).toEqual([
    [reached.id, false],
    [nobody.id, true],
    [byUnion.id, false],
  ])
})

test('a class that is cancelled is told to everybody who had a place, a union once for all whom nothing else reaches', async () => {
  const [of, union] = [await world.classOf(academy, { taken: 3 }), await world.union()]
  const reached = await entered(of, { union, isConfirmed: true })
  await entered(of, { union })
  await entered(of, { union })
  await cancelClass(admin, { ...at(of.id), reason: '设备检修' })
  expect(await toldOf(reached.viewer)).toEqual(['class.cancelled'])
  expect(await leftTo(union)).toEqual(['class.cancelled 2'])
})

test('a place knows since when its seat is taken: from acceptance, not from when its worker began to wait; once given back it is held no more', async () => {
  const of = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const [first, next] = [await world.worker(), await world.worker()]
  const seatedAt = async ({ accountId }: Viewer) =>
    (await world.db.select({ at: enrolment.seatedAt }).from(enrolment).where(eq(enrolment.accountId, accountId)))[0]?.at
  await bookSeat(first, at(of.id))
  await bookSeat(next, at(of.id))
  expect([await seatedAt(first), await seatedAt(next)]).toEqual([now, null])
  await leaveSeat(first, at(of.id))
  const later = new Date('2026-11-10T18:00:00+08:00')
  expect([await seatedAt(first), await seatedAt(next)]).toEqual([null, null])
  await answerSeat(next, { ...at(of.id, later), isAccepted: true })
  expect(await seatedAt(next)).toEqual(later)
})
