import { beforeAll, expect, test } from 'vitest'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { siteMark } from '#app/features/academies/site-entry.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { saidClassChange } from '#app/features/training/class-change-say.ts'
import { listClassChanges } from '#app/features/training/class-told.server.ts'
import { changeSite } from '#app/features/training/site-change.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let serial = 960_000
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-12-01T10:00:00+08:00')

async function place() {
  const made = { name: `实训楼${newId()}`, address: '示例路1号' }
  const id = newId()
  await world.db.insert(schema.site).values({ academyId: academy.id, id, ...made })
  return { id, ...made }
}
type Place = Awaited<ReturnType<typeof place>>
async function assessor() {
  serial += 1
  const viewer = await world.staff('instructor', academy)
  const form = new FormData()
  const typed = { name: '白合成', documentType: 'resident_id', documentNumber: syntheticDocument(serial) }
  for (const [field, value] of Object.entries({ ...typed, accountId: viewer.accountId })) form.set(field, value)
  const made = await as(admin, (tx) => addInstructor(tx, { by: admin, academyId: academy.id, now, form }))
  if (!made.ok) throw new Error('refused')
  return { id: made.id, viewer }
}
type Class = { academyId: string; id: string }
/** A class with somebody enrolled; its own site is another one. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}) {
  const of = await world.classOf(academy, { name: '低压电工班', ...given })
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  return { ...of, worker }
}
const at = (given: { from?: string; to?: string } = {}) => ({
  startsAt: new Date(`2026-12-01T${given.from ?? '13:00'}:00+08:00`),
  endsAt: new Date(`2026-12-01T${given.to ?? '15:00'}:00+08:00`),
})
async function sitting(of: Class, siteId: string, given: { from?: string; to?: string; by?: string[] } = {}) {
  const key = { academyId: academy.id, classId: of.id }
  const id = newId()
  await world.db.insert(schema.assessmentSitting).values({ ...key, id, part: 'both', siteId, ...at(given) })
  for (const instructorId of given.by ?? [])
    await world.db
      .insert(schema.sittingAssessor)
      .values({ ...key, id: newId(), sittingId: id, instructorId, name: '白合成', body: null })
  return id
}
const session = (of: Class, siteId: string) =>
  world.db.insert(schema.classSession).values({
    academyId: academy.id,
    id: newId(),
    classId: of.id,
    siteId,
    hours: 4,
    ...at({ from: '16:00', to: '19:00' }),
  })
async function change(of: Place, given: { name?: string; address?: string }) {
  const form = new FormData()
  for (const [field, value] of Object.entries({ ...of, ...given, was: siteMark(of) })) form.set(field, value)
  const request = { viewer: admin, academyId: academy.id, siteId: of.id, now, form }
  expect(await as(admin, (tx) => changeSite(tx, request))).toEqual({ ok: true, isNew: true })
}
const told = async ({ accountId }: Viewer, { id }: Class) =>
  (
    await db.owner`select kind from notice where account_id = ${accountId} and detail->>'classId' = ${id} order by id`
  ).map(({ kind }) => kind)
const said = async ({ id }: Class) =>
  (await as(admin, (tx) => listClassChanges(tx, { academyId: academy.id, classId: id }))).map((one) =>
    saidClassChange('zh-CN', one),
  )

test('a class that only sits an assessment at a place is told of its new address: workers and who assesses, each once', async () => {
  const [one, who, of] = [await place(), await assessor(), await classOf()]
  await sitting(of, one.id, { by: [who.id] })
  await sitting(of, one.id, { from: '15:30', to: '16:30', by: [who.id] })
  await change(one, { address: '示例路9号' })
  expect(await told(of.worker, of)).toEqual(['class.changed'])
  expect(await told(who.viewer, of)).toEqual(['sitting.changed'])
  expect((await said(of)).sort()).toEqual(
    Array(2).fill(`理论和实操考核：地点：${one.name}（示例路1号） → ${one.name}（示例路9号）`),
  )
})

test('of another name alone the address is not repeated', async () => {
  const [one, of] = [await place(), await classOf()]
  await sitting(of, one.id)
  await change(one, { name: `${one.name}东` })
  expect(await said(of)).toEqual([`理论和实操考核：地点：${one.name} → ${one.name}东`])
})

test('a class with sessions there too hears of it once, by its session; who assesses there hears of the sitting, unless the session was told', async () => {
  const [one, who, heads, of] = [await place(), await assessor(), await assessor(), await classOf()]
  await world.db
    .insert(schema.classStaff)
    .values({ academyId: academy.id, classId: of.id, accountId: heads.viewer.accountId, role: 'head' })
  await session(of, one.id)
  await sitting(of, one.id, { by: [who.id, heads.id] })
  await change(one, { address: '示例路9号' })
  expect(await told(of.worker, of)).toEqual(['session.changed'])
  expect(await told(who.viewer, of)).toEqual(['sitting.changed'])
  expect(await told(heads.viewer, of)).toEqual(['session.changed'])
  expect(await said(of)).toEqual([])
})

test('sittings that are over, cancelled or elsewhere, drafts and cancelled classes tell nothing', async () => {
  const [one, other, who] = [await place(), await place(), await assessor()]
  const [over, off, elsewhere] = [await classOf(), await classOf(), await classOf()]
  const draft = await classOf({ status: 'draft' })
  const cancelled = await classOf({ status: 'cancelled', cancelledBecause: '人数不足' })
  const runs = await classOf()
  await sitting(over, one.id, { from: '09:00', to: '10:00' })
  await sitting(runs, one.id, { from: '10:00', to: '10:01', by: [who.id] })
  const gone = await sitting(off, one.id)
  await db.owner`update assessment_sitting set status = 'cancelled', cancel_reason = '台风' where id = ${gone}`
  await sitting(elsewhere, other.id, { from: '17:00', to: '18:00' })
  await sitting(draft, one.id, { from: '19:00', to: '20:00' })
  await sitting(cancelled, one.id, { from: '20:00', to: '21:00' })
  await change(one, { address: '示例路9号' })
  for (const of of [over, off, elsewhere, draft, cancelled]) expect(await told(of.worker, of)).toEqual([])
  expect(await told(runs.worker, runs)).toEqual(['class.changed'])
  expect(await told(who.viewer, runs)).toEqual(['sitting.changed'])
})
