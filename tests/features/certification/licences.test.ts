import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listLicences, mendLicences } from '#app/features/certification/licences.server.ts'
import { findPersonFile } from '#app/features/certification/person-file.server.ts'
import { documentMark, mendDocument } from '#app/features/persons/mend.server.ts'
import { documentIndex } from '#app/features/persons/persons.server.ts'
import { indexOf, open, seal } from '#app/features/persons/vault.server.ts'
import { documentOf } from '#tests/features/ledger/ledgers.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let mending: ReturnType<typeof mendingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let handler: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  mending = mendingWorld(db)
  academy = await world.academy()
  handler = await mending.official('provincial_handler')
})

const now = new Date('2026-12-01T12:00:00+08:00')
const later = new Date('2026-12-01T12:05:00+08:00')
let serial = 3000

/** A worker whose document was typed wrongly, with licences whose numbers hold it, or something else. */
async function licensed(...numbers: ((document: string) => string)[]) {
  const [wrong, right] = [documentOf(++serial), documentOf(++serial)]
  const of = await world.classOf(academy, {
    origin: 'ledger',
    capacity: null,
    startsOn: '2026-03-02',
    endsOn: '2026-03-06',
  })
  const enrolled = await world.enrolment(of, { hoursAttended: 16, creditedOn: '2026-03-06' })
  const { personId } = enrolled
  await db.owner`update person set document_type = 'resident_id', document_index = ${documentIndex('resident_id', wrong)},
    document_sealed = ${seal('person.document', personId, wrong)} where id = ${personId}`
  const attempt = await mending.assessment(enrolled)
  const ids: string[] = []
  for (const number of numbers) {
    const given = { type: 'special_operation', workItem: `W${ids.length}`, number: number(wrong) }
    const { id } = await mending.certificate(attempt, given)
    ids.push(id)
  }
  return { personId, wrong, right, ids }
}

const list = (personId: string) => as(handler, (tx) => listLicences(tx, personId))
const numberOf = async (id: string) => {
  const [row] = await db.owner`select number_sealed from certificate where id = ${id}`
  return open('certificate.number', id, row!.number_sealed)
}
const mend = (personId: string, was: string, given: { viewer?: Viewer; reason?: string } = {}) =>
  as(given.viewer ?? handler, (tx) =>
    mendLicences(tx, { viewer: handler, personId, was, reason: '已核对证书原件', now: later, ...given }),
  )
const mendTo = (personId: string, wrong: string, right: string) =>
  as(handler, (tx) =>
    mendDocument(tx, {
      ...{ by: handler, personId, type: 'resident_id', number: right, reason: '以身份证原件为准', now },
      was: documentMark(personId, documentIndex('resident_id', wrong)),
    }),
  )

test('a licence keeps its number when the document is mended, and the page says that it is the old one', async () => {
  const { personId, wrong, right, ids } = await licensed(
    (document) => `T${document}`,
    () => 'T-OTHER-1',
  )
  expect((await list(personId)).shown.map(({ held }) => held)).toEqual(['current', 'unknown'])
  await mendTo(personId, wrong, right)
  const { shown } = await list(personId)
  expect(shown.map(({ held }) => held)).toEqual(['earlier', 'unknown'])
  expect(JSON.stringify(shown)).not.toContain(wrong.slice(3, 14))
  expect(await numberOf(ids[0]!)).toBe(`T${wrong}`)
})

test('mended with a reason, the number holds the document on record; the old one is kept, others stay', async () => {
  const { personId, wrong, right, ids } = await licensed(
    (document) => `T${document}`,
    () => 'T-OTHER-2',
  )
  await mendTo(personId, wrong, right)
  const { mark } = await list(personId)
  expect(await mend(personId, mark, { reason: ' ' })).toEqual({ ok: false, reason: 'faults', why: 'reason_needed' })
  expect(await mend(personId, mark)).toEqual({ ok: true, mended: 1 })
  expect(await numberOf(ids[0]!)).toBe(`T${right}`)
  expect(await numberOf(ids[1]!)).toBe('T-OTHER-2')
  const [entry] = await db.owner`select number_index from certificate_number where certificate_id = ${ids[0]!}`
  expect(entry!.number_index.equals(indexOf('certificate', `T${right}`))).toBe(true)
  const [kept] =
    await db.owner`select reason, before ->> 'number_index' as was from revision where fact_id = ${ids[0]!}`
  expect(kept).toEqual({ reason: '已核对证书原件', was: `\\x${indexOf('certificate', `T${wrong}`).toString('hex')}` })
  const history = (await findPersonFile(handler, personId))?.history
  expect(history?.map(({ change, reason }) => [change, reason])).toEqual([
    ['licence', '已核对证书原件'],
    ['document', '以身份证原件为准'],
  ])
  expect(history?.[0]).toMatchObject({
    before: { number: expect.stringMatching(/^T44\*+\w{4}$/) },
    who: { name: '省合成' },
  })
  const [event] = await db.owner`select detail from audit_event where subject_id = ${ids[0]!}`
  expect(event!.detail).toEqual({ type: 'special_operation', corrected: true })
  expect(await mend(personId, mark)).toEqual({ ok: true, mended: 0 })
})

test('a number that another certificate has, or a page that is out of date, changes nothing', async () => {
  const first = await licensed((document) => `T${document}`)
  await mendTo(first.personId, first.wrong, first.right)
  const { mark } = await list(first.personId)
  const other = await licensed(() => `T${first.right}`)
  await db.owner`update certificate set work_item = 'W0' where id = ${other.ids[0]!}`
  await db.owner`update certificate_number set work_item = 'W0' where certificate_id in ${db.owner([first.ids[0]!, other.ids[0]!])}`
  expect(await mend(first.personId, mark)).toEqual({ ok: false, reason: 'number_taken' })
  expect(await numberOf(first.ids[0]!)).toBe(`T${first.wrong}`)
  expect(await mend(first.personId, 'stale')).toEqual({ ok: false, reason: 'changed_meanwhile' })
})

test('nobody but the province’s handler mends the number of a licence', async () => {
  const { personId, wrong, right } = await licensed((document) => `T${document}`)
  await mendTo(personId, wrong, right)
  const { mark } = await list(personId)
  for (const viewer of [await mending.official('provincial_reviewer'), await world.staff('academy_admin', academy)])
    expect(await mend(personId, mark, { viewer })).toEqual({ ok: true, mended: 0 })
  expect((await list(personId)).shown[0]!.held).toBe('earlier')
  expect(await mend(personId, mark)).toEqual({ ok: true, mended: 1 })
})
