import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Many connections at once, so that the database, not the pool, decides who comes first. */
const CONNECTIONS = 45

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
beforeAll(async () => {
  db = await freshDatabase({ max: CONNECTIONS })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
})

const now = new Date('2026-11-10T12:00:00+08:00')
const count = async (classId: string) => {
  const [row] = await db.owner`
    select c.taken, (select count(*)::int from enrolment e where e.class_id = c.id and e.seat = 'enrolled') as enrolled
    from class c where c.id = ${classId}`
  return row
}

test('200 workers at once for 30 seats: exactly 30 sit, 170 are told that it is full, nothing deadlocks', {
  timeout: 60_000,
}, async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { capacity: 30 })
  const workers = []
  for (let i = 0; i < 200; i++) workers.push(await world.worker())
  const answers = await Promise.all(
    workers.map((worker) => bookSeat(worker, { academyCode: academy.code, classId: id, now })),
  )
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(30)
  expect(answers.filter((answer) => answer && !answer.ok && answer.reason === 'full')).toHaveLength(170)
  expect(await count(id)).toEqual({ taken: 30, enrolled: 30 })
})

test('50 identical posts at once are one seat and one event', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy)
  const worker = await world.worker()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => bookSeat(worker, { academyCode: academy.code, classId: id, now })),
  )
  expect(answers.every((answer) => answer?.ok)).toBe(true)
  expect(answers.filter((answer) => answer?.ok && answer.isNew)).toHaveLength(1)
  expect(await count(id)).toEqual({ taken: 1, enrolled: 1 })
  const [events] =
    await db.owner`select count(*)::int from audit_event where kind = 'seat.enrolled' and detail->>'classId' = ${id}`
  expect(events?.count).toBe(1)
})

test('two accounts of one person at once are one seat', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy)
  const { id: personId } = await world.person()
  const accounts = await Promise.all(Array.from({ length: 8 }, () => world.worker({ personId })))
  const answers = await Promise.all(
    accounts.map((worker) => bookSeat(worker, { academyCode: academy.code, classId: id, now })),
  )
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  expect(answers.filter((answer) => answer && !answer.ok && answer.reason === 'check_identity')).toHaveLength(7)
})

test('workers coming and going at once never leave a seat counted twice or lost', { timeout: 60_000 }, async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { capacity: 5 })
  const workers = []
  for (let i = 0; i < 20; i++) workers.push(await world.worker())
  const request = { academyCode: academy.code, classId: id, now }
  await Promise.all(
    workers.map(async (worker, i) => {
      for (let round = 0; round < 6; round++)
        await ((i + round) % 2 === 0 ? bookSeat(worker, request) : leaveSeat(worker, request))
    }),
  )
  const row = await count(id)
  expect(row?.taken).toBe(row?.enrolled)
  expect(row?.taken).toBeLessThanOrEqual(5)
})

test('the database itself refuses a seat above the capacity, should the lock ever be forgotten', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy, { capacity: 1 })
  await expect(db.owner`update class set taken = 2 where id = ${id}`).rejects.toMatchObject({ code: '23514' })
})
