import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import {
  addQualification,
  addTitle,
  extendQualification,
  removeProof,
} from '#app/features/academies/instructor-proofs.server.ts'
import { craftsmanShare } from '#app/features/academies/instructor-share.ts'
import { addInstructor, changeInstructor } from '#app/features/academies/instructors.server.ts'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { removeImportedPersons } from '#app/features/persons/bulk.server.ts'
import { newId } from '#app/lib/ids.ts'
import { percent } from '#app/lib/percent.ts'
import { auditEvent, person } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let serial = 900_000

beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T04:00:00Z')
const today = '2026-11-10'
const form = (fields: Record<string, string>) => {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.set(name, value)
  return made
}
const request = (fields: Record<string, string>, viewer = admin) => ({
  ...{ by: viewer, academyId: viewer.academyId!, form: form(fields), now },
})
const typed = (given: Record<string, string> = {}) => {
  serial += 1
  return { name: '周合成', documentType: 'resident_id', documentNumber: syntheticDocument(serial), ...given }
}
const add = (given: Record<string, string> = {}, viewer = admin) =>
  as(viewer, (tx) => addInstructor(tx, request(typed(given), viewer)))
async function added(given: Record<string, string> = {}, viewer = admin) {
  const answer = await add(given, viewer)
  if (!answer.ok) throw new Error('refused')
  return answer.id
}
const one = async (instructorId: string, viewer = admin) =>
  (await as(viewer, (tx) => listInstructors(tx, { academyId: viewer.academyId!, instructorId })))[0]!
const qualify = (instructorId: string, given: Record<string, string> = {}) => {
  const said = { occupationCode: '6-31-01-03', level: 'l4', validFrom: '2026-01-01', ...given }
  return as(admin, (tx) => addQualification(tx, { ...request(said), instructorId }))
}

test('the same document is one person: entered twice here it is found, at another academy it is the same person', async () => {
  const document = syntheticDocument(899_999)
  const id = await added({ documentNumber: document })
  expect(await add({ documentNumber: document, name: '周同名' })).toEqual({ ok: true, id, isNew: false })
  const other = await world.academy()
  const otherAdmin = await world.staff('academy_admin', other)
  await added({ documentNumber: document }, otherAdmin)
  const rows = await db.owner`select distinct person_id from instructor where id = ${id} or academy_id = ${other.id}`
  expect(rows).toHaveLength(1)
})

test('a name, a document and an account of one’s own are asked for; nothing is written otherwise', async () => {
  const stranger = await world.staff('instructor', await world.academy())
  const before = await db.owner`select count(*)::int as n from instructor`
  for (const [given, field] of [
    [{ name: '周' }, 'name'],
    [{ documentNumber: '440308199001011' }, 'documentNumber'],
    [{ accountId: stranger.accountId }, 'accountId'],
    [{ accountId: admin.accountId }, 'accountId'],
  ] as const)
    expect(await add(given)).toMatchObject({ ok: false, faults: [{ field }] })
  expect(await db.owner`select count(*)::int as n from instructor`).toEqual(before)
})

test('an account belongs to one instructor', async () => {
  const { accountId } = await world.staff('instructor', academy)
  const id = await added({ accountId })
  expect(await add({ accountId })).toMatchObject({ ok: false, faults: [{ field: 'accountId' }] })
  expect((await one(id)).accountId).toBe(accountId)
})

test('the share of craftsmen is of those who teach today: whoever ended yesterday is no longer in it', async () => {
  const of = (titles: boolean, endedOn: string | null) => ({ isCraftsman: titles, endedOn })
  const staff = [of(true, null), of(false, today), of(false, null), of(true, '2026-11-09')]
  expect(craftsmanShare(staff, today)).toEqual({ numerator: 1, denominator: 3 })
  expect(percent(craftsmanShare(staff, today))).toBe(33.3)
  expect(percent(craftsmanShare([], today))).toBeNull()
})

