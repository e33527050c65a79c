import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { dueSeats, settleClass } from '#app/features/training/due-seats.server.ts'
import { answerSeat, bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { newId } from '#app/lib/ids.ts'
import { startWorker } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { atEnd } from '#tests/support/at-end.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
})

const shanghai = (written: string) => new Date(`${written}+08:00`)
const now = shanghai('2026-11-10T10:00:00')
/** 24 hours later, on a clock of 8:00 to 21:00. */
const due = shanghai('2026-11-11T21:00:00')
const at = (classId: string, when = now) => ({ academyCode: academy.code, classId, now: when })
const book = (viewer: Viewer, classId: string, when?: Date) => bookSeat(viewer, at(classId, when))
const leave = (viewer: Viewer, classId: string, when?: Date) => leaveSeat(viewer, at(classId, when))
const answer = (viewer: Viewer, classId: string, isAccepted: boolean, when?: Date) =>
  answerSeat(viewer, { ...at(classId, when), isAccepted })
const pageOf = async (viewer: Viewer, classId: string, when = now) => {
  const asked = { academyCode: academy.code, classId, actor: viewer, now: when }
  return (await findClassPage(asked))?.page
}
const seatOf = async (viewer: Viewer, classId: string) => {
  const [row] =
    await db.owner`select seat from enrolment where class_id = ${classId} and account_id = ${viewer.accountId}`
  return row?.seat
}
const toldOf = async (viewer: Viewer) =>
  (await db.owner`select kind from notice where account_id = ${viewer.accountId} order by id`).map((row) => row.kind)
const workers = (count: number) => Promise.all(Array.from({ length: count }, () => world.worker()))
/** A class of one seat that is taken, and those who wait for it in this order. */
async function fullClass(waiting: number, given: Parameters<typeof world.classOf>[1] = {}) {
  const { id } = await world.classOf(academy, { capacity: 1, hasWaitlist: true, ...given })
  const [first, ...others] = await workers(waiting + 1)
  await book(first!, id)
  for (const one of others) expect(await book(one, id)).toMatchObject({ ok: true, seat: 'waitlisted' })
  return { id, first: first!, others: others as [Viewer, Viewer, Viewer] }
}

test('a full class with a waitlist tells each who waits the own place in line, and nobody who the others are', async () => {
  const { id, others } = await fullClass(3)
  for (const [index, one] of others.entries()) {
    const page = await pageOf(one, id)
    expect(page?.line).toEqual({ position: index + 1, hold: { hours: 24, from: 8, until: 21 }, told: 'app' })
  }
  const stranger = await pageOf(await world.worker(), id)
  expect(stranger).toMatchObject({ state: { is: 'wait' }, waiting: 3, own: null, line: null })
})

test('a seat that is given back is offered to the first who waits, who is told, and is free for nobody else', async () => {
  const { id, first, others } = await fullClass(2)
  await leave(first, id)
  expect(await seatOf(others[0], id)).toBe('offered')
  expect(await toldOf(others[0])).toEqual(['seat.offered'])
  expect((await pageOf(others[0], id))?.own?.answerDueAt).toEqual(due)
  expect(await book(await world.worker(), id)).toMatchObject({ ok: true, seat: 'waitlisted' })
  expect(await answer(others[0], id, true)).toMatchObject({ ok: true, isNew: true, seat: 'enrolled' })
  expect(await answer(others[0], id, true)).toMatchObject({ ok: true, isNew: false, seat: 'enrolled' })
})

test('who lets an offered seat go hands it to the next at once', async () => {
  const { id, first, others } = await fullClass(2)
  await leave(first, id)
  expect(await answer(others[0], id, false)).toMatchObject({ ok: true, seat: 'withdrawn' })
  expect(await seatOf(others[1], id)).toBe('offered')
})

test('an offer can be taken until the very minute it ends, and not at it: the next has it then', async () => {
  const { id, first, others } = await fullClass(2)
  await leave(first, id)
  const late = await answer(others[0], id, true, due)
  expect(late).toEqual({ ok: false, reason: 'offer_expired' })
  expect(await seatOf(others[1], id)).toBe('offered')
  expect(await toldOf(others[0])).toEqual(['seat.offered', 'seat.offer_expired'])
  const again = await fullClass(1)
  await leave(again.first, again.id)
  const inTime = new Date(due.getTime() - 1)
  expect(await answer(again.others[0], again.id, true, inTime)).toMatchObject({ ok: true, seat: 'enrolled' })
})

test('a job that stands still shows nobody a wrong state: a page says that it is due, and settling it is safe to repeat', async () => {
  const { id, first, others } = await fullClass(2)
  await leave(first, id)
  expect((await pageOf(others[1], id, due))?.isDue).toBe(true)
  const settled = { academyCode: academy.code, classId: id, now: due }
  expect(await settleClass(settled)).toBe(true)
  expect(await settleClass(settled)).toBe(false)
  expect((await pageOf(others[1], id, due))?.own?.seat).toBe('offered')
})

