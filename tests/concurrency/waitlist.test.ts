import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { FORM_KEY } from '#app/features/once/once.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { answerRequests } from '#app/features/training/desk-seats.server.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { answerSeat, bookSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Many connections at once, so that the database, not the pool, decides who comes first. */
const CONNECTIONS = 45
const WORKERS = 120
const now = new Date('2026-11-10T10:00:00+08:00')
const due = new Date('2026-11-11T21:00:00+08:00')

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let workers: Viewer[]
beforeAll(async () => {
  db = await freshDatabase({ max: CONNECTIONS })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  workers = await Promise.all(Array.from({ length: WORKERS }, () => world.worker()))
}, 60_000)

const at = (classId: string, when = now) => ({ academyCode: academy.code, classId, now: when })
const seatsOf = async (classId: string) => {
  const rows = await db.owner`select seat, count(*)::int from enrolment where class_id = ${classId} group by 1`
  const [row] = await db.owner`select taken from class where id = ${classId}`
  return { taken: row?.taken, ...Object.fromEntries(rows.map(({ seat, count }) => [seat, count])) }
}
/** A class of so many seats that are taken, and so many who wait. */
async function full(capacity: number, waiting: number) {
  const { id } = await world.classOf(academy, {
    capacity,
    hasWaitlist: true,
    startsOn: '2027-11-21',
    endsOn: '2027-11-22',
    enrolClosesAt: null,
  })
  const of = await Promise.all(Array.from({ length: capacity + waiting }, () => world.worker()))
  for (const one of of) await bookSeat(one, at(id))
  return { id, sitting: of.slice(0, capacity), waiting: of.slice(capacity) }
}

test('five times, 120 workers at once for 30 seats: exactly 30 sit, the others wait in the order of their commits, nothing deadlocks', {
  timeout: 90_000,
}, async () => {
  for (let run = 0; run < 5; run++) {
    const { id } = await world.classOf(academy, { capacity: 30, hasWaitlist: true })
    const answers = await Promise.all(workers.map((worker) => bookSeat(worker, at(id))))
    expect(answers.every((answer) => answer?.ok)).toBe(true)
    expect(await seatsOf(id)).toEqual({ taken: 30, enrolled: 30, waitlisted: WORKERS - 30 })
    const [line] = await db.owner`
      select array_agg(e.line_number order by v.id) as by_event, max(e.line_number) as last from enrolment e
      join audit_event v on v.subject_id = e.id and v.kind = 'seat.waitlisted' where e.class_id = ${id}`
    expect(line?.by_event).toEqual(Array.from({ length: WORKERS - 30 }, (_, index) => index + 1))
  }
})

test('every cancel promotes exactly one: as many as leave at once are offered a seat, the first of the line', async () => {
  const { id, sitting, waiting } = await full(6, 12)
  await Promise.all(sitting.map((worker) => leaveSeat(worker, at(id))))
  expect(await seatsOf(id)).toEqual({ taken: 6, withdrawn: 6, offered: 6, waitlisted: 6 })
  const offered = await db.owner`select account_id from enrolment where class_id = ${id} and seat = 'offered'`
  expect(new Set(offered.map((row) => row.account_id))).toEqual(
    new Set(waiting.slice(0, 6).map((one) => one.accountId)),
  )
})

test('an offer that runs out while it is taken is settled one way: the worker sits, or the next has the seat', async () => {
  for (let run = 0; run < 8; run++) {
    const { id, sitting, waiting } = await full(1, 2)
    await leaveSeat(sitting[0]!, at(id))
    const inTime = new Date(due.getTime() - 1)
    const accept = () => answerSeat(waiting[0]!, { ...at(id, inTime), isAccepted: true })
    const expire = () => settleClass({ academyCode: academy.code, classId: id, now: due })
    const both = run % 2 === 0 ? [accept(), expire()] : [expire(), accept()]
    const answers = await Promise.all(both)
    const taken = answers.find((answer) => typeof answer === 'object')
    const expected = taken?.ok
      ? { taken: 1, enrolled: 1, withdrawn: 1, waitlisted: 1 }
      : { taken: 1, withdrawn: 2, offered: 1 }
    expect(await seatsOf(id)).toEqual(expected)
    if (!taken?.ok) expect(taken).toEqual({ ok: false, reason: 'offer_expired' })
  }
})

