import { beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { base, certified, importRows, makeAcademies, tableCounts, worker } from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

test('a ledger makes class, persons, enrolments, assessments and certificates', async () => {
  const outcome = await importRows([
    { ...base, ...worker(1), ...certified(1) },
    { ...base, ...worker(2) },
  ])
  expect(outcome).toMatchObject({
    rows: 2,
    created: 2,
    corrected: 0,
    unchanged: 0,
    rejected: 0,
    errors: [],
    warnings: [],
  })
  expect(await tableCounts(db)).toMatchObject({
    class: 1,
    person: 2,
    enrolment: 2,
    assessment: 1,
    certificate: 1,
    ledger_import: 1,
  })
})
