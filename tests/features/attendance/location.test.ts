import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { actOnCheckIn, findCheckInPage } from '#app/features/attendance/check-in-page.server.ts'
import { screenCode } from '#app/features/attendance/codes.server.ts'
import { dueLocations, listLocked } from '#app/features/attendance/due-locations.server.ts'
import { askLocation } from '#app/features/attendance/location.server.ts'
import { readLocation, roughly } from '#app/features/attendance/location.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { attendanceLocation, classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [admin, head, teacher]: Viewer[] = []
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  head = await world.staff('instructor', academy)
  teacher = await world.staff('instructor', academy)
})

const shown = new Date('2026-11-21T09:00:00+08:00')

async function meeting() {
  const of = await world.taughtClass(teacher!, { endsOn: '2026-11-21' })
  const headed = { academyId: academy.id, classId: of.id, accountId: head!.accountId, role: 'head' }
  await world.db.insert(classStaff).values(headed)
  const sessionId = of.sessions[0]!.id
  const worker = await world.worker()
  const { id: enrolmentId } = await world.enrolment(of, { accountId: worker.accountId })
  return { ...of, sessionId, worker, enrolmentId }
}
type Of = Awaited<ReturnType<typeof meeting>>

const ask = (viewer: Viewer, { id: classId }: Of, isAsked = true) =>
  as(viewer, (tx) => askLocation(tx, { viewer, classId, isAsked, now: shown }))
function checkIn({ sessionId, worker }: Of, place: Record<string, string>) {
  const form = new FormData()
  const { code } = screenCode({ sessionId, act: 'in' }, shown)
  for (const [name, value] of Object.entries({ intent: 'code', code, ...place })) form.set(name, value)
  return actOnCheckIn(worker, { form, now: shown })
}
const there = { latitude: '23.128861', longitude: '113.264434', accuracy: '23.7' }
const kept = ({ sessionId }: Of) => db.owner`
  select act, latitude::float, longitude::float, accuracy from attendance_location where session_id = ${sessionId}`
const sheet = (viewer: Viewer, { sessionId }: Of) =>
  findSheetPage(viewer, { academyCode: academy.code, sessionId, after: null, now: shown })
const isAskedOf = async ({ worker }: Of) =>
  (await findCheckInPage(worker, { code: '', origin: 'https://x.test', now: shown })).meetings[0]?.asksLocation

test('a position is rounded to about 100 m, never surer than that; what could be none is none', () => {
  const rough = { latitude: 23.129, longitude: 113.264, accuracy: 100 }
  expect(roughly({ latitude: 23.128861, longitude: 113.264434, accuracy: 4 })).toEqual(rough)
  expect(roughly({ ...rough, accuracy: 100.5 })).toMatchObject({ accuracy: 200 })
  expect(roughly({ ...rough, accuracy: 100_000 })).toMatchObject({ accuracy: 100_000 })
  for (const bad of [{ latitude: 90.1 }, { longitude: -180.1 }, { accuracy: 100_001 }, { accuracy: Number.NaN }])
    expect(roughly({ ...rough, ...bad })).toBeNull()
  const read = (typed: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(typed)) form.set(name, value)
    return readLocation(form)
  }
  expect(read(there)).toEqual(rough)
  for (const bad of ['', 'NaN', '1e1', '=1', '0x10', '1234567'])
    expect(read({ ...there, latitude: bad }), bad).toBeNull()
  expect(read({})).toBeNull()
})

test('no class asks for a position until its head or an administrator says so, which is recorded; an instructor or stranger does not', async () => {
  const of = await meeting()
  const stranger = await world.staff('academy_admin', await world.academy())
  expect(await isAskedOf(of)).toBe(false)
  for (const viewer of [teacher!, stranger]) expect(await ask(viewer, of)).toBeNull()
  expect(await isAskedOf(of)).toBe(false)
  expect(await ask(head!, of)).toEqual({ ok: true })
  expect(await isAskedOf(of)).toBe(true)
  expect(await ask(admin!, of, false)).toEqual({ ok: true })
  expect(await isAskedOf(of)).toBe(false)
  const events = await db.owner`select actor_account_id as by, detail from audit_event
    where kind = 'attendance.location_asked' and subject_id = ${of.id} order by id`
  expect(events.map(({ by, detail }) => [by, detail.isAsked])).toEqual([
    [head!.accountId, true],
    [admin!.accountId, false],
  ])
})

test('a position is kept roughly beside the check-in where the class asks; where it does not, none is kept, whatever is sent', async () => {
  const [asks, not] = [await meeting(), await meeting()]
  await ask(head!, asks)
  for (const of of [asks, not]) expect(await checkIn(of, there)).toMatchObject({ ok: true, isNew: true })
  expect(await kept(asks)).toEqual([{ act: 'in', latitude: 23.129, longitude: 113.264, accuracy: 100 }])
  expect(await kept(not)).toEqual([])
})

test('without a position, or with one that is none, the worker checks in all the same', async () => {
  for (const place of [{}, { ...there, latitude: 'planted' }]) {
    const of = await meeting()
    await ask(head!, of)
    expect(await checkIn(of, place)).toMatchObject({ ok: true, isNew: true })
    expect(await kept(of)).toEqual([])
  }
})

test('the class’s own people see positions on its sheet; no other worker, academy or sponsor reads one, and nobody writes one', async () => {
  const of = await meeting()
  await ask(head!, of)
  await checkIn(of, there)
  for (const viewer of [admin!, teacher!])
    expect((await sheet(viewer, of))?.rows[0]?.locations).toMatchObject([{ act: 'in', latitude: 23.129 }])
  const elsewhere = await world.academy()
  const strangers = [
    await world.worker(),
    of.worker,
    await world.staff('academy_admin', elsewhere),
    await world.staff('instructor', academy),
  ]
  for (const viewer of strangers)
    expect(await as(viewer, (tx) => tx.select().from(attendanceLocation)), viewer.role).toEqual([])
  const { sessionId, enrolmentId, id: classId, worker } = of
  const row = { academyId: academy.id, classId, sessionId, enrolmentId, act: 'out', at: shown }
  for (const viewer of [worker, teacher!, admin!])
    await expect(
      as(viewer, (tx) => tx.insert(attendanceLocation).values({ ...row, latitude: 1, longitude: 1, accuracy: 100 })),
    ).rejects.toMatchObject({ status: 404 })
})

test('positions are removed once the class’s sheets are locked, and not a day before', async () => {
  const of = await meeting()
  await ask(head!, of)
  await checkIn(of, there)
  const id = `${academy.id}/${of.id}`
  expect(await listLocked(new Date('2026-12-06T23:59:59+08:00'))).not.toContain(id)
  expect(await listLocked(new Date('2026-12-07T00:00:00+08:00'))).toContain(id)
  expect(await dueLocations.run(id, new AbortController().signal)).toBe(true)
  expect(await kept(of)).toEqual([])
})
