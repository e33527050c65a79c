import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { DEMO_LOGINS } from '#app/features/ops/demo/accounts.ts'
import { ledgerFiles } from '#app/features/ops/demo/files.ts'
import { SMALL_DEMO } from '#app/features/ops/demo/vocabulary.ts'
import { prepareDemo } from '#app/features/ops/demo.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  await prepareDemo({ log: () => {} })
}, 120_000)

const counts = async () => {
  const [row] = await db.owner`
    select (select count(*)::int from enrolment where account_id is null) as rows, (select count(*)::int from academy) as academies,
      (select count(*)::int from certificate) as certificates, (select count(*)::int from account) as accounts`
  return row
}

test('the small demo is six academies and about 12,000 rows over three years, all through the ledger', async () => {
  const found = await counts()
  expect(found?.academies).toBe(6)
  expect(found?.rows).toBeGreaterThan(11_000)
  expect(found?.rows).toBeLessThan(14_000)
  const [audited] = await db.owner`select count(*)::int as files from audit_event where kind = 'ledger.imported'`
  expect(audited?.files).toBe(6)
})

test('a second start loads nothing again and names an account of every role', async () => {
  const before = await counts()
  const accounts = await prepareDemo({ log: () => {} })
  expect(accounts.map(({ role }) => role)).toEqual(DEMO_LOGINS.map(({ role }) => role))
  expect(await counts()).toEqual(before)
})

test('classes are open for enrolment in the days to come, whenever the demo is loaded', async () => {
  const open =
    await db.owner`select mode, capacity from class where origin = 'system' and status = 'published' and ends_on > now()`
  expect(open.filter(({ mode }) => mode === 'practical').length).toBeGreaterThan(2)
  expect(open.filter(({ mode }) => mode === 'online')).toHaveLength(3) // one course by two academies
})

test('the same seed makes the same ledgers', () => {
  const first = ledgerFiles(SMALL_DEMO.slice(0, 1)).flatMap((file) => [...file.lines])
  const second = ledgerFiles(SMALL_DEMO.slice(0, 1)).flatMap((file) => [...file.lines])
  expect(second).toEqual(first)
})

test('the demo shows hits and misses: not every academy meets every target', async () => {
  const { academies } = await as(system('figures'), (tx) => figuresOf(tx, { year: 2026, today: '2026-10-31' }))
  const trained = academies.map(({ counts: c }) => c.trained)
  expect(trained.some((persons) => persons >= 2000)).toBe(true)
  expect(trained.some((persons) => persons < 2000)).toBe(true)
  const shenzhen = academies.find(({ code }) => code === 'SZDZ')
  expect(shenzhen!.counts.trained_times).toBeGreaterThan(2000) // 人次 above the target, 人数 below it
  expect(shenzhen!.counts.trained).toBeLessThan(2000)
})
