import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { registerWorker } from '#app/features/accounts/register.server.ts'
import { mergePersons } from '#app/features/certification/merge-persons.server.ts'
import { planMerge } from '#app/features/certification/merge-plan.server.ts'
import { takeTurn } from '#app/features/ledger/import.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { bookSeat } from '#app/features/training/seats.server.ts'
import { base, documentOf, importRows, makeAcademies } from '#tests/features/ledger/ledgers.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let handler: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 20 })
  world = trainingWorld(db)
  handler = await mendingWorld(db).official('provincial_handler')
  await as(system('setup'), loadPolicy)
  await makeAcademies(db)
})

const now = new Date('2026-11-10T12:00:00+08:00')
type Pair = { keptId: string; mergedId: string }
const planned = (pair: Pair) => as(handler, (tx) => planMerge(tx, { ...pair, now }))
async function merge(pair: Pair, was?: string) {
  const mark = was ?? (await planned(pair)).mark
  return as(handler, (tx) =>
    mergePersons(tx, { ...pair, viewer: handler, isConfirmed: true, was: mark, reason: '同一人', now }),
  )
}

test('many who merge one pair at once merge it once, and all are told that it is merged', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await world.classOf(await world.academy())
  await world.enrolment(of, { personId: merged.id, hoursAttended: 16 })
  const pair = { keptId: kept.id, mergedId: merged.id }
  const { mark } = await planned(pair)
  const answers = await Promise.all(Array.from({ length: 12 }, () => merge(pair, mark)))
  expect(answers.every((answer) => answer?.ok)).toBe(true)
  expect(answers.filter((answer) => answer?.ok && answer.isNew)).toHaveLength(1)
  expect(await db.owner`select 1 from person_revision where person_id = ${merged.id}`).toHaveLength(1)
})

test('two who merge one pair in both directions: one wins, and nobody points to itself', async () => {
  const [one, other] = [await world.person(), await world.person()]
  const ways = [
    { keptId: one.id, mergedId: other.id },
    { keptId: other.id, mergedId: one.id },
  ]
  const answers = await Promise.all(ways.map((pair) => merge(pair)))
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  const rows = await db.owner`select 1 from person where id in (${one.id}, ${other.id}) and merged_into is not null`
  expect(rows).toHaveLength(1)
})

test('while a ledger is imported nobody is merged: the answer comes at once', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  await as(system('ledger'), async (tx) => {
    await takeTurn(tx)
    expect(await merge({ keptId: kept.id, mergedId: merged.id })).toEqual({ ok: false, reason: 'busy' })
  })
})

test('a ledger that comes while a merge runs waits for it, and its rows are the kept person’s', async () => {
  await importRows([base, { ...base, documentNumber: documentOf(2), classCode: 'B' }])
  const ids = await db.owner<
    { person: string }[]
  >`select e.person_id as person from enrolment e join class c on c.id = e.class_id
    join academy y on y.id = c.academy_id where y.code = 'GD01' order by c.code`
  const pair = { keptId: ids[0]!.person, mergedId: ids[1]!.person }
  const { mark } = await planned(pair)
  let imported: ReturnType<typeof importRows> | undefined
  await as(handler, async (tx) => {
    const input = { ...pair, viewer: handler, isConfirmed: true, was: mark, reason: '同一人', now }
    expect(await mergePersons(tx, input)).toEqual({ ok: true, isNew: true })
    imported = importRows([{ ...base, documentNumber: documentOf(2), classCode: 'C' }])
    await waitUntilSomebodyWaits()
  })
  expect(await imported).toMatchObject({ created: 1, errors: [] })
  const [row] = await db.owner`select e.person_id from enrolment e join class c on c.id = e.class_id where c.code = 'C'`
  expect(row?.person_id).toBe(pair.keptId)
})

test('whoever books a seat or registers while a merge runs belongs to the person kept', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const academy = await world.academy()
  const of = await world.classOf(academy)
  const worker = await world.worker({ personId: merged.id })
  const pair = { keptId: kept.id, mergedId: merged.id }
  const { mark } = await planned(pair)
  let booked: ReturnType<typeof bookSeat> | undefined
  let registered: Promise<unknown> | undefined
  await as(handler, async (tx) => {
    const input = { ...pair, viewer: handler, isConfirmed: true, was: mark, reason: '同一人', now }
    expect(await mergePersons(tx, input)).toMatchObject({ ok: true })
    booked = bookSeat(worker, { academyCode: academy.code, classId: of.id, now })
    registered = as(system('register'), (register) =>
      registerWorker(register, {
        name: '张合成',
        document: { type: 'resident_id', number: merged.document, birthDate: null },
        phone: '13700001234',
        passwordHash: 'none',
        now,
      }),
    )
    await waitUntilSomebodyWaits(2)
  })
  expect(await booked).toMatchObject({ ok: true })
  await registered
  expect(await db.owner`select person_id from enrolment where class_id = ${of.id}`).toEqual([{ person_id: kept.id }])
  expect(await db.owner`select 1 from account where person_id = ${merged.id}`).toHaveLength(0)
  expect(await db.owner`select 1 from account where person_id = ${kept.id}`).toHaveLength(2)
})

/** Until so many connections wait for a lock. */
async function waitUntilSomebodyWaits(many = 1): Promise<void> {
  for (;;) {
    const [row] = await db.owner<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    if (row!.waiting >= many) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
