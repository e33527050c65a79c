import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { measureSites } from '#app/features/academies/site-rooms.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { changeSession } from '#app/features/training/change-session.server.ts'
import { changeCapacity } from '#app/features/training/class-changes.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { findCopy } from '#app/features/training/copy-class.server.ts'
import { listMonth } from '#app/features/training/month.server.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { listChanges } from '#app/features/training/session-changes.server.ts'
import { type SessionEntry, sessionMark } from '#app/features/training/session-entry.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { saidChange, saidObstacle } from '#app/features/training/session-say.ts'
import { peakOf, readStations, saidPlace } from '#app/features/training/stations.ts'
import { newId } from '#app/lib/ids.ts'
import { site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')
async function place(room: { seats?: number; workstations?: number } = { workstations: 20 }) {
  const [id, name] = [newId(), `实训楼${newId()}`]
  await world.db.insert(site).values({ academyId: academy.id, id, name, address: '示例路1号', ...room })
  return { id, name }
}
const classAt = (siteId: string, given: Parameters<typeof world.classOf>[1] = {}) =>
  world.classOf(academy, { siteId, capacity: 5, ...given })
const entry = (given: Partial<SessionEntry> = {}): SessionEntry => ({
  ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '' },
  ...{ siteId: '', firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
})
const range = (first: number | string, last: number | string) => ({
  firstStation: String(first),
  lastStation: String(last),
})
type Of = { id: string }
const request = (of: Of) => ({ viewer: admin, academyId: academy.id, classId: of.id, now })
const add = (of: Of, given?: Partial<SessionEntry>) =>
  as(admin, (tx) => addSession(tx, { ...request(of), entry: entry(given) }))
const one = async (of: Of) => (await as(admin, (tx) => listSessions(tx, request(of))))[0]!
const change = async (of: Of, given: Partial<SessionEntry>) => {
  const session = await one(of)
  const typed = entry({ was: sessionMark(session), reason: '设备检修', ...given })
  return as(admin, (tx) => changeSession(tx, { ...request(of), sessionId: session.id, entry: typed }))
}
const done = { ok: true, isNew: true }

test('two numbers in order are a range, two empty ones the whole place, anything else is a fault', () => {
  expect(readStations({ first: '3', last: '8' })).toEqual({ first: 3, last: 8 })
  expect(readStations({ first: '３', last: ' 3 ' })).toEqual({ first: 3, last: 3 })
  expect(readStations({ first: '', last: ' ' })).toBeNull()
  for (const [first, last] of [
    ['3', ''],
    ['', '3'],
    ['0', '3'],
    ['8', '3'],
    ['1', '10001'],
    ['1.5', '3'],
    ['-1', '3'],
    ['一', '三'],
  ] as const)
    expect(readStations({ first, last })).toBeUndefined()
})

test('classes that follow each other are not there at once: the most at one moment counts', () => {
  const at = (from: number, to: number, workers = 0) => ({ startsAt: new Date(from), endsAt: new Date(to), workers })
  expect(peakOf(at(9, 12), [at(9, 10, 4), at(10, 12, 6), at(8, 9, 90), at(12, 13, 90)])).toBe(6)
  expect(peakOf(at(9, 12), [at(8, 11, 4), at(10, 12, 6)])).toBe(10)
  expect(peakOf(at(9, 12), [])).toBe(0)
})

test('two small classes share a workshop; a third that meets one of them is told which class and which workstations', async () => {
  const { id, name } = await place()
  const [one, other, third] = [await classAt(id), await classAt(id), await classAt(id)]
  expect(await add(one, range(1, 5))).toEqual(done)
  expect(await add(other, range(6, 10))).toEqual(done)
  const refused = await add(third, range(10, 14))
  expect(refused).toMatchObject({ ok: false, reason: 'site_taken', clash: { classCode: other.code } })
  if (refused?.ok !== false || refused.reason !== 'site_taken') throw new Error('not refused')
  expect(saidObstacle('zh-CN', refused)).toContain(
    `${name}（6—10号工位）在11月21日周六9:00—12:00已有“${other.name}”的课`,
  )
  expect(saidObstacle('en', refused)).toContain(`${name} (workstations 6–10) is taken`)
  expect(await add(third, range(11, 15))).toEqual(done)
})

test('the database itself keeps one workstation from two sessions, and half a range from being written', async () => {
  const { id } = await place()
  const [one, other] = [await classAt(id), await classAt(id)]
  await add(one, range(1, 5))
  const insert = (first: number | null, last: number | null, siteId: string | null = id) =>
    db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours, site_id, first_station, last_station)
      values (${academy.id}, ${newId()}, ${other.id}, '2026-11-21T11:00+08', '2026-11-21T13:00+08', 2, ${siteId}, ${first}, ${last})`
  await expect(insert(5, 9)).rejects.toMatchObject({ code: '23P01' })
  await expect(insert(null, null)).rejects.toMatchObject({ code: '23P01' })
  for (const [first, last] of [
    [6, null],
    [null, 6],
    [9, 6],
    [0, 6],
    [1, 10_001],
  ] as const)
    await expect(insert(first, last)).rejects.toMatchObject({ code: '23514' })
  await expect(insert(6, 9, null)).rejects.toMatchObject({ code: '23514' })
  await insert(6, 9)
})

test('a class has no more seats than workstations it holds in practical sessions, and none that the place has not', async () => {
  const { id } = await place({ workstations: 8 })
  const of = await classAt(id)
  expect(await add(of, range(1, 4))).toEqual({ ok: false, reason: 'no_room', limit: { is: 'stations', most: 4 } })
  expect(await add(of, { ...range(1, 4), kind: 'theory' })).toEqual(done)
  expect(await change(of, { ...range(4, 9), kind: 'theory' })).toEqual({ ok: false, reason: 'no_stations', most: 8 })
  expect(await add(of, { ...range(8, 3), date: '2026-11-22' })).toMatchObject({
    reason: 'faults',
    faults: [{ field: 'firstStation', fault: 'stations' }],
  })
  const unsaid = await classAt((await place({})).id)
  expect(await add(unsaid, range(101, 105))).toEqual(done)
})

test('more seats for a class that shares its room are what the other class leaves', async () => {
  const { id } = await place({ seats: 16, workstations: 40 })
  const [one, other] = [await classAt(id), await classAt(id)]
  await add(one, range(1, 20))
  await add(other, { ...range(21, 40), from: '10:00', to: '14:00' })
  const grow = (of: Of, capacity: number, was = 5) =>
    changeCapacity(admin, { classId: of.id, capacity, was, now, sent: null })
  expect(await grow(one, 12)).toEqual({ ok: false, reason: 'no_room' })
  expect(await grow(one, 11)).toEqual(done)
  expect(await grow(other, 6)).toEqual({ ok: false, reason: 'no_room' })
})

test('other workstations are a change that the workers are told, and stand where sessions are listed', async () => {
  const { id, name } = await place()
  const of = await classAt(id)
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  await add(of, range(1, 5))
  expect(await change(of, range(6, 10))).toEqual(done)
  const [changed] = await as(admin, (tx) => listChanges(tx, request(of)))
  expect(saidChange('zh-CN', changed!)).toBe(
    `11月21日周六9:00—12:00，${name}（1—5号工位） → 11月21日周六9:00—12:00，${name}（6—10号工位）`,
  )
  const { notices } = await as(worker, (tx) => listNotices(tx, { accountId: worker.accountId, before: null }))
  expect(JSON.stringify(notices)).toContain('6—10号工位')
  const shown = await findClassPage({ academyCode: academy.code, classId: of.id, actor: worker, now })
  expect(shown?.page.sessions).toMatchObject([{ stations: { first: 6, last: 10 } }])
  const month = { academyId: academy.id, month: '2026-11', siteId: id, instructorId: null }
  expect(await as(admin, (tx) => listMonth(tx, month))).toMatchObject([{ stations: { first: 6, last: 10 } }])
  expect(await change(of, {})).toEqual(done)
  expect((await one(of)).stations).toBeNull()
  expect(saidPlace('en', { site: name, stations: { first: 3, last: 3 } })).toBe(`${name} (workstation 3)`)
})

test('a class is opened at some workstations of its place, all its sessions, and copied with them', async () => {
  const { id } = await place()
  const typed = (given: Record<string, unknown>) =>
    openClassForm(referenceCalendar).safeParse({
      ...{ code: `W${newId()}`, name: '钳工小班', mode: 'practical', startsOn: '2026-12-05', endsOn: '2026-12-06' },
      ...{ plannedHours: 8, capacity: 5, siteId: id },
      sessions: ['2026-12-05', '2026-12-06'].map((date) => ({ date, from: '09:00', to: '12:00', hours: 4 })),
      ...given,
    })
  for (const half of [{ firstStation: 3 }, { lastStation: 3 }, { firstStation: 4, lastStation: 3 }])
    expect(typed(half).error?.issues).toMatchObject([{ path: ['firstStation'], message: 'stations' }])
  const open = (first: number, last: number) =>
    as(admin, (tx) => {
      const form = typed({ firstStation: first, lastStation: last }).data!
      return openClass(tx, { academyId: academy.id, form, isPublished: true, by: admin, now })
    })
  expect(await open(17, 21)).toEqual({ ok: false, reason: 'no_stations', most: 20 })
  expect(await open(1, 4)).toMatchObject({ reason: 'no_room', limit: { is: 'stations', most: 4 } })
  const opened = await open(1, 5)
  expect(await open(5, 9)).toMatchObject({ reason: 'site_taken', clash: { stations: { first: 1, last: 5 } } })
  expect(await open(6, 10)).toMatchObject({ ok: true })
  if (!opened.ok) throw new Error(opened.reason)
  const copied = { academyId: academy.id, classId: opened.classId, from: null, today: '2026-11-10' }
  const copy = await as(admin, (tx) => findCopy(tx, copied))
  expect(copy?.fields).toMatchObject({ siteId: id, firstStation: '1', lastStation: '5' })
  await db.owner`update class_session set last_station = 4 where class_id = ${opened.classId} and starts_at > '2026-12-06'`
  const differs = await as(admin, (tx) => findCopy(tx, copied))
  expect(differs?.fields).not.toHaveProperty('firstStation')
})

test('workstations that sessions to come hold are not cut away; those of sessions that are over are, and no limit never cuts', async () => {
  const { id } = await place({ workstations: 12 })
  const of = await classAt(id)
  await add(of, range(6, 10))
  const measure = (workstations: string, at = now) => {
    const form = new FormData()
    form.set(`workstations.${id}`, workstations)
    return as(admin, (tx) => measureSites(tx, { viewer: admin, academyId: academy.id, form, now: at }))
  }
  expect(await measure('9')).toEqual({
    ...{ ok: false, faults: [] },
    held: [{ siteId: id, station: 10, className: of.name, date: '2026-11-21' }],
  })
  expect(await measure('10')).toEqual({ ok: true, changed: 1 })
  expect(await measure('')).toEqual({ ok: true, changed: 1 })
  expect(await measure('9')).toMatchObject({ ok: false, held: [{ station: 10 }] })
  expect(await measure('9', new Date('2026-11-21T12:00:00+08:00'))).toEqual({ ok: true, changed: 1 })
})
