import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { cancelClass, changeCapacity, closeEnrolment } from '#app/features/training/class-changes.server.ts'
import { findWaitingRequests } from '#app/features/training/desk-requests.server.ts'
import {
  answerRequests,
  confirmByPhone,
  removeWorker,
  withdrawByPhone,
} from '#app/features/training/desk-seats.server.ts'
import { enterWorker } from '#app/features/training/enter.server.ts'
import { bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { findSeatsDesk } from '#app/features/training/seats-desk.server.ts'
import { actOnSeats } from '#app/features/training/seats-desk-acts.server.ts'
import { seatsDeskWords } from '#app/features/training/seats-desk-words.ts'
import { newId } from '#app/lib/ids.ts'
import { classStaff } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const shanghai = (written: string) => new Date(`${written}+08:00`)
const now = shanghai('2026-11-10T10:00:00')
const ask = (classId: string, when = now) => ({ classId, sent: null, now: when })
const book = (viewer: Viewer, classId: string) => bookSeat(viewer, { academyCode: academy.code, classId, now })
const workers = (count: number) => Promise.all(Array.from({ length: count }, () => world.worker()))
const placeOf = async (viewer: Viewer, classId: string) => {
  const [row] = await db.owner<{ id: string; seat: string; because: string | null }[]>`
    select id, seat, rejected_because as because from enrolment where class_id = ${classId} and account_id = ${viewer.accountId}`
  return row!
}
const seats = async (of: readonly Viewer[], classId: string) =>
  Promise.all(of.map(async (one) => (await placeOf(one, classId)).seat))
const countsOf = async (classId: string) => (await db.owner`select capacity, taken from class where id = ${classId}`)[0]
const toldOf = async (viewer: Viewer) =>
  (await db.owner`select kind from notice where account_id = ${viewer.accountId} order by id`).map((row) => row.kind)

/** A class whose requests the academy answers, and those who asked, in this order. */
async function asked(count: number, given: Parameters<typeof world.classOf>[1] = {}) {
  const { id } = await world.classOf(academy, { needsApproval: true, hasWaitlist: true, ...given })
  const of = await workers(count)
  for (const one of of) await book(one, id)
  const ids = await Promise.all(of.map(async (one) => (await placeOf(one, id)).id))
  return { id, of, ids }
}
const approve = (classId: string, ids: string[]) =>
  answerRequests(admin, { ...ask(classId), ids, isApproved: true, reason: '' })

test('of those approved at once the first who asked has the seat, however they were ticked; the others wait in that order', async () => {
  const { id, of, ids } = await asked(3, { capacity: 1 })
  expect(await approve(id, ids.toReversed())).toEqual({
    ok: true,
    changed: 3,
    approved: { enrolled: 1, waitlisted: 2 },
    left: [],
  })
  expect(await seats(of, id)).toEqual(['enrolled', 'waitlisted', 'waitlisted'])
  const desk = await as(admin, (tx) => findSeatsDesk(tx, { viewer: admin, classId: id, now }))
  expect(desk?.line.map((row) => row.enrolmentId)).toEqual([ids[1], ids[2]])
  expect(await Promise.all(of.map(toldOf))).toEqual([['seat.enrolled'], ['seat.waitlisted'], ['seat.waitlisted']])
})

test('an answer to several says what became of them, also where one was left as before', async () => {
  const { id, of, ids } = await asked(4, { capacity: 1 })
  await leaveSeat(of[3]!, { academyCode: academy.code, classId: id, now })
  const form = new FormData()
  form.set('intent', 'approve')
  for (const one of ids) form.append('chosen', one)
  const answer = await actOnSeats(admin, { classId: id, form, now })
  expect(answer).toMatchObject({ ok: false, changed: 3, approved: { enrolled: 1, waitlisted: 2 } })
  const say = seatsDeskWords['zh-CN'].approved
  expect(say({ enrolled: 1, waitlisted: 2 })).toBe('通过3人：报上1人，候补2人')
  expect(say({ enrolled: 2, waitlisted: 0 })).toBe('通过2人：报上2人')
})

test('who is rejected reads why, is told, and the academy cannot reject without saying it', async () => {
  const { id, of, ids } = await asked(1)
  const reject = (reason: string) => answerRequests(admin, { ...ask(id), ids, isApproved: false, reason })
  expect(await reject(' ')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await reject('本期只收船厂职工')).toMatchObject({ ok: true, changed: 1 })
  expect(await placeOf(of[0]!, id)).toMatchObject({ seat: 'rejected', because: '本期只收船厂职工' })
  expect(await toldOf(of[0]!)).toEqual(['seat.rejected'])
  expect(await book(of[0]!, id)).toEqual({ ok: false, reason: 'not_accepted' })
})

test('a worker who took another class at that time meanwhile is not approved, and the academy is not told which', async () => {
  const { id, of, ids } = await asked(2)
  const elsewhere = await world.academy()
  const other = await world.classOf(elsewhere, { name: 'another academy’s class' })
  for (const [academyId, classId] of [
    [academy.id, id],
    [elsewhere.id, other.id],
  ])
    await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      values (${academyId!}, ${newId()}, ${classId!}, '2026-11-21T09:00+08', '2026-11-21T12:00+08', 4)`
  await bookSeat(of[0]!, { academyCode: elsewhere.code, classId: other.id, now })
  const answer = await approve(id, ids)
  expect(answer).toMatchObject({ ok: true, changed: 1, left: [{ id: ids[0], because: 'clash' }] })
  expect(JSON.stringify(answer)).not.toContain('another')
})

test('of a worker at the limit the academy reads how many one may have in the year, and of no class; on the phone the limit keeps nobody from a seat', async () => {
  const { id, ids } = await asked(1)
  const [row] = await db.owner<
    { personId: string }[]
  >`select person_id as "personId" from enrolment where id = ${ids[0]!}`
  const elsewhere = await world.academy()
  for (let n = 0; n < 10; n++) await world.enrolment(await world.classOf(elsewhere), row)
  expect(await approve(id, ids)).toMatchObject({ changed: 0, left: [{ id: ids[0], because: 'limit', most: 10 }] })
  expect(seatsDeskWords['zh-CN'].limitOf(10)).toBe('当年报名的线下班已到上限（每人最多10个）')
  await db.owner`update enrolment set seat = 'waitlisted', answer_due_at = null where id = ${ids[0]!}`
  expect(await confirmByPhone(admin, { ...ask(id, shanghai('2026-11-20T15:00:00')), id: ids[0]! })).toMatchObject({
    ...{ ok: true, changed: 1, left: [] },
  })
})

test('a request that the worker took back meanwhile is left alone, and another academy’s is none of theirs', async () => {
  const { id, of, ids } = await asked(1)
  await leaveSeat(of[0]!, { academyCode: academy.code, classId: id, now })
  expect(await approve(id, ids)).toMatchObject({
    ok: true,
    changed: 0,
    left: [{ id: ids[0], because: 'not_requested' }],
  })
  const strangers = [
    await world.staff('academy_admin', await world.academy()),
    await world.staff('instructor', academy),
  ]
  for (const stranger of strangers) {
    expect(await answerRequests(stranger, { ...ask(id), ids, isApproved: true, reason: '' })).toBeNull()
    expect(await cancelClass(stranger, { ...ask(id), reason: '不是我的班' })).toBeNull()
  }
})

test('the class head takes the offered seat for a worker on the phone, and the trail says that it was by phone', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const [first, second] = (await workers(2)) as [Viewer, Viewer]
  await book(first, id)
  await book(second, id)
  const place = await placeOf(second, id)
  const early = await confirmByPhone(admin, { ...ask(id), id: place.id })
  expect(early).toMatchObject({ changed: 0, left: [{ because: 'full' }] })
  await leaveSeat(first, { academyCode: academy.code, classId: id, now })
  expect(await confirmByPhone(admin, { ...ask(id), id: place.id })).toMatchObject({ changed: 1 })
  const [event] =
    await db.owner`select detail->>'event' as event, detail->>'voice' as voice, detail->>'onBehalfOf' as by
    from audit_event where subject_id = ${place.id} order by id desc limit 1`
  expect(event).toEqual({ event: 'confirm', voice: 'phone', by: admin.accountId })
  expect(await withdrawByPhone(admin, { ...ask(id), id: place.id })).toMatchObject({ changed: 1 })
  expect(await toldOf(second)).toEqual(['seat.offered', 'seat.enrolled', 'seat.withdrawn'])
})

test('after the cut-off the class head gives a free seat to who waits', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const [first, second] = (await workers(2)) as [Viewer, Viewer]
  await book(first, id)
  await book(second, id)
  const late = shanghai('2026-11-20T18:00:00')
  await leaveSeat(first, { academyCode: academy.code, classId: id, now: late })
  const place = await placeOf(second, id)
  expect(place.seat).toBe('waitlisted')
  expect(await confirmByPhone(admin, { ...ask(id, late), id: place.id })).toMatchObject({ changed: 1 })
})

test('the desk says that seats are no longer offered by themselves, and how many are free, from the minute on at which it is so', async () => {
  const { id, of, ids } = await asked(3, { capacity: 1 })
  await approve(id, ids)
  const desk = (when: Date) => as(admin, (tx) => findSeatsDesk(tx, { viewer: admin, classId: id, now: when }))
  // The class begins on the 21st; an offer is asked of nobody who would have less than an hour of the day for it.
  const [before, from] = [shanghai('2026-11-20T11:00:00'), shanghai('2026-11-20T11:00:01')]
  expect((await desk(before))?.byPhone).toBeNull()
  expect((await desk(from))?.byPhone).toEqual({ free: 0 })
  await leaveSeat(of[0]!, { academyCode: academy.code, classId: id, now: from })
  expect((await desk(from))?.byPhone).toEqual({ free: 1 })
  expect(await seats(of, id)).toEqual(['withdrawn', 'waitlisted', 'waitlisted'])
  expect((await desk(shanghai('2026-11-23T00:00:00')))?.byPhone).toBeNull()
})

test('more seats are offered to those who wait, as many as there are; a request still needs its answer', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const of = await workers(4)
  for (const one of of) await book(one, id)
  expect(await changeCapacity(admin, { ...ask(id), capacity: 3, was: 1 })).toEqual({ ok: true, isNew: true })
  expect(await seats(of, id)).toEqual(['enrolled', 'offered', 'offered', 'waitlisted'])
  expect(await countsOf(id)).toEqual({ capacity: 3, taken: 3 })
  const requests = await asked(2, { capacity: 1 })
  await changeCapacity(admin, { ...ask(requests.id), capacity: 9, was: 1 })
  expect(await seats(requests.of, requests.id)).toEqual(['requested', 'requested'])
})

test('a cut evicts nobody: those above stay, and the next seat is free only below the new number', async () => {
  const { id } = await world.classOf(academy, { capacity: 3, hasWaitlist: true })
  const of = await workers(4)
  for (const one of of) await book(one, id)
  expect(await changeCapacity(admin, { ...ask(id), capacity: 1, was: 3 })).toMatchObject({ ok: true })
  expect(await countsOf(id)).toEqual({ capacity: 1, taken: 3 })
  const leave = (one: Viewer) => leaveSeat(one, { academyCode: academy.code, classId: id, now })
  await leave(of[0]!)
  await leave(of[1]!)
  expect(await seats(of, id)).toEqual(['withdrawn', 'withdrawn', 'enrolled', 'waitlisted'])
  await leave(of[2]!)
  expect(await seats(of, id)).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'offered'])
  await expect(db.owner`update class set taken = taken + 1 where id = ${id}`).rejects.toMatchObject({ code: '23514' })
})

test('the number of seats is whole, from one to ten thousand, and nobody overwrites what a colleague has just changed', async () => {
  const { id } = await world.classOf(academy, { capacity: 5 })
  const change = (capacity: number, was = 5) => changeCapacity(admin, { ...ask(id), capacity, was })
  for (const wrong of [0, -1, 10_001, 2.5]) expect(await change(wrong)).toEqual({ ok: false, reason: 'capacity' })
  expect(await change(10_000)).toEqual({ ok: true, isNew: true })
  expect(await change(7)).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await change(1, 10_000)).toEqual({ ok: true, isNew: true })
})

test('enrolment that is closed early takes nobody new; who waits still moves up', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const of = await workers(2)
  for (const one of of) await book(one, id)
  expect(await closeEnrolment(admin, ask(id))).toEqual({ ok: true, isNew: true })
  expect(await closeEnrolment(admin, ask(id))).toEqual({ ok: true, isNew: false })
  expect(await book(await world.worker(), id)).toEqual({ ok: false, reason: 'closed' })
  await leaveSeat(of[0]!, { academyCode: academy.code, classId: id, now })
  expect(await seats(of, id)).toEqual(['withdrawn', 'offered'])
})

test('a class cancelled before it begins tells everybody why, withdraws all, and frees their time for another', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
    values (${academy.id}, ${newId()}, ${id}, '2026-11-21T09:00+08', '2026-11-21T12:00+08', 4)`
  const of = await workers(2)
  for (const one of of) await book(one, id)
  expect(await cancelClass(admin, { ...ask(id), reason: '' })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await cancelClass(admin, { ...ask(id), reason: '台风停课' })).toEqual({ ok: true, isNew: true })
  expect(await seats(of, id)).toEqual(['withdrawn', 'withdrawn'])
  expect(await countsOf(id)).toEqual({ capacity: 1, taken: 0 })
  for (const one of of) expect(await toldOf(one)).toEqual(['class.cancelled'])
  expect(
    await db.owner`select 1 from worker_time t join enrolment e on e.id = t.enrolment_id where e.class_id = ${id}`,
  ).toHaveLength(0)
  expect(await cancelClass(admin, { ...ask(id), reason: '台风停课' })).toEqual({ ok: true, isNew: false })
})

test('a class cancelled while it runs keeps those who sit in it, and what was recorded', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const of = await workers(2)
  for (const one of of) await book(one, id)
  await cancelClass(admin, { ...ask(id, shanghai('2026-11-21T15:00:00')), reason: '设备故障' })
  expect(await seats(of, id)).toEqual(['enrolled', 'withdrawn'])
  const [event] = await db.owner`select detail from audit_event where kind = 'class.cancelled' and subject_id = ${id}`
  expect(event?.detail).toMatchObject({ withdrawn: 1, kept: 1 })
})