test('the job finds the classes in which time has run out, and those alone', async () => {
  const { id, first, others } = await fullClass(1)
  await leave(first, id)
  const key = `${academy.code}/${id}`
  const runOut = async (at: string) => {
    await db.owner`update enrolment set answer_due_at = ${at} where class_id = ${id} and seat = 'offered'`
    await db.owner`update class set answers_due_at = ${at} where id = ${id}`
  }
  await runOut('2099-01-01')
  expect(await dueSeats.waiting()).not.toContain(key)
  await runOut('2026-11-11')
  expect(await dueSeats.waiting()).toContain(key)
  expect(await dueSeats.run(key, new AbortController().signal)).toBe(true)
  expect(await seatOf(others[0], id)).toBe('withdrawn')
  expect(await dueSeats.waiting()).not.toContain(key)
})

test('classes that cannot be settled, however many and long due, keep no other from being settled', async () => {
  const due = async (count: number, answersDueAt: string) =>
    Promise.all(Array.from({ length: count }, () => world.classOf(academy, { answersDueAt: shanghai(answersDueAt) })))
  const failing = await due(21, '2026-10-01T10:00:00')
  const [good] = await due(1, '2026-10-02T10:00:00')
  await db.owner.unsafe(`
    create table broken_class (id uuid primary key);
    create function break_class() returns trigger language plpgsql security definer as $$ begin
      if exists (select from broken_class b where b.id = new.id) then raise 'broken'; end if;
      return new;
    end $$;
    create trigger break_class before update on class for each row execute function break_class()`)
  for (const { id } of failing) await db.owner`insert into broken_class values (${id})`
  const jobs = startWorker([dueSeats], runtime())
  atEnd(() => jobs.stop(0))
  const dueAt = async (id: string) =>
    (await db.owner`select answers_due_at from class where id = ${id}`)[0]?.answers_due_at ?? null
  await expect.poll(() => dueAt(good!.id), { timeout: 20_000 }).toBeNull()
  expect(await dueAt(failing[0]!.id)).not.toBeNull()
})

test('who has another class at that time is passed over without losing the place in line', async () => {
  const { id, first, others } = await fullClass(2)
  const session = { startsAt: shanghai('2026-11-21T09:00:00'), endsAt: shanghai('2026-11-21T12:00:00') }
  await addSession(id, session)
  const elsewhere = await world.classOf(academy, { name: '同一天的班' })
  await addSession(elsewhere.id, {
    ...session,
    startsAt: shanghai('2026-11-21T11:59:00'),
    endsAt: shanghai('2026-11-21T13:00:00'),
  })
  await book(others[0], elsewhere.id)
  await leave(first, id)
  expect([await seatOf(others[0], id), await seatOf(others[1], id)]).toEqual(['waitlisted', 'offered'])
})

test('classes that follow one another without a gap are no clash; one minute of overlap is, and names the class', async () => {
  const [one, other] = [await world.classOf(academy, { name: '先报的班' }), await world.classOf(academy)]
  const startsAt = shanghai('2026-11-21T09:00:00')
  const endsAt = shanghai('2026-11-21T12:00:00')
  await addSession(one.id, { startsAt, endsAt })
  await addSession(other.id, { startsAt: endsAt, endsAt: shanghai('2026-11-21T15:00:00') })
  const worker = await world.worker()
  await book(worker, one.id)
  expect(await book(worker, other.id)).toMatchObject({ ok: true, seat: 'enrolled' })
  await leave(worker, other.id)
  await db.owner`update class_session set starts_at = ${shanghai('2026-11-21T11:59:00').toISOString()} where class_id = ${other.id}`
  const clash = { name: '先报的班', startsOn: '2026-11-21' }
  expect(await book(worker, other.id)).toEqual({ ok: false, reason: 'clash', clash })
  await leave(worker, one.id)
  expect(await book(worker, other.id)).toMatchObject({ ok: true })
})

test('an account that only claims a person learns nothing of where the person sits: the class is not named', async () => {
  const [one, other] = [await world.classOf(academy), await world.classOf(academy)]
  const time = { startsAt: shanghai('2026-11-21T09:00:00'), endsAt: shanghai('2026-11-21T12:00:00') }
  await addSession(one.id, time)
  await addSession(other.id, time)
  const { id: personId } = await world.person()
  await book(await world.worker({ personId, isConfirmed: true }), one.id)
  expect(await book(await world.worker({ personId }), other.id)).toEqual({ ok: false, reason: 'check_identity' })
})

test('after the cut-off a freed seat is offered to nobody any more, and the page says that the class head phones', async () => {
  const { id, first, others } = await fullClass(1, { enrolClosesAt: null })
  await leave(first, id, shanghai('2026-11-20T12:00:00'))
  expect(await seatOf(others[0], id)).toBe('waitlisted')
  expect((await pageOf(others[0], id, shanghai('2026-11-20T12:00:00')))?.line?.hold).toBeNull()
})

