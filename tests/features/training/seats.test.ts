import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
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

const now = new Date('2026-11-10T12:00:00+08:00')
const at = (classId: string) => ({ academyCode: academy.code, classId, now })
const book = (viewer: Viewer, classId: string) => bookSeat(viewer, at(classId))
const leave = (viewer: Viewer, classId: string) => leaveSeat(viewer, at(classId))
const stateOf = async (classId: string) => {
  const [row] = await db.owner`
    select c.taken, (select count(*)::int from enrolment e where e.class_id = c.id and e.seat = 'enrolled') as enrolled,
      (select count(*)::int from audit_event v where v.detail->>'classId' = c.id::text) as events
    from class c where c.id = ${classId}`
  return row
}

test('a worker whose identity nobody has confirmed may enrol, under the name of the account', async () => {
  const { id } = await world.classOf(academy)
  const worker = await world.worker({ name: '王合成' })
  expect(await book(worker, id)).toMatchObject({ ok: true, isNew: true })
  const [row] =
    await db.owner`select name, seat, account_id, phone_sealed is not null as has_phone, category from enrolment where class_id = ${id}`
  expect(row).toEqual({
    name: '王合成',
    seat: 'enrolled',
    account_id: worker.accountId,
    has_phone: true,
    category: null,
  })
  expect(await stateOf(id)).toEqual({ taken: 1, enrolled: 1, events: 1 })
})

test('a second click books nothing: one seat, one event, the same answer', async () => {
  const { id } = await world.classOf(academy)
  const worker = await world.worker()
  await book(worker, id)
  expect(await book(worker, id)).toMatchObject({ ok: true, isNew: false })
  expect(await stateOf(id)).toEqual({ taken: 1, enrolled: 1, events: 1 })
})

test('a seat given back is free for the next worker, and may be taken again', async () => {
  const { id } = await world.classOf(academy, { capacity: 1 })
  const [one, other] = [await world.worker(), await world.worker()]
  await book(one, id)
  expect(await book(other, id)).toEqual({ ok: false, reason: 'full' })
  expect(await leave(one, id)).toMatchObject({ ok: true, isNew: true })
  expect(await leave(one, id)).toMatchObject({ ok: true, isNew: false })
  expect(await book(other, id)).toMatchObject({ ok: true, isNew: true })
  expect(await book(one, id)).toEqual({ ok: false, reason: 'full' })
  await leave(other, id)
  expect(await book(one, id)).toMatchObject({ ok: true, isNew: true })
  expect(await stateOf(id)).toEqual({ taken: 1, enrolled: 1, events: 5 })
})

test('who asks again is judged by what is declared now: an earlier number does not stand in for one that can’t be read', async () => {
  const { id } = await world.classOf(academy, { eligibleYears: 3 })
  const worker = await world.worker()
  const ask = (declared: object) => bookSeat(worker, { ...at(id), declared })
  expect(await ask({ yearsOfWork: 5 })).toMatchObject({ ok: true, isNew: true })
  await leave(worker, id)
  expect(await ask({ yearsOfWork: null })).toEqual({ ok: false, reason: 'declare', rules: ['years'] })
  expect(await ask({ yearsOfWork: 2 })).toEqual({ ok: false, reason: 'not_eligible', rules: ['years'] })
  const [row] = await db.owner`select seat, years_of_work from enrolment where class_id = ${id}`
  expect(row).toEqual({ seat: 'withdrawn', years_of_work: 5 })
})

test('an unconfirmed account learns nothing of the person it claims: a place made elsewhere is a neutral refusal', async () => {
  const { id } = await world.classOf(academy)
  const { id: personId } = await world.person()
  await world.enrolment({ academyId: academy.id, id }, { personId })
  const claimant = await world.worker({ personId })
  expect(await book(claimant, id)).toEqual({ ok: false, reason: 'check_identity' })
  expect(await leave(claimant, id)).toEqual({ ok: false, reason: 'not_enrolled' })
})

test('a confirmed worker owns the place that a ledger or an earlier account made', async () => {
  const { id } = await world.classOf(academy)
  const { id: personId } = await world.person()
  await world.enrolment({ academyId: academy.id, id }, { personId })
  await db.owner`update class set taken = 1 where id = ${id}`
  const worker = await world.worker({ personId, isConfirmed: true })
  expect(await book(worker, id)).toMatchObject({ ok: true, isNew: false })
  expect(await leave(worker, id)).toMatchObject({ ok: true, isNew: true })
  expect(await stateOf(id)).toMatchObject({ taken: 0, enrolled: 0 })
})

test('once hours stand on it a seat cannot be given back', async () => {
  const { id } = await world.classOf(academy)
  const worker = await world.worker()
  await book(worker, id)
  await db.owner`update enrolment set hours_attended = 0 where class_id = ${id}`
  expect(await leave(worker, id)).toEqual({ ok: false, reason: 'recorded' })
})

test('a draft, a ledger’s class, another academy’s class and no class at all look the same: not there', async () => {
  const worker = await world.worker()
  const draft = await world.classOf(academy, { status: 'draft' })
  const ledger = await world.classOf(academy, { origin: 'ledger', capacity: null })
  const elsewhere = await world.classOf(await world.academy())
  for (const id of [draft.id, ledger.id, elsewhere.id, worker.accountId]) expect(await book(worker, id)).toBeNull()
})

test('staff have no seat to take', async () => {
  const { id } = await world.classOf(academy)
  expect(await book(await world.staff('academy_admin', academy), id)).toBeNull()
  expect(await stateOf(id)).toMatchObject({ taken: 0 })
})

test('whatever is enrolled and withdrawn in whatever order, the seats taken are the enrolled, never above capacity', async () => {
  const step = fc.record({ who: fc.nat(3), act: fc.constantFrom('book', 'leave') })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 25 }), async (capacity, steps) => {
      const { id } = await world.classOf(academy, { capacity })
      // New ones each time: a worker has so many classes a year.
      const workers = await Promise.all(Array.from({ length: 4 }, () => world.worker()))
      const seated = new Set<number>()
      for (const { who, act } of steps) {
        const answer = act === 'book' ? await book(workers[who]!, id) : await leave(workers[who]!, id)
        const expected = act === 'book' ? seated.has(who) || seated.size < capacity : answer?.ok
        expect(answer?.ok).toBe(expected)
        if (answer?.ok) seated[act === 'book' ? 'add' : 'delete'](who)
        expect(await stateOf(id)).toMatchObject({ taken: seated.size, enrolled: seated.size })
      }
    }),
    { numRuns: 25 },
  )
})
