import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { listSiteRooms, measureSites } from '#app/features/academies/site-rooms.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { changeSession } from '#app/features/training/change-session.server.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import type { OpenClassInput } from '#app/features/training/open-class-shape.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { findClassRoom } from '#app/features/training/room.server.ts'
import { isHandsOn, roomOf } from '#app/features/training/room.ts'
import { type SessionEntry, sessionMark } from '#app/features/training/session-entry.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { saidObstacle } from '#app/features/training/session-say.ts'
import { sessionWords } from '#app/features/training/session-words.ts'
import { newId } from '#app/lib/ids.ts'
import { site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let admin: Viewer
const siteId = newId()
const now = new Date('2026-11-10T12:00:00+08:00')

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  const academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  await world.db.insert(site).values({ academyId: academy.id, id: siteId, name: '电工实训室', address: '示例路1号' })
})

const measure = (fields: Record<string, string>, viewer = admin) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(`${name}.${siteId}`, value)
  return as(viewer, (tx) => measureSites(tx, { viewer, academyId: viewer.academyId!, form, now }))
}

/** Holds the whole place, alone. */
const whole = { stations: null, beside: 0 }

test('a session takes the least of seats, workstations and instructors; theory asks for seats alone', () => {
  const room = { seats: 40, workstations: 20, workersPerInstructor: 12 }
  expect(roomOf(room, { isPractical: true, instructors: 2, ...whole })).toEqual({ is: 'workstations', most: 20 })
  expect(roomOf(room, { isPractical: true, instructors: 1, ...whole })).toEqual({ is: 'instructors', most: 12 })
  expect(roomOf(room, { isPractical: true, instructors: 0, ...whole })).toEqual({ is: 'workstations', most: 20 })
  expect(roomOf(room, { isPractical: false, instructors: 1, ...whole })).toEqual({ is: 'seats', most: 40 })
  const nothing = { seats: null, workstations: null, workersPerInstructor: null }
  expect(roomOf(nothing, { isPractical: true, instructors: 1, ...whole })).toBeNull()
  expect([isHandsOn(null, 'mixed'), isHandsOn('theory', 'practical'), isHandsOn(null, 'classroom')]).toEqual([
    true,
    false,
    false,
  ])
})

test('figures of a place are whole numbers or empty; another academy changes none of them', async () => {
  expect(await measure({ seats: '0', workstations: '1.5' })).toEqual({
    ok: false,
    faults: [`seats.${siteId}`, `workstations.${siteId}`],
    held: [],
  })
  expect(await measure({ seats: '40', workstations: '20' })).toEqual({ ok: true, changed: 1 })
  expect(await measure({ seats: '40', workstations: '20' })).toEqual({ ok: true, changed: 0 })
  const stranger = await world.staff('academy_admin', await world.academy())
  expect(await measure({ seats: '9' }, stranger)).toEqual({ ok: true, changed: 0 })
  const [one] = await as(admin, (tx) => listSiteRooms(tx, admin.academyId!))
  expect(one).toMatchObject({ seats: 40, workstations: 20, workersPerInstructor: null })
})

test('a class opens with as many seats as its place takes, and not one more', async () => {
  await measure({ seats: '40', workstations: '20' })
  const form = (capacity: number): OpenClassInput => ({
    ...{ code: `R${newId()}`, name: '电工班', mode: 'practical', startsOn: '2026-12-26', endsOn: '2026-12-27' },
    ...{ plannedHours: 4, capacity, siteId },
    sessions: [{ date: '2026-12-26', from: '09:00', to: '12:00', hours: 4 }],
  })
  const open = (capacity: number) =>
    as(admin, (tx) =>
      openClass(tx, { academyId: admin.academyId!, form: form(capacity), isPublished: true, by: admin, now }),
    )
  expect(await open(21)).toEqual({ ok: false, reason: 'no_room', limit: { is: 'workstations', most: 20 } })
  const opened = await open(20)
  if (!opened.ok) throw new Error(opened.reason)
  const of = { academyId: admin.academyId!, classId: opened.classId }
  expect(await as(admin, (tx) => findClassRoom(tx, of))).toEqual({ is: 'workstations', most: 20 })
})

/** A class with twenty seats in the large room, a session of it, and a room of its own with eight workstations. */
async function planned(status: 'draft' | 'published') {
  const academyId = admin.academyId!
  const [large, small] = [newId(), newId()]
  const room = (id: string, workstations: number) => ({ academyId, id, name: id, address: '示例路1号', workstations })
  await world.db.insert(site).values([room(large, 20), room(small, 8)])
  const of = await world.classOf({ id: academyId }, { siteId: large, capacity: 20, status, plannedHours: 4 })
  const request = { viewer: admin, academyId, classId: of.id, now }
  const entry = (given: Partial<SessionEntry>): SessionEntry => ({
    ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '' },
    ...{ siteId: '', firstStation: '', lastStation: '', instructorIds: [], reason: '维修', was: '', ...given },
  })
  const add = (given: Partial<SessionEntry>) => as(admin, (tx) => addSession(tx, { ...request, entry: entry(given) }))
  await add({})
  const change = async (given: Partial<SessionEntry>, at = now) => {
    const [session] = await as(admin, (tx) => listSessions(tx, request))
    const typed = entry({ date: session!.date, siteId: session!.siteId!, was: sessionMark(session!), ...given })
    return as(admin, (tx) => changeSession(tx, { ...request, now: at, sessionId: session!.id, entry: typed }))
  }
  return { ...of, large, small, add, change }
}
const tight = { ok: false, reason: 'no_room', limit: { is: 'workstations', most: 8 } }

test('a session is not planned at, or moved to, a place that takes fewer than the class has seats; with fewer seats it is', async () => {
  const of = await planned('published')
  expect(await of.add({ date: '2026-11-22', siteId: of.small })).toEqual(tight)
  expect(await of.change({ siteId: of.small })).toEqual(tight)
  await db.owner`update class set taken = 9 where id = ${of.id}`
  await db.owner`update class set capacity = 8 where id = ${of.id}`
  expect(await of.change({ siteId: of.small })).toEqual(tight) // who sits in it needs a place to sit
  await db.owner`update class set taken = 8 where id = ${of.id}`
  expect(await of.change({ siteId: of.small })).toMatchObject({ ok: true, isNew: true })
})

test('a session whose place was said to take fewer since may still be moved in time', async () => {
  const of = await planned('published')
  await db.owner`update site set workstations = 5 where id = ${of.large}`
  expect(await of.change({ date: '2026-11-22' })).toMatchObject({ ok: true })
})

test('a draft is published once its sessions take as many as it has seats', async () => {
  const of = await planned('draft')
  const input = { academyId: admin.academyId!, classId: of.id, by: admin, now }
  const publish = () => as(admin, (tx) => publishClass(tx, input))
  await db.owner`update site set workstations = 8 where id = ${of.large}`
  expect(await publish()).toEqual(tight)
  await db.owner`update site set workstations = 20 where id = ${of.large}`
  expect(await publish()).toEqual({ ok: true, isNew: true })
})

test('why a class may not be published is said in a sentence that does not say again what did not happen', () => {
  const refusal = { ok: false, reason: 'no_room', limit: { is: 'workstations', most: 8 } } as const
  expect(saidObstacle('zh-CN', refusal)).toMatch(/^这个地点只有8个工位/)
  expect(saidObstacle('en', refusal)).toMatch(/^The site has 8 workstations/)
  expect(sessionWords['zh-CN'].notSaved(saidObstacle('zh-CN', refusal))).toMatch(/^没有保存：这个地点/)
})
