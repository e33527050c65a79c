import { beforeAll, beforeEach, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { ledgerImports, ledgerUndo } from '#app/features/ledger/commands.server.ts'
import { type Undone, undoImport } from '#app/features/ledger/undo.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { reportsOf } from '#tests/support/table-files.ts'
import { base, certified, facts, importRows, makeAcademies, NOW, tableCounts, worker } from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

beforeEach(async () => {
  await db.owner`truncate class, person, revision, ledger_import, audit_event cascade`
})

const undo = (importId: string | null): Promise<Undone> =>
  as(system('ledger'), (tx) => undoImport(tx, { importId: importId!, accountId: null, now: NOW }))
const at = (hour: number) => ({ now: new Date(NOW.getTime() + hour * 3_600_000) })
const one = { ...base, ...worker(1), phone: '13912345678', ...certified(1) }
const two = { ...base, ...worker(2) }

test('an import goes as a whole: nothing of it is left but the trail', async () => {
  const { importId } = await importRows([one, two])
  expect(await undo(importId)).toEqual({ ok: true, removed: 5, restored: 0 })
  expect(await tableCounts(db)).toMatchObject({
    class: 0,
    person: 0,
    enrolment: 0,
    assessment: 0,
    certificate: 0,
    certificate_number: 0,
  })
  expect(await db.owner`select kind from audit_event order by at, kind`).toMatchObject([
    { kind: 'ledger.imported' },
    { kind: 'ledger.undone' },
  ])
  expect(await importRows([one, two])).toMatchObject({ created: 2, errors: [] })
})

test('what it corrected says again what it said before; the corrections stay in the history', async () => {
  await importRows([one, two])
  const before = await facts(db)
  const changed = {
    hoursAttended: '20',
    phone: '13987654321',
    issuer: '另一机构',
    certificateNumber: 'Y000044030000264999999',
  }
  const { importId } = await importRows(
    [
      { ...one, ...changed },
      { ...base, ...worker(3) },
    ],
    at(1),
  )
  expect(await facts(db)).not.toEqual(before)
  expect(await undo(importId)).toEqual({ ok: true, removed: 1, restored: 2 })
  expect(await facts(db)).toEqual(before)
  expect(await db.owner`select reason from revision order by reason nulls first`).toMatchObject([
    { reason: null },
    { reason: null },
    { reason: 'ledger.undone' },
    { reason: 'ledger.undone' },
  ])
  expect(await importRows([one, two], at(2))).toMatchObject({ unchanged: 2, errors: [] })
})

test('imports come off in the order in which they went on, not otherwise', async () => {
  const first = await importRows([one])
  const second = await importRows([{ ...one, hoursAttended: '20' }], at(1))
  expect(await undo(first.importId)).toMatchObject({ ok: false, reason: 'built', blocks: { corrections: 1 } })
  expect(await undo(second.importId)).toMatchObject({ ok: true, restored: 1 })
  expect(await undo(first.importId)).toMatchObject({ ok: true, removed: 4 })
})

test('what hangs on it from elsewhere stands in the way, and is counted', async () => {
  const first = await importRows([one])
  await importRows([two], at(1))
  await importRows([{ ...one, ...certified(2), assessedOn: '2026-03-26' }], at(2))
  await importRows([{ ...one, certificateType: '培训合格证书', certificateNumber: 'PX-0001', level: '' }], at(3))
  const before = await tableCounts(db)
  expect(await undo(first.importId)).toEqual({
    ok: false,
    reason: 'built',
    blocks: { corrections: 0, enrolments: 1, assessments: 1, certificates: 1, sessions: 0 },
  })
  expect(await tableCounts(db)).toEqual(before)
})

test('the same rows in a later file do not stand in the way', async () => {
  const first = await importRows([one, two])
  await importRows([one, two, { ...base, classCode: 'other', ...worker(1) }], at(1))
  expect(await undo(first.importId)).toMatchObject({ ok: true })
  expect(await tableCounts(db)).toMatchObject({ class: 1, person: 1, enrolment: 1 })
})

test('a person who has an account meanwhile stays', async () => {
  const { importId } = await importRows([one, two])
  await db.owner`
    insert into account (id, role, login, password_hash, display_name, person_id, created_at)
    select ${newId()}, 'worker', 'undo-worker', 'x', '工人', id, now() from person limit 1`
  expect(await undo(importId)).toMatchObject({ ok: true, removed: 5 })
  expect(await tableCounts(db)).toMatchObject({ enrolment: 0, person: 2 })
  await db.owner`delete from account where login = 'undo-worker'`
})

test('twice, or of what is no import, is refused', async () => {
  const { importId } = await importRows([one])
  await undo(importId)
  expect(await undo(importId)).toEqual({ ok: false, reason: 'undone' })
  expect(await undo(newId())).toEqual({ ok: false, reason: 'unknown' })
})

test('seats of a class that stays are counted again', async () => {
  await importRows([one])
  const { importId } = await importRows([two], at(1))
  expect(await db.owner`select taken from class`).toEqual([{ taken: 2 }])
  await undo(importId)
  expect(await db.owner`select taken from class`).toEqual([{ taken: 1 }])
})

test('from the shell: listed newest first, undone by its id', async () => {
  const first = await importRows([one])
  const second = await importRows([two], at(1))
  const listed = (await reportsOf(ledgerImports)).reports as unknown as { import: string; created: number }[]
  expect(listed).toMatchObject([
    { import: second.importId, created: 1 },
    { import: first.importId, created: 1 },
  ])
  expect((await reportsOf(ledgerUndo, first.importId!)).status).toBe(1)
  expect((await reportsOf(ledgerUndo, second.importId!)).status).toBe(0)
  expect((await reportsOf(ledgerUndo, first.importId!)).status).toBe(0)
  expect((await reportsOf(ledgerUndo, 'nonsense')).status).toBe(1)
  expect((await reportsOf(ledgerUndo)).status).toBe(2)
})
