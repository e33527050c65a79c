import { beforeAll, expect, test } from 'vitest'
import { toldFrom } from '#app/features/certification/news.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { base, type Cells, certified, importRows, makeAcademies, NOW, worker } from './ledgers.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await makeAcademies(db)
})

/** A worker who was in the ledger before, and whose account an academy confirmed. */
async function known(n: number): Promise<string> {
  await importRows([{ ...base, ...worker(n) }])
  const [person] = await db.owner`select person_id as id from enrolment order by created_at desc, id desc limit 1`
  return (await world.worker({ personId: person!.id, isConfirmed: true })).accountId
}
const bring = (n: number, issued: Cells) => importRows([{ ...base, ...worker(n), ...certified(n), ...issued }])
const told = async (accountId: string) =>
  (await db.owner`select kind from notice where account_id = ${accountId}`).map(({ kind }) => kind)

test('a certificate that an import brings is told to its worker where it was issued in the last ninety days, in the app alone and once', async () => {
  expect(toldFrom(NOW)).toBe('2026-09-02')
  const [recent, older] = [await known(11), await known(12)]
  await bring(11, { issuedOn: '2026-09-02' })
  await bring(12, { issuedOn: '2026-09-01' })
  expect([await told(recent), await told(older)]).toEqual([['certificate.entered'], []])
  await bring(11, { issuedOn: '2026-09-02' })
  expect(await told(recent)).toEqual(['certificate.entered'])
  expect(await db.owner`select 1 from delivery`).toHaveLength(0)
})
