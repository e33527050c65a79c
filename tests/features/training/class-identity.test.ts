import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { confirmIdentity } from '#app/features/accounts/identity.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import {
  confirmInClass,
  findToCheck,
  listToCheck,
  searchInClass,
} from '#app/features/training/class-identity.server.ts'
import { listRoster } from '#app/features/training/roster.server.ts'
import { classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [admin, teacher, head]: Viewer[] = []
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  teacher = await world.staff('instructor', academy)
  head = await world.staff('instructor', academy)
})

const now = new Date('2026-11-20T09:00:00+08:00')

/** A class with a worker whom a union enrolled and who registered since, unconfirmed. */
async function enrolledByUnion(document?: Awaited<ReturnType<typeof world.person>>) {
  const one = await world.classOf(academy)
  const row = { academyId: academy.id, classId: one.id }
  await world.db.insert(classStaff).values([
    { ...row, accountId: head!.accountId, role: 'head' },
    { ...row, accountId: teacher!.accountId, role: 'instructor' },
  ])
  const person = document ?? (await world.person())
  const union = await world.union()
  const place = await world.enrolment(one, { personId: person.id, enterpriseId: union.enterpriseId })
  const worker = await world.worker({ personId: person.id })
  return { classId: one.id, enrolmentId: place.id, person, worker, covered: person.document.slice(6, 14) }
}
type Held = Awaited<ReturnType<typeof enrolledByUnion>>
const by = (viewer: Viewer, { classId, enrolmentId }: Held) => ({ viewer, classId, enrolmentId, now })
const search = (viewer: Viewer, held: Held, covered = held.covered) => searchInClass({ ...by(viewer, held), covered })
async function proofOf(viewer: Viewer, held: Held) {
  const found = await search(viewer, held)
  return found?.ok ? found.claims[0]!.proof : ''
}
const isConfirmed = async ({ worker }: Held) =>
  (await db.owner`select person_confirmed_by as by from account where id = ${worker.accountId}`)[0]!.by

test('an instructor of the class, its head and the administrator confirm a worker by the document; it stands in the trail, without the number', async () => {
  for (const viewer of [teacher!, head!, admin!]) {
    const held = await enrolledByUnion()
    const found = await search(viewer, held)
    expect(found).toMatchObject({ ok: true, claims: [{ name: '张合成', confirmedAt: null }] })
    expect(JSON.stringify(found)).not.toContain(held.person.document)
    expect(await confirmInClass({ ...by(viewer, held), proof: await proofOf(viewer, held) })).toEqual({ ok: true })
    expect(await isConfirmed(held)).toBe(viewer.accountId)
    const events = await db.owner`
      select kind, academy_id, detail from audit_event where detail ->> 'classId' = ${held.classId} order by id`
    expect(events.at(-1)).toMatchObject({
      kind: 'identity.confirmed',
      academy_id: academy.id,
      detail: { accountId: held.worker.accountId, onBehalfOf: viewer.accountId },
    })
    expect(events[0]).toMatchObject({ kind: 'identity.searched', detail: { claims: 1 } })
    expect(JSON.stringify(events)).not.toContain(held.covered)
  }
})

test('what is covered in the number has to be read off the document: anything else names nobody', async () => {
  const held = await enrolledByUnion()
  const { document } = held.person
  for (const typed of ['', '19000101', document, document.slice(0, 6), document.slice(6, 13)])
    expect(await search(teacher!, held, typed), typed).toEqual({ ok: false, reason: 'not_matched', seconds: 0 })
  const { covered } = held
  const dashed = `${covered.slice(0, 4)}-${covered.slice(4, 6)}-${covered.slice(6)}`
  expect(await search(teacher!, held, dashed)).toMatchObject({ ok: true })
})

test('whoever does not run the class finds and confirms nobody in it, with a proof of somebody else or without', async () => {
  const held = await enrolledByUnion()
  const proof = await proofOf(teacher!, held)
  const elsewhere = await world.academy()
  const strangers = [
    await world.staff('instructor', academy),
    await world.staff('instructor', elsewhere),
    await world.staff('academy_admin', elsewhere),
    await world.union(),
    held.worker,
  ]
  for (const stranger of strangers) {
    expect(await search(stranger, held)).toBeNull()
    expect(await confirmInClass({ ...by(stranger, held), proof })).toBeNull()
    expect(await as(stranger, (tx) => findToCheck(tx, by(stranger, held)))).toBeNull()
    const { rows, total } = await as(stranger, (tx) => listToCheck(tx, { ...by(stranger, held), after: null }))
    expect({ rows, total }).toEqual({ rows: [], total: 0 })
  }
  expect(await confirmInClass({ ...by(head!, held), proof })).toEqual({ ok: false, reason: 'proof_expired' })
  expect(await isConfirmed(held)).toBeNull()
})

test('a proof found in one class confirms nobody by a place of another person, nor a worker who left the class', async () => {
  const [held, other] = [await enrolledByUnion(), await enrolledByUnion()]
  const proof = await proofOf(teacher!, held)
  expect(await confirmInClass({ ...by(teacher!, other), proof })).toEqual({ ok: false, reason: 'proof_expired' })
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${held.enrolmentId}`
  expect(await confirmInClass({ ...by(teacher!, held), proof })).toBeNull()
  expect(await search(teacher!, held)).toBeNull()
  expect([await isConfirmed(held), await isConfirmed(other)]).toEqual([null, null])
})

test('the roster and the class’s list name who registered and is not confirmed, whoever took the place; not who never registered', async () => {
  const held = await enrolledByUnion()
  const [own, silent] = [await world.worker({ name: '自报合成' }), await world.person()]
  const [{ person_id }] = (await db.owner`select person_id from account where id = ${own.accountId}`) as unknown as [
    { person_id: string },
  ]
  const one = { academyId: academy.id, id: held.classId }
  const mine = await world.enrolment(one, { personId: person_id, accountId: own.accountId })
  await world.enrolment(one, { personId: silent.id })
  const of = { viewer: teacher!, classId: held.classId }
  const list = () => as(teacher!, (tx) => listToCheck(tx, { ...of, after: null }))
  const flagged = async () =>
    (await listRoster(teacher!, { classId: held.classId, after: null, isSeated: false })).rows
      .filter((row) => row.isUnconfirmed)
      .map((row) => row.enrolmentId)
  expect((await list()).rows.map((row) => row.enrolmentId).sort()).toEqual([held.enrolmentId, mine.id].sort())
  expect((await flagged()).sort()).toEqual([held.enrolmentId, mine.id].sort())
  await confirmInClass({ ...by(teacher!, held), proof: await proofOf(teacher!, held) })
  expect((await list()).rows.map((row) => row.enrolmentId)).toEqual([mine.id])
  expect(await flagged()).toEqual([mine.id])
})

test('a person has one confirmed account in a class too: a second claim is refused', async () => {
  const held = await enrolledByUnion()
  await world.worker({ personId: held.person.id })
  const found = await search(teacher!, held)
  const proofs = found?.ok ? found.claims.map(({ proof }) => proof) : []
  expect(proofs).toHaveLength(2)
  const confirm = (proof: string) => confirmInClass({ ...by(teacher!, held), proof })
  expect(await confirm(proofs[0]!)).toEqual({ ok: true })
  expect(await confirm(proofs[1]!)).toEqual({ ok: false, reason: 'person_taken' })
  const again = await as(system('identity'), (tx) => confirmIdentity(tx, { proof: proofs[0]!, viewer: teacher!, now }))
  expect(again).toEqual({ ok: false, reason: 'already_confirmed' })
})
