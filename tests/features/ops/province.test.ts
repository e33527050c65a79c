import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { judge } from '#app/features/figures/verdicts.ts'
import { DEMO_LOGINS } from '#app/features/ops/demo/accounts.ts'
import { PROVINCE } from '#app/features/ops/demo/province/academies.ts'
import { expectedRows, fileNameOf } from '#app/features/ops/demo/province/source.ts'
import { loadLedgers, missingLedgers } from '#app/features/ops/demo/province.server.ts'
import { prepareDemo } from '#app/features/ops/demo.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

/** Five of the 74 ledgers: the whole province is loaded by hand. */
const SAMPLE = ['SZDZ', 'FSTC', 'SWFD', 'ZSDS', 'SZWR']
const sample = PROVINCE.filter(({ code }) => SAMPLE.includes(code))
const patient = new AbortController().signal

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
}, 60_000)

const files = async () =>
  (await db.owner`select file_name, rows from ledger_import order by at`).map(({ file_name, rows }) => [
    file_name,
    rows,
  ])

test('academies, brands, accounts and classes to come are there before the first ledger', async () => {
  const accounts = await prepareDemo({ log: () => {}, kind: 'province' })
  expect(accounts).toHaveLength(DEMO_LOGINS.length)
  const [found] = await db.owner`select (select count(*)::int from academy) as academies,
    (select count(*)::int from account) as accounts, (select count(*)::int from class) as classes,
    (select count(*)::int from trade_union where kind = 'industrial_union') as unions`
  expect(found).toMatchObject({ academies: 74, accounts: DEMO_LOGINS.length })
  expect(found!.classes).toBeGreaterThan(50)
  expect(found!.unions).toBeGreaterThan(4)
  expect(await missingLedgers()).toHaveLength(74)
}, 60_000)

test('an installation keeps the demo it began with', async () => {
  await prepareDemo({ log: () => {}, kind: 'small' })
  const [found] = await db.owner`select count(*)::int as academies from academy`
  expect(found!.academies).toBe(74)
  expect(await files()).toEqual([])
}, 60_000)

test('a stop in the middle leaves whole ledgers or none, and the next start takes it up', async () => {
  const stopping = new AbortController()
  const onRows = () => stopping.abort()
  await expect(loadLedgers(sample, { signal: stopping.signal, onRows })).rejects.toThrow()
  expect(await files()).toEqual([])
  await loadLedgers(sample, { signal: patient, onRows: () => {} })
  const missing = await missingLedgers()
  expect(missing).toHaveLength(74 - SAMPLE.length)
  const found = new Map((await files()) as [string, number][])
  for (const academy of sample)
    expect(Math.abs(found.get(fileNameOf(academy))! / expectedRows(academy) - 1)).toBeLessThan(0.12)
}, 240_000)

test('a ledger that comes again changes nothing', async () => {
  const before = await files()
  await loadLedgers(
    sample.filter(({ code }) => code === 'SWFD'),
    { signal: patient, onRows: () => {} },
  )
  expect(await files()).toEqual(before)
}, 60_000)

/** Counted live, and once: nothing here has a tally. */
let counted: ReturnType<typeof figuresOf> | undefined
const figures = () => (counted ??= as(system('figures'), (tx) => figuresOf(tx, { year: 2026, today: '2026-11-20' })))

const verdictsOf = async (code: string) => {
  const { academies, policy } = await figures()
  const { counts } = academies.find((academy) => academy.code === code)!
  const account = judge(policy, counts)
  const missed = (['brands', 'trained', 'practical', 'rate', 'growth'] as const).filter(
    (indicator) => account[indicator].verdict !== 'met',
  )
  return { counts, missed }
}

test('2,431人次 are 1,962人: short of 2,000', async () => {
  const { counts, missed } = await verdictsOf('SZDZ')
  expect(counts).toMatchObject({ trained: 1962, trained_times: 2431 })
  expect(missed).toEqual(['trained'])
})

test('84.x % with 63 待发证', async () => {
  const { counts, missed } = await verdictsOf('FSTC')
  expect(counts.awaiting).toBe(63)
  expect(Math.floor((counts.certified * 100) / counts.assessed)).toBe(84)
  expect(missed).toEqual(['rate'])
})

test('hands-on falls short where too much is online, and growth below zero after a strong year', async () => {
  const wind = await verdictsOf('SWFD')
  expect(wind.counts.practical).toBeLessThan(1000)
  expect(wind.missed).toEqual(expect.arrayContaining(['trained', 'practical']))
  const lamps = await verdictsOf('ZSDS')
  expect(lamps.missed).toEqual(['growth'])
  expect(lamps.counts.improved).toBeLessThan(lamps.counts.improvedPrevious)
})

test('a second brand that expired is one brand', async () => {
  const { counts, missed } = await verdictsOf('SZWR')
  expect([counts.brands, missed]).toEqual([1, ['brands']])
})
