import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 10 })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-21T10:00:00+08:00')
async function running() {
  const of = await world.classOf(academy)
  const { id: enrolmentId } = await world.enrolment(of)
  const id = newId()
  const [startsAt, endsAt] = [new Date('2026-11-21T09:00:00+08:00'), new Date('2026-11-21T12:00:00+08:00')]
  await world.db
    .insert(classSession)
    .values({ academyId: academy.id, classId: of.id, id, hours: 4, kind: 'practical', startsAt, endsAt })
  const session = { viewer: admin, sessionId: id, now }
  const entries = [{ enrolmentId, mark: 'present', in: '', out: '', was: '//' }]
  const sheet = { ...session, academyCode: academy.code, entries, reason: '没带手机', wasClosed: false }
  const asked = { ...session, academyId: academy.id, classId: of.id, reason: '停电' }
  /** Each waits, having done its part, until it may commit. */
  const mark = (until: Promise<void>, done = () => {}) =>
    as(admin, async (tx) => {
      const answer = await markByHand(tx, { ...sheet, way: 'hand' })
      done()
      await until
      return answer
    })
  const cancel = (until: Promise<void>, done = () => {}) =>
    as(admin, async (tx) => {
      const answer = await cancelSession(tx, asked)
      if (answer?.ok) await recountHours(tx, asked)
      done()
      await until
      return answer
    })
  return { id, mark, cancel }
}
const free = Promise.resolve()
function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}
/** Until a connection waits for a lock of another. */
async function untilSomebodyWaits() {
  for (let tries = 0; tries < 2000; tries += 1) {
    const [row] = await db.owner`select count(*)::int from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    if (row?.count > 0) return
  }
  throw new Error('nobody waits')
}

test('who cancels while a mark is being kept waits for it, and is told that somebody came', async () => {
  const { mark, cancel } = await running()
  const [marked, commit] = [gate(), gate()]
  const first = mark(commit.promise, marked.resolve)
  await marked.promise
  const second = cancel(free)
  await untilSomebodyWaits()
  commit.resolve()
  expect(await first).toEqual({ ok: true, changed: 1 })
  expect(await second).toEqual({ ok: false, reason: 'marked' })
})

test('who marks while the session is being cancelled waits for it, and finds no session', async () => {
  const { id, mark, cancel } = await running()
  const [cancelled, commit] = [gate(), gate()]
  const first = cancel(commit.promise, cancelled.resolve)
  await cancelled.promise
  const second = mark(free)
  await untilSomebodyWaits()
  commit.resolve()
  expect(await first).toEqual({ ok: true, isNew: true })
  expect(await second).toBeNull()
  expect(await db.owner`select from attendance_mark where session_id = ${id} and mark is not null`).toHaveLength(0)
})

test('of a mark and a cancellation at once, twenty times over, one holds', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id, mark, cancel } = await running()
    const [marked, cancelled] = await Promise.all([mark(free), cancel(free)])
    expect([marked?.ok ?? false, cancelled?.ok]).toEqual(marked ? [true, false] : [false, true])
    const [row] = await db.owner`select s.status, count(m.mark)::int as marks from class_session s
      left join attendance_mark m on m.session_id = s.id where s.id = ${id} group by s.status`
    expect(row).toEqual(marked ? { status: 'planned', marks: 1 } : { status: 'cancelled', marks: 0 })
  }
})