test('one form sent 50 times at once is one effect and fifty equal answers; with another body its key is refused', async () => {
  const { id } = await world.classOf(academy, { capacity: 5, hasWaitlist: true })
  const worker = await world.worker()
  const form = new FormData()
  form.set(FORM_KEY, newId())
  form.set('intent', 'enrol')
  const send = () => bookSeat(worker, { ...at(id), sent: readSentForm(form, id) })
  const answers = await Promise.all(Array.from({ length: 50 }, send))
  for (const answer of answers) expect(answer).toEqual({ ok: true, isNew: true, seat: 'enrolled', courseSlug: null })
  expect(answers).toHaveLength(50)
  expect(await db.owner`select 1 from audit_event where detail->>'classId' = ${id}`).toHaveLength(1)
  await leaveSeat(worker, at(id))
  expect(await send()).toMatchObject({ ok: true, seat: 'enrolled', isNew: true }) // what it did then, not again
  expect(await seatsOf(id)).toEqual({ taken: 0, withdrawn: 1 })
  form.set('choose', 'on')
  expect(await send()).toEqual({ ok: false, reason: 'form_reused' })
})

test('a worker who asks for eight classes at one time at once sits in one, and is told of it for the others', async () => {
  const time = { starts: '2027-06-01T09:00+08', ends: '2027-06-01T12:00+08' }
  const classes = []
  for (let n = 0; n < 8; n++) {
    const elsewhere = await world.academy()
    const { id } = await world.classOf(elsewhere, { startsOn: '2027-06-01', endsOn: '2027-06-01', enrolClosesAt: null })
    await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      values (${elsewhere.id}, ${newId()}, ${id}, ${time.starts}, ${time.ends}, 4)`
    classes.push({ academyCode: elsewhere.code, classId: id })
  }
  const worker = await world.worker()
  const answers = await Promise.all(classes.map((one) => bookSeat(worker, { ...one, now })))
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  expect(answers.filter((answer) => answer && !answer.ok && answer.reason === 'clash')).toHaveLength(7)
  expect(
    await db.owner`select 1 from worker_time t join enrolment e on e.id = t.enrolment_id where e.account_id = ${worker.accountId}`,
  ).toHaveLength(1)
})

test('two academies that approve the same workers at once, in opposite orders, seat each worker once and hang nobody', async () => {
  const both = []
  for (const _ of [1, 2]) {
    const of = await world.academy()
    const { id } = await world.classOf(of, { capacity: 30, needsApproval: true })
    await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      values (${of.id}, ${newId()}, ${id}, '2026-11-21T09:00+08', '2026-11-21T12:00+08', 4)`
    both.push({ of, id, admin: await world.staff('academy_admin', of) })
  }
  const some = await Promise.all(Array.from({ length: 12 }, () => world.worker()))
  const [one, other] = both as [(typeof both)[0], (typeof both)[0]]
  for (const worker of some) await bookSeat(worker, { academyCode: one.of.code, classId: one.id, now })
  for (const worker of some.toReversed()) await bookSeat(worker, { academyCode: other.of.code, classId: other.id, now })
  const approve = async ({ id, admin }: typeof one) => {
    const ids = (await db.owner<{ id: string }[]>`select id from enrolment where class_id = ${id}`).map((row) => row.id)
    return answerRequests(admin, { classId: id, ids, isApproved: true, reason: '', sent: null, now })
  }
  const answers = await Promise.all(both.map(approve))
  const changed = answers.reduce((sum, answer) => sum + (answer?.ok ? answer.changed : 0), 0)
  expect(changed).toBe(12)
  const seated = await db.owner`select count(distinct person_id)::int as persons, count(*)::int as seats from enrolment
    where class_id in (${one.id}, ${other.id}) and seat = 'enrolled'`
  expect(seated[0]).toEqual({ persons: 12, seats: 12 })
})