test('a worker who phones is entered by document: a seat, then a place in line, once; whether the person was known does not show', async () => {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true, needsApproval: true })
  const enter = (document: string, name = '李合成') =>
    enterWorker(admin, {
      ...ask(id),
      entered: { name, documentType: 'resident_id', documentNumber: document, phone: '' },
    })
  const known = await world.person()
  expect(await enter(known.document)).toMatchObject({ ok: true, isNew: true, seat: 'enrolled' })
  expect(await enter(known.document)).toMatchObject({ ok: true, isNew: false, seat: 'enrolled' })
  expect(await enter(syntheticDocument(987_654))).toMatchObject({ ok: true, isNew: true, seat: 'waitlisted' })
  expect(await enter('123')).toEqual({ ok: false, reason: 'document' })
  expect(await enter(known.document, '?')).toEqual({ ok: false, reason: 'name' })
})

test('who is entered while sitting elsewhere at that time is refused, and the academy is told no more than that', async () => {
  const { id } = await world.classOf(academy)
  const elsewhere = await world.academy()
  const other = await world.classOf(elsewhere)
  for (const [academyId, classId] of [
    [academy.id, id],
    [elsewhere.id, other.id],
  ])
    await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      values (${academyId!}, ${newId()}, ${classId!}, '2026-11-21T09:00+08', '2026-11-21T12:00+08', 4)`
  const { id: personId, document } = await world.person()
  await bookSeat(await world.worker({ personId }), { academyCode: elsewhere.code, classId: other.id, now })
  const entered = { name: '李合成', documentType: 'resident_id', documentNumber: document, phone: '13800001234' }
  expect(await enterWorker(admin, { ...ask(id), entered })).toEqual({ ok: false, reason: 'clash' })
})

test('the academy takes a worker out after the deadline too, saying why; the seat goes to the next, and the worker reads the reason', async () => {
  const { id } = await world.classOf(academy, {
    ...{ capacity: 1, hasWaitlist: true },
    withdrawUntil: shanghai('2026-11-18T18:00:00'),
  })
  const [first, second] = (await workers(2)) as [Viewer, Viewer]
  await book(first, id)
  await book(second, id)
  const place = await placeOf(first, id)
  const late = shanghai('2026-11-19T09:00:00')
  const remove = (reason: string, by = admin, at = late) => removeWorker(by, { ...ask(id, at), id: place.id, reason })
  expect(await leaveSeat(first, { academyCode: academy.code, classId: id, now: late })).toMatchObject({ ok: false })
  expect(await remove(' ')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await remove('本人来电不能参加')).toEqual({ ok: true, changed: 1, left: [] })
  expect(await remove('本人来电不能参加')).toEqual({ ok: true, changed: 0, left: [] })
  expect(await placeOf(first, id)).toMatchObject({ seat: 'withdrawn', because: '本人来电不能参加' })
  expect(await toldOf(first)).toEqual(['seat.withdrawn'])
  expect(await seats([second], id)).toEqual(['offered'])
  await db.owner`update class set enrol_closes_at = ${shanghai('2026-11-20T18:00:00').toISOString()} where id = ${id}`
  await bookSeat(first, { academyCode: academy.code, classId: id, now: late })
  expect(await placeOf(first, id)).toMatchObject({ seat: 'waitlisted', because: null })
})

test('whose hours are recorded nobody takes out; an instructor and another academy take out nobody', async () => {
  const { id } = await world.classOf(academy)
  const [worker] = (await workers(1)) as [Viewer]
  await book(worker, id)
  const place = await placeOf(worker, id)
  const remove = (by: Viewer) => removeWorker(by, { ...ask(id), id: place.id, reason: '本人不来' })
  for (const stranger of [
    await world.staff('academy_admin', await world.academy()),
    await world.staff('instructor', academy),
  ])
    expect(await remove(stranger)).toBeNull()
  await db.owner`update enrolment set hours_attended = 4 where id = ${place.id}`
  expect(await remove(admin)).toEqual({ ok: true, changed: 0, left: [{ id: place.id, because: 'recorded' }] })
})

test('a request is told to the academy’s administrators and the class’s head, once a class and day; other people of the academy hear nothing', async () => {
  const own = await world.academy()
  const [boss, head, teacher, worker, next] = [
    await world.staff('academy_admin', own),
    await world.staff('instructor', own),
    await world.staff('instructor', own),
    ...(await workers(2)),
  ] as [Viewer, Viewer, Viewer, Viewer, Viewer]
  const { id } = await world.classOf(own, { needsApproval: true })
  const staff = { academyId: own.id, classId: id }
  await world.db.insert(classStaff).values([
    { ...staff, accountId: head.accountId, role: 'head' },
    { ...staff, accountId: teacher.accountId, role: 'instructor' },
  ])
  const request = (viewer: Viewer, at: Date) => bookSeat(viewer, { academyCode: own.code, classId: id, now: at })
  await request(worker, now)
  await request(next, now)
  const heard = await db.owner`select account_id as who from notice
    where kind = 'requests.waiting' and detail ->> 'classId' = ${id} order by account_id`
  expect(heard.map((row) => row.who)).toEqual([boss.accountId, head.accountId].sort())
  await leaveSeat(worker, { academyCode: own.code, classId: id, now })
  await request(worker, shanghai('2026-11-11T10:00:00'))
  expect(await toldOf(boss)).toEqual(['requests.waiting', 'requests.waiting'])
  const waiting = await as(boss, (tx) => findWaitingRequests(tx, boss))
  expect(waiting).toMatchObject({ count: 2, more: 0, classes: [{ classId: id, count: 2 }] })
  expect(waiting.classes[0]!.dueAt).toBeInstanceOf(Date)
  expect(await as(teacher, (tx) => findWaitingRequests(tx, { ...boss, academyId: academy.id }))).toMatchObject({
    count: 0,
  })
})

test('a class that gives its seats at once tells the academy of nobody', async () => {
  const own = await world.academy()
  const boss = await world.staff('academy_admin', own)
  const { id } = await world.classOf(own)
  await bookSeat((await workers(1))[0]!, { academyCode: own.code, classId: id, now })
  expect(await toldOf(boss)).toEqual([])
})

test('a list is entered in its order: the last seat goes to the first, the next waits; one who cannot be taken keeps nobody else from it', async () => {
  const { id } = await world.classOf(academy, { capacity: 2, hasWaitlist: true, needsApproval: true })
  const elsewhere = await world.academy()
  const other = await world.classOf(elsewhere)
  for (const [academyId, classId] of [
    [academy.id, id],
    [elsewhere.id, other.id],
  ])
    await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      values (${academyId!}, ${newId()}, ${classId!}, '2026-11-21T09:00+08', '2026-11-21T12:00+08', 4)`
  const busy = await world.person()
  await world.enrolment({ academyId: elsewhere.id, id: other.id }, { personId: busy.id })
  const form = new FormData()
  form.set('intent', 'enter_list')
  form.set(
    'pasted',
    [
      '姓名\t证件号码',
      `甲合成\t${syntheticDocument(981_001)}`,
      `乙合成\t${busy.document}`,
      `丙合成\t${syntheticDocument(981_002)}`,
      '丁合成\t123',
      `戊合成\t${syntheticDocument(981_003)}`,
    ].join('\n'),
  )
  const answer = await actOnSeats(admin, { classId: id, form, now })
  expect(answer).toMatchObject({
    ok: true,
    entered: [
      { name: '甲合成', answer: { ok: true, seat: 'enrolled' } },
      { name: '乙合成', answer: { ok: false, reason: 'clash' } },
      { name: '丙合成', answer: { ok: true, seat: 'enrolled' } },
      { name: '戊合成', answer: { ok: true, seat: 'waitlisted' } },
    ],
    roll: { faults: [{ line: 5, fault: 'document' }] },
  })
  expect(await countsOf(id)).toEqual({ capacity: 2, taken: 2 })
  const [head, stranger] = [await world.staff('instructor', academy), await world.staff('academy_admin', elsewhere)]
  for (const who of [head, stranger]) expect(await actOnSeats(who, { classId: id, form, now })).toBeNull()
})
