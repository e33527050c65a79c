import { beforeAll, beforeEach, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { saveCertificates } from '#app/features/certification/certificates.server.ts'
import { attemptsMark, redateAssessments } from '#app/features/certification/mend.server.ts'
import { mergePersons } from '#app/features/certification/merge-persons.server.ts'
import { planMerge } from '#app/features/certification/merge-plan.server.ts'
import { findPersonFile } from '#app/features/certification/person-file.server.ts'
import { undoImport } from '#app/features/ledger/undo.server.ts'
import { maskCertificateNumber } from '#app/features/persons/masking.ts'
import { findPersonByDocument } from '#app/features/persons/persons.server.ts'
import { mendClass } from '#app/features/training/mend.server.ts'
import { classMark } from '#app/features/training/mend.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { base, certified, documentOf, importRows, makeAcademies, NOW, tableCounts, worker } from './ledgers.ts'

let db: TestDatabase
let handler: Viewer
let academyId: string

beforeAll(async () => {
  db = await freshDatabase()
  academyId = (await makeAcademies(db)).first
  handler = await mendingWorld(db).official('provincial_handler')
})

beforeEach(async () => {
  await db.owner`truncate class, person, revision, ledger_import, audit_event cascade`
})

const personOf = (n: number) =>
  as(system('ledger'), async (tx) => {
    const found = await findPersonByDocument(tx, { type: 'resident_id', number: documentOf(n) })
    return found!.id
  })
async function merge(kept: number, merged: number) {
  const pair = { keptId: await personOf(kept), mergedId: await personOf(merged) }
  const { mark } = await as(handler, (tx) => planMerge(tx, { ...pair, now: NOW }))
  const input = { ...pair, viewer: handler, isConfirmed: true, was: mark, reason: '同一人', now: NOW }
  expect(await as(handler, (tx) => mergePersons(tx, input))).toEqual({ ok: true, isNew: true })
  return pair
}
const undo = (importId: string | null) =>
  as(system('ledger'), (tx) => undoImport(tx, { importId: importId!, accountId: null, now: NOW }))
const one = { ...base, ...worker(1), ...certified(1) }
const elsewhere = { ...base, ...worker(2), classCode: '2026-P-002' }

test('after a merge, a ledger with the old document changes nothing and makes nobody', async () => {
  await importRows([one, elsewhere])
  await merge(1, 2)
  expect(await importRows([one, elsewhere])).toMatchObject({ created: 0, corrected: 0, unchanged: 2, errors: [] })
  expect(await importRows([{ ...elsewhere, classCode: '2026-P-003' }])).toMatchObject({ created: 1, errors: [] })
  expect(await tableCounts(db)).toMatchObject({ person: 2 })
  const rows = await db.owner`select distinct person_id from enrolment`
  expect(rows).toEqual([{ person_id: await personOf(1) }])
})

test('one class with both documents of a person who was merged: an error for both rows that names the other', async () => {
  await importRows([one, elsewhere])
  await merge(1, 2)
  const both = { ...base, classCode: '2026-P-009' }
  const outcome = await importRows([
    { ...both, ...worker(1) },
    { ...both, ...worker(2) },
  ])
  expect(outcome).toMatchObject({ created: 0, rejected: 2 })
  expect(outcome.errors.map(({ row, column }) => [row, column])).toEqual([
    [2, '证件号码'],
    [3, '证件号码'],
  ])
  expect(outcome.errors[0]?.message).toContain('同一个人')
})

test('the typing error that made two persons in one class is merged, and either ledger passes afterwards', async () => {
  await importRows([one])
  await importRows([{ ...base, ...worker(2) }]) // the same worker, with the document put right
  await merge(2, 1)
  const [counted] =
    await db.owner`select count(*) filter (where credited_on is not null)::int as credited from enrolment`
  expect(counted).toEqual({ credited: 1 })
  expect(await importRows([{ ...one, ...worker(2), name: one.name }])).toMatchObject({ errors: [], unchanged: 0 })
  expect(await importRows([one])).toMatchObject({ errors: [], created: 0 })
})

test('an import whose persons were merged cannot be undone', async () => {
  const { importId } = await importRows([elsewhere])
  const later = await importRows([one], { now: new Date(NOW.getTime() + 1000) })
  await merge(1, 2)
  expect(await undo(importId)).toMatchObject({ ok: false, reason: 'built', blocks: { corrections: 1 } })
  // What brought the kept one only goes, the person stays: others point to it.
  expect(await undo(later.importId)).toMatchObject({ ok: true })
  expect(await tableCounts(db)).toMatchObject({ person: 2, enrolment: 1 })
})

test('a mended class takes ledgers with its new values alone, and its import cannot be undone', async () => {
  const { importId } = await importRows([one])
  const [row] = await db.owner`select id from class`
  const facts = { name: base.className!, mode: 'practical' as const, occupationCode: base.occupationCode!, ...DATES }
  const entry = { ...facts, name: '焊工实操提高班', plannedHours: '40', plannedPracticalHours: '' }
  const was = classMark({ ...facts, plannedHours: 40, plannedPracticalHours: null })
  const input = { viewer: handler, academyId, classId: row!.id as string, reason: '名称写错', now: NOW }
  expect(await as(handler, (tx) => mendClass(tx, { ...input, entry: { ...entry, was } }))).toMatchObject({ ok: true })
  const old = await importRows([one])
  expect(old.errors).toMatchObject([{ column: '班次名称' }])
  expect(await importRows([{ ...one, className: '焊工实操提高班' }])).toMatchObject({ unchanged: 1, errors: [] })
  expect(await undo(importId)).toMatchObject({ ok: false, reason: 'built', blocks: { corrections: 1 } })
})
const DATES = { startsOn: '2026-03-02', endsOn: '2026-03-20' }

test('a wrong date that a ledger may not change is mended, and the ledger with the right date passes', async () => {
  await importRows([one])
  const right = { ...one, assessedOn: '2026-03-26' }
  expect((await importRows([right])).errors[0]?.message).toContain('请在系统中更正')
  const [found] = await db.owner`select a.id, e.class_id from assessment a join enrolment e on e.id = a.enrolment_id`
  const redated = await as(handler, (tx) =>
    redateAssessments(tx, {
      ...{ academyId, classId: found!.class_id, from: '2026-03-25', to: '2026-03-26', assessmentId: null },
      ...{ was: attemptsMark([found!.id]), viewer: handler, reason: '日期填错', now: NOW },
    }),
  )
  expect(redated).toEqual({ ok: true, moved: 1 })
  expect(await importRows([right])).toMatchObject({ unchanged: 1, errors: [] })
})

const licence = (certificateNumber: string, issuedOn = '2026-04-10') => ({
  ...one,
  ...{ certificateType: '特种作业操作证', workItem: '低压电工作业', level: '', certificateNumber, issuedOn },
})
/** The administrator of the academy types the one licence anew. */
async function retype(number: string, issuedOn: string, now: Date) {
  const admin = { ...(await trainingWorld(db).staff('academy_admin', { id: academyId, code: 'GD01', name: '' })) }
  const [of] = await db.owner`select a.id, e.class_id from assessment a join enrolment e on e.id = a.enrolment_id`
  const batch = { type: 'special_operation', level: '', workItem: '低压电工作业', issuer: '', issuedOn }
  const request = { academyId, classId: of!.class_id, batch, entries: [{ assessmentId: of!.id, number }], now }
  expect(await saveCertificates(admin, { ...request, isDigitChecked: false, reason: '抄错' })).toEqual({
    ok: true,
    changed: 1,
  })
}
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const licenceChanges = async () => {
  const file = await findPersonFile(handler, await personOf(1))
  return file!.history.map(({ change, before }) => [change, before && 'number' in before && before.number])
}

test('a licence renumbered by hand stays in the person’s history when a ledger, or undoing one, renumbers it again', async () => {
  await importRows([licence('T440300A')])
  await retype('T440300B', '2026-04-10', at(1))
  expect(await licenceChanges()).toEqual([['licence', maskCertificateNumber('T440300A')]])
  const back = await importRows([licence('T440300A')], { now: at(2) })
  expect(back).toMatchObject({ corrected: 1 })
  expect(await licenceChanges()).toEqual([['licence', maskCertificateNumber('T440300A')]])
  expect(await undo(back.importId)).toMatchObject({ ok: true, restored: 1 })
  expect(await licenceChanges()).toEqual([['licence', maskCertificateNumber('T440300A')]])
})

test('who changed a licence’s date alone by hand is not said to have renumbered it when a ledger does so later', async () => {
  await importRows([licence('T440300A')])
  await retype('T440300A', '2026-04-11', at(1))
  expect(await importRows([licence('T440300B', '2026-04-11')], { now: at(2) })).toMatchObject({ corrected: 1 })
  expect(await licenceChanges()).toEqual([])
})
