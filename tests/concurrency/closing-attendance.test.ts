import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { takeSent } from '#app/features/attendance/sent.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { holdToClose, writeClosing } from '#app/features/training/close-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceSheet, classSession } from '#db/schema/index.ts'
import type { AttendanceMark } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 20 })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const at = (text: string) => new Date(`${text}+08:00`)
const now = at('2026-11-23T10:00')

/** A class that is over, with `count` workers and one session of four hours whose sheet the clock closed. */
async function over(count = 1) {
  const of = await world.classOf(academy)
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await world.enrolment(of)).id)
  const [sessionId, place] = [newId(), { academyId: academy.id, classId: of.id }]
  const times = { startsAt: at('2026-11-22T09:00'), endsAt: at('2026-11-22T12:00'), hours: 4 }
  await world.db.insert(classSession).values({ ...place, id: sessionId, ...times })
  await world.db.insert(attendanceSheet).values({ ...place, sessionId, closedAt: at('2026-11-23T09:00') })
  const asked = { viewer: admin, academyCode: academy.code, sessionId, now }
  /** Waits, having done its part, until it may commit. */
  const correct = (enrolmentId: string, mark: AttendanceMark, until = free, done = () => {}) =>
    as(admin, async (tx) => {
      const entries = [{ enrolmentId, mark, in: '', out: '', was: '//' }]
      const answer = await markByHand(tx, { ...asked, entries, reason: '核对录像', way: 'hand', wasClosed: true })
      done()
      await until
      return answer
    })
  const send = (enrolmentId: string) => {
    const mark = { id: newId(), at: at('2026-11-22T09:05').getTime(), kind: 'hand', enrolmentId } as const
    const said = { mark: 'present', in: null, out: null, reason: '没有网络' } as const
    return as(admin, (tx) => takeSent(tx, { ...asked, marks: [{ ...mark, ...said }] }))
  }
  const close = (until = free, done = () => {}) =>
    as(admin, async (tx) => {
      await holdToClose(tx, place)
      await writeClosing(tx, { viewer: admin, ...place, code: of.code, missing: [], because: null, now })
      done()
      await until
    })
  const hours = async () => {
    const rows = await db.owner`select id, hours_attended::float as hours from enrolment where class_id = ${of.id}`
    return new Map(rows.map((row) => [row.id as string, row.hours as number | null]))
  }
  return { ids, sessionId, correct, send, close, hours }
}

test('a correction that waits for the class to be closed finds it closed, and so does what a phone sends then', async () => {
  const { ids, correct, send, close, hours } = await over(2)
  const [closed, commit] = [gate(), gate()]
  const closing = close(commit.promise, closed.resolve)
  await closed.promise
  const late = Promise.all([correct(ids[0]!, 'present'), send(ids[1]!)])
  await expect.poll(waiting).toBe(2)
  commit.resolve()
  await closing
  const [corrected, sent] = await late
  expect(corrected).toEqual({ ok: false, reason: 'class_closed' })
  expect(sent).toMatchObject([{ ok: false, reason: 'locked' }])
  expect([...(await hours()).values()]).toEqual([null, null])
})

test('who closes a class waits for the correction that began before, and what it was closed with has that', async () => {
  const { ids, correct, close, hours } = await over()
  const [corrected, commit] = [gate(), gate()]
  const correcting = correct(ids[0]!, 'present', commit.promise, corrected.resolve)
  await corrected.promise
  let isClosed = false
  const closing = close(free, () => {
    isClosed = true
  })
  await expect.poll(waiting).toBe(1)
  expect(isClosed).toBe(false)
  commit.resolve()
  expect(await correcting).toEqual({ ok: true, changed: 1 })
  await closing
  expect((await hours()).get(ids[0]!)).toBe(4)
})

test('of many who correct, send and close at once nobody changes hours once the class is closed', async () => {
  const { ids, correct, send, close, hours } = await over(12)
  let atClosing: Map<string, number | null> | null = null
  const closing = () =>
    close().then(async () => {
      atClosing = await hours()
    })
  const answers = await Promise.all(
    ids.flatMap((id, n) => [n % 2 ? correct(id, 'present') : send(id), ...(n === 5 ? [closing()] : [])]),
  )
  const after = await hours()
  expect(atClosing).toEqual(after)
  const isTaken = (answer: unknown) => JSON.stringify(answer ?? '').includes('"ok":true')
  const [taken, counted] = [answers.filter(isTaken).length, [...after.values()].filter((one) => one === 4).length]
  expect(taken).toBe(counted)
})

const free = Promise.resolve()
function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}
async function waiting(): Promise<number> {
  const [row] = await db.owner`select count(*)::int as of from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return row?.of ?? 0
}
