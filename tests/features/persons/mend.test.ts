import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listPersonHistory } from '#app/features/persons/history.server.ts'
import { documentMark, mendDocument } from '#app/features/persons/mend.server.ts'
import { documentIndex, findDocument, findPersonByDocument } from '#app/features/persons/persons.server.ts'
import { listNames, mendName, namesMark } from '#app/features/training/mend-name.server.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let handler: Viewer
let reviewer: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  const mending = mendingWorld(db)
  handler = await mending.official('provincial_handler')
  reviewer = await mending.official('provincial_reviewer')
})

const now = new Date('2026-12-01T12:00:00+08:00')
let serial = 800_000
const nextDocument = () => syntheticDocument(++serial)
type Person = Awaited<ReturnType<typeof world.person>>

const markOf = ({ id, document }: Person) => documentMark(id, documentIndex('resident_id', document))
function mend(
  of: Person,
  number: string,
  given: { viewer?: Viewer; reason?: string; was?: string; type?: string } = {},
) {
  const { viewer = handler, reason = '证件录错', was = markOf(of), type = 'resident_id' } = given
  return as(viewer, (tx) => mendDocument(tx, { by: viewer, personId: of.id, type, number, was, reason, now }))
}
const found = (number: string) =>
  as(system('ledger'), (tx) => findPersonByDocument(tx, { type: 'resident_id', number }))

test('the right document finds the person from now on, the wrong one no longer', async () => {
  const of = await world.person()
  const right = nextDocument()
  expect(await mend(of, right)).toEqual({ ok: true, isNew: true })
  expect(await found(right)).toEqual({ id: of.id })
  expect(await found(of.document)).toBeNull()
  expect(await as(handler, (tx) => findDocument(tx, of.id))).toEqual({ type: 'resident_id', number: right })
})

test('the history tells the old document masked, with the reason; the trail no number at all', async () => {
  const of = await world.person()
  await mend(of, nextDocument())
  const [row] = await as(handler, (tx) => listPersonHistory(tx, of.id))
  expect(row).toMatchObject({ change: 'document', reason: '证件录错', accountId: handler.accountId })
  expect(row?.before).toEqual({ type: 'resident_id', document: `990***********${of.document.slice(-4)}` })
  const [event] = await db.owner`select detail from audit_event where subject_id = ${of.id}`
  expect(event?.detail).toEqual({ type: 'resident_id' })
  expect(await as(reviewer, (tx) => listPersonHistory(tx, of.id))).toHaveLength(1)
  const [academy] = [await world.academy()]
  const admin = await world.staff('academy_admin', academy)
  expect(await as(admin, (tx) => listPersonHistory(tx, of.id))).toEqual([])
})

test('a document that another person has is refused and offers the merge', async () => {
  const [of, other] = [await world.person(), await world.person()]
  expect(await mend(of, other.document)).toEqual({ ok: false, reason: 'taken', otherId: other.id })
  expect(await found(of.document)).toEqual({ id: of.id })
})

test('a document with a wrong check digit, of an unknown type, or without a reason is refused', async () => {
  const of = await world.person()
  const wrong = nextDocument().replace(/.$/, (last) => (last === '1' ? '2' : '1'))
  expect(await mend(of, wrong)).toMatchObject({ reason: 'faults', document: 'check_digit' })
  expect(await mend(of, nextDocument(), { type: 'passport' })).toMatchObject({ reason: 'faults', document: 'form' })
  expect(await mend(of, nextDocument(), { type: 'library_card' })).toMatchObject({ document: 'type' })
  expect(await mend(of, nextDocument(), { reason: '错' })).toMatchObject({ document: null, why: 'reason_needed' })
  expect(await mend(of, of.document)).toEqual({ ok: false, reason: 'same' })
})

test('a second click mends nothing more; a stale form overwrites nothing', async () => {
  const of = await world.person()
  const right = nextDocument()
  await mend(of, right)
  expect(await mend(of, right)).toEqual({ ok: true, isNew: false })
  expect(await mend(of, nextDocument())).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await as(handler, (tx) => listPersonHistory(tx, of.id))).toHaveLength(1)
})

test('while a ledger is being imported, no document changes', async () => {
  const of = await world.person()
  await as(system('ledger'), async (tx) => {
    const { takeTurn } = await import('#app/features/ledger/import.server.ts')
    await takeTurn(tx)
    expect(await mend(of, nextDocument())).toEqual({ ok: false, reason: 'busy' })
  })
})

test('nobody but the province’s handler mends a document', async () => {
  const of = await world.person()
  const admin = await world.staff('academy_admin', await world.academy())
  for (const viewer of [reviewer, admin]) expect(await mend(of, nextDocument(), { viewer })).toBeNull()
  expect(await found(of.document)).toEqual({ id: of.id })
})

test('a name is written on every enrolment that has another, each keeping its own', async () => {
  const person = await world.person()
  const [one, other] = [await world.classOf(await world.academy()), await world.classOf(await world.academy())]
  const wrong = await world.enrolment(one, { personId: person.id, name: '李合戊' })
  await world.enrolment(other, { personId: person.id, name: '李合成' })
  const names = await as(handler, (tx) => listNames(tx, person.id))
  expect([...names].sort()).toEqual(['李合戊', '李合成'].sort())
  const rename = (name: string, viewer = handler) =>
    as(viewer, (tx) =>
      mendName(tx, { viewer, personId: person.id, name, was: namesMark(person.id, names), reason: '以证件为准', now }),
    )
  expect(await rename('李合成', reviewer)).toBeNull()
  expect(await rename('李')).toMatchObject({ reason: 'faults', isName: false })
  expect(await rename('李 合成')).toEqual({ ok: true, changed: 1 })
  expect(await rename('李合成')).toEqual({ ok: true, changed: 0 }) // a second click
  expect(await rename('李合城')).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await as(handler, (tx) => listNames(tx, person.id))).toEqual(['李合成'])
  const [kept] = await db.owner`select before ->> 'name' as name, reason from revision where fact_id = ${wrong.id}`
  expect(kept).toEqual({ name: '李合戊', reason: '以证件为准' })
  const [row] = await as(handler, (tx) => listPersonHistory(tx, person.id))
  expect(row).toMatchObject({ change: 'name', before: { names: expect.arrayContaining(['李*戊']) } })
})