test('a craftsman is who bears 劳模, 工匠 or 技能大师; a technician alone is none', async () => {
  const id = await added()
  const bear = (title: string) =>
    as(admin, (tx) => addTitle(tx, { ...request({ title, evidence: '证书，2024年' }), instructorId: id }))
  await bear('senior_technician')
  expect((await one(id)).isCraftsman).toBe(false)
  await bear('model_worker')
  expect((await one(id)).isCraftsman).toBe(true)
  expect(await bear('model_worker')).toMatchObject({ ok: true, isNew: false })
  const title = (await one(id)).titles.find((borne) => borne.title === 'model_worker')!
  await as(admin, (tx) => removeProof(tx, { ...request({}), instructorId: id, what: 'title', id: title.id }))
  expect((await one(id)).isCraftsman).toBe(false)
})

test('evidence is part of a title', async () => {
  const instructorId = await added()
  const refused = await as(admin, (tx) =>
    addTitle(tx, { ...request({ title: 'craftsman', evidence: ' ' }), instructorId }),
  )
  expect(refused).toEqual({ ok: false, faults: [{ field: 'evidence', fault: 'required' }] })
})

test('a qualification is of a known occupation and ends no earlier than it begins', async () => {
  const id = await added()
  expect(await qualify(id, { occupationCode: '9-99-99-99' })).toMatchObject({ faults: [{ field: 'occupationCode' }] })
  expect(await qualify(id, { validTo: '2025-12-31' })).toMatchObject({ faults: [{ fault: 'date_order' }] })
  expect(await qualify(id, { validTo: '2026-01-01' })).toMatchObject({ ok: true, isNew: true })
  const held = (await one(id)).qualifications[0]!
  const extend = (validTo: string) =>
    as(admin, (tx) => extendQualification(tx, { ...request({ validTo }), instructorId: id, id: held.id }))
  expect(await extend('2025-12-31')).toMatchObject({ ok: false })
  expect(await extend('')).toMatchObject({ ok: true, isNew: true })
  expect((await one(id)).qualifications[0]).toMatchObject({ validTo: null, level: 'l4' })
})

test('another academy sees and changes nobody of this one', async () => {
  const id = await added()
  const stranger = await world.staff('academy_admin', await world.academy())
  expect(await as(stranger, (tx) => listInstructors(tx, { academyId: academy.id }))).toEqual([])
  const meant = { ...request({ name: '王合成' }), by: stranger, instructorId: id }
  expect(await as(stranger, (tx) => changeInstructor(tx, meant))).toBeNull()
  expect((await one(id)).name).toBe('周合成')
})

test('a change is in the trail with the fields it touched, without a name', async () => {
  const instructorId = await added()
  await as(admin, (tx) => changeInstructor(tx, { ...request({ name: '周新名', endedOn: '2026-12-31' }), instructorId }))
  const events = await world.db.select().from(auditEvent).where(eq(auditEvent.subjectId, instructorId))
  expect(events.map(({ kind, detail }) => ({ kind, detail }))).toEqual([
    { kind: 'instructor.added', detail: {} },
    { kind: 'instructor.changed', detail: { fields: ['name', 'endedOn'], endedOn: '2026-12-31' } },
  ])
})

test('whoever teaches stays a person when the import that brought it is taken back', async () => {
  const [importId, taught] = [newId(), await world.person()]
  await db.owner`update person set import_id = ${importId} where id = ${taught.id}`
  await added({ documentNumber: taught.document })
  await as(system('ledger'), (tx) => removeImportedPersons(tx, importId))
  expect(await world.db.select().from(person).where(eq(person.id, taught.id))).toHaveLength(1)
})

test('where two records are one person the instructor follows, unless the person kept teaches here already', async () => {
  const [kept, gone, other] = [await world.person(), await world.person(), await world.person()]
  const follows = await added({ documentNumber: gone.document })
  await db.owner`update person set merged_into = ${kept.id} where id = ${gone.id}`
  const stays = await added({ documentNumber: other.document })
  await db.owner`update person set merged_into = ${kept.id} where id = ${other.id}`
  const rows =
    await db.owner`select id, person_id from instructor where id in ${db.owner([follows, stays])} order by id`
  expect(rows.map((row) => row.person_id)).toEqual([kept.id, other.id])
})