test('who leaves the line and comes back stands at its end', async () => {
  const { id, others } = await fullClass(3)
  await leave(others[0], id)
  await book(others[0], id)
  expect(await Promise.all(others.map(async (one) => (await pageOf(one, id))?.line?.position))).toEqual([3, 1, 2])
})

test('where the academy approves, a request is no seat: it is told when it lapses', async () => {
  const { id } = await world.classOf(academy, { needsApproval: true })
  const worker = await world.worker()
  expect(await book(worker, id)).toMatchObject({ ok: true, seat: 'requested' })
  const [row] = await db.owner`select taken from class where id = ${id}`
  expect(row?.taken).toBe(0)
  const lapsed = shanghai('2026-11-15T10:00:00')
  await settleClass({ academyCode: academy.code, classId: id, now: lapsed })
  expect(await toldOf(worker)).toEqual(['seat.request_expired'])
  expect((await pageOf(worker, id, lapsed))?.own).toMatchObject({ seat: 'withdrawn', ending: 'request_expired' })
})

test('what a class asks for is declared at the request, kept as declared, and checked', async () => {
  const { id } = await world.classOf(academy, { eligibleYears: 3, isForMembers: true })
  const worker = await world.worker()
  expect(await book(worker, id)).toEqual({ ok: false, reason: 'declare', rules: ['years', 'member'] })
  const ask = (yearsOfWork: number) => bookSeat(worker, { ...at(id), declared: { yearsOfWork, isUnionMember: true } })
  expect(await ask(2)).toEqual({ ok: false, reason: 'not_eligible', rules: ['years'] })
  expect(await ask(3)).toMatchObject({ ok: true, seat: 'enrolled' })
  const [row] = await db.owner`select years_of_work, is_union_member from enrolment where class_id = ${id}`
  expect(row).toEqual({ years_of_work: 3, is_union_member: true })
})

test('a worker has so many classes a year as the policy says, online ones aside', async () => {
  const worker = await world.worker()
  for (let n = 0; n < 10; n++) await book(worker, (await world.classOf(academy)).id)
  const online = await world.classOf(academy, { mode: 'online', capacity: null })
  expect(await book(worker, online.id)).toMatchObject({ ok: true })
  const next = await world.classOf(academy)
  const refused = await book(worker, next.id)
  expect(refused).toMatchObject({ ok: false, reason: 'limit', limit: { most: 10, year: 2026, hasMore: false } })
  expect(refused && 'limit' in refused && refused.limit?.classes).toHaveLength(10)
  const nextYear = await world.classOf(academy, { startsOn: '2027-01-09', endsOn: '2027-01-10', enrolClosesAt: null })
  expect(await book(worker, nextYear.id)).toMatchObject({ ok: true })
})

test('whose limit is reached reads which classes count: the account’s own, and all of them once an academy has confirmed who it is', async () => {
  const { id: personId } = await world.person()
  const elsewhere = await world.academy()
  const counts = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      world.classOf(elsewhere, { name: `已报的班${n}`, startsOn: `2026-11-${20 + n}`, endsOn: `2026-11-${20 + n}` }),
    ),
  )
  const claims = await world.worker({ personId })
  const proven = await world.worker({ personId, isConfirmed: true })
  const own = await bookSeat(claims, { academyCode: elsewhere.code, classId: counts[0]!.id, now })
  expect(own).toMatchObject({ ok: true })
  for (const of of counts.slice(1)) await world.enrolment(of, { personId })
  const next = await world.classOf(academy)
  const named = (n: number) => ({ name: `已报的班${n}`, startsOn: `2026-11-${20 + n}` })
  const limit = { most: 10, year: 2026 }
  expect(await book(claims, next.id)).toEqual({
    ...{ ok: false, reason: 'limit' },
    limit: { ...limit, classes: [named(0)], hasMore: true },
  })
  expect(await book(proven, next.id)).toEqual({
    ...{ ok: false, reason: 'limit' },
    limit: { ...limit, classes: counts.map((_, n) => named(n)), hasMore: false },
  })
})

test('every change of a seat is one event that says what it was, what happened, and in whose voice', async () => {
  const { id, first, others } = await fullClass(1)
  await leave(first, id)
  await answer(others[0], id, true)
  const events =
    await db.owner`select kind, detail->>'from' as was, detail->>'event' as event, detail->>'voice' as voice
    from audit_event where detail->>'classId' = ${id} order by id`
  expect(events.map(({ kind, was, event, voice }) => [kind, was, event, voice])).toEqual([
    ['seat.enrolled', null, 'request', 'worker'],
    ['seat.waitlisted', null, 'request', 'worker'],
    ['seat.withdrawn', 'enrolled', 'withdraw', 'worker'],
    ['seat.offered', 'waitlisted', 'offer', 'clock'],
    ['seat.enrolled', 'offered', 'accept', 'worker'],
  ])
})

async function addSession(classId: string, given: { startsAt: Date; endsAt: Date }) {
  const { startsAt, endsAt } = given
  await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
    values (${academy.id}, ${newId()}, ${classId}, ${startsAt.toISOString()}, ${endsAt.toISOString()}, 4)`
}
