import { beforeAll, expect, test } from 'vitest'
import { listSites } from '#app/features/academies/find.server.ts'
import { type SiteIntent, siteMark } from '#app/features/academies/site-entry.ts'
import { listSiteRooms } from '#app/features/academies/site-rooms.server.ts'
import { findOrMakeSite } from '#app/features/academies/sites.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { listChanges } from '#app/features/training/session-changes.server.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { saidChange } from '#app/features/training/session-say.ts'
import { actOnSite } from '#app/features/training/site-change.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 12 })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')
async function act(intent: SiteIntent, fields: Record<string, string>, viewer = admin) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ intent, ...fields })) form.set(name, value)
  return (await actOnSite({ viewer, academyId: viewer.academyId!, form, now }))?.answer ?? null
}
const done = { ok: true, isNew: true }
async function place(address = '示例路1号') {
  const name = `实训楼${newId()}`
  expect(await act('add', { name, address })).toEqual(done)
  const one = (await as(admin, (tx) => listSiteRooms(tx, academy.id))).find((site) => site.name === name)!
  return { ...one, was: siteMark(one) }
}
const plan = (of: { id: string }, given: { date?: string; siteId?: string } = {}) =>
  as(admin, (tx) =>
    addSession(tx, {
      ...{ viewer: admin, academyId: academy.id, classId: of.id, now },
      entry: {
        ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '', siteId: '' },
        ...{ firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
      },
    }),
  )
const eventsOf = async (siteId: string) =>
  (await db.owner`select kind from audit_event where subject_id = ${siteId} order by at, id`).map(({ kind }) => kind)
const names = async () => (await as(admin, (tx) => listSites(tx, academy.id))).map(({ name }) => name)

test('a place is added once by its name, changed and traced; another academy changes none', async () => {
  const [one, other] = [await place(), await place()]
  const taken = { ok: false, faults: [{ field: 'name', fault: 'name_taken' }] }
  expect(await act('add', { name: one.name, address: '别处' })).toEqual(taken)
  expect(await act('add', { name: ' ', address: 'x'.repeat(201) })).toEqual({
    ...{ ok: false },
    faults: [
      { field: 'name', fault: 'required' },
      { field: 'address', fault: 'too_long' },
    ],
  })
  const change = { site: one.id, address: one.address, was: one.was }
  expect(await act('change', { ...change, name: other.name })).toEqual(taken)
  expect(await act('change', { ...change, name: one.name })).toEqual({ ok: true, isNew: false })
  const name = `${one.name}东`
  expect(await act('change', { ...change, name })).toEqual(done)
  expect(await act('change', { ...change, name: `${name}侧` })).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await names()).toContain(name)
  const stranger = await world.staff('academy_admin', await world.academy())
  for (const intent of ['change', 'retire', 'bring_back'] as const)
    expect(await act(intent, { ...change, name: '别人的' }, stranger)).toBeNull()
  expect(await eventsOf(one.id)).toEqual(['site.added', 'site.changed'])
})

test('a retired place is chosen for nothing new until it is brought back; one with sessions to come is not retired', async () => {
  const [one, other] = [await place(), await place()]
  const of = await world.classOf(academy, { siteId: one.id })
  expect(await plan(of)).toEqual(done)
  expect(await act('retire', { site: one.id })).toEqual({ ok: false, reason: 'has_sessions' })
  const [session] = await as(admin, (tx) => listSessions(tx, { academyId: academy.id, classId: of.id }))
  const cancelled = { viewer: admin, academyId: academy.id, classId: of.id, now, sessionId: session!.id }
  await as(admin, (tx) => cancelSession(tx, { ...cancelled, reason: '台风停课' }))
  expect(await act('retire', { site: one.id })).toEqual(done)
  expect(await act('retire', { site: one.id })).toEqual({ ok: true, isNew: false })
  expect(await names()).not.toContain(one.name)
  expect(await plan(of)).toEqual({ ok: false, reason: 'site_unknown' })
  expect(await plan(of, { siteId: other.id })).toEqual(done)
  const named = { academyId: academy.id, siteName: one.name, siteAddress: one.address }
  expect(await as(admin, (tx) => findOrMakeSite(tx, { academyId: academy.id, siteId: one.id }))).toBeNull()
  expect(await as(admin, (tx) => findOrMakeSite(tx, named))).toBeNull()
  expect(await act('bring_back', { site: one.id })).toEqual(done)
  expect(await plan(of, { date: '2026-11-22' })).toEqual(done)
  expect(await eventsOf(one.id)).toEqual(['site.added', 'site.retired', 'site.brought_back'])
})

test('retiring a place while a session is planned there at once: one of the two waits and is refused', async () => {
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { id } = await place()
      const of = await world.classOf(academy, { siteId: id })
      const [planned, retired] = await Promise.all([plan(of), act('retire', { site: id })])
      expect([planned?.ok, retired?.ok].filter(Boolean)).toHaveLength(1)
    }),
  )
})

test('another address or name of a place is told, once, to each published class that still meets there', async () => {
  const one = await place()
  const [of, draft] = [
    await world.classOf(academy, { siteId: one.id }),
    await world.classOf(academy, { siteId: one.id, status: 'draft' }),
  ]
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  await plan(of)
  await plan(of, { date: '2026-11-22' })
  expect(await act('change', { site: one.id, name: one.name, address: '示例路9号', was: one.was })).toEqual(done)
  const changes = (id: string) => as(admin, (tx) => listChanges(tx, { academyId: academy.id, classId: id }))
  const changed = (await changes(of.id)).filter(({ change }) => change === 'changed')
  expect(changed.map((change) => saidChange('zh-CN', change))).toEqual([
    `11月21日周六9:00—12:00，${one.name}、地址“示例路1号”改为“示例路9号”，以后都在新地址`,
  ])
  expect(await changes(draft.id)).toEqual([])
  const { notices } = await as(worker, (tx) => listNotices(tx, { accountId: worker.accountId, before: null }))
  expect(notices.filter(({ kind }) => kind === 'session.changed')).toHaveLength(1)
  expect(JSON.stringify(notices)).toContain('示例路9号')
  const renamed = { name: `${one.name}东`, address: '示例路9号' }
  const was = siteMark({ name: one.name, address: '示例路9号' })
  expect(await act('change', { site: one.id, ...renamed, was })).toEqual(done)
  expect(saidChange('zh-CN', (await changes(of.id))[0]!)).toContain(
    `${one.name} → 11月21日周六9:00—12:00，${one.name}东`,
  )
})

test('a place with a sitting to come is not retired; once it is cancelled, elsewhere or over it is', async () => {
  const [one, other] = [await place(), await place()]
  const of = await world.classOf(academy)
  const sitting = newId()
  await db.owner`
    insert into assessment_sitting (academy_id, id, class_id, part, starts_at, ends_at, site_id)
    values (${academy.id}, ${sitting}, ${of.id}, 'both', '2026-12-01T09:00+08', '2026-12-01T11:00+08', ${one.id})`
  const refused = { ok: false, reason: 'has_sittings' }
  expect(await act('retire', { site: one.id })).toEqual(refused)
  expect(await act('retire', { site: other.id })).toEqual(done)
  await db.owner`update assessment_sitting set status = 'cancelled', cancel_reason = '台风' where id = ${sitting}`
  expect(await act('retire', { site: one.id })).toEqual(done)
})
