import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { creditedOn } from '#app/features/training/bulk.server.ts'
import { type CreditFacts, creditDate } from '#app/features/training/credit.ts'
import { MODES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { base, importRows, makeAcademies, worker } from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

const practical: CreditFacts = {
  mode: 'practical',
  plannedHours: 40,
  endsOn: '2026-03-20',
  hoursAttended: 32,
  completedOn: null,
  attendancePercent: 80,
}
const online: CreditFacts = { ...practical, mode: 'online', hoursAttended: 40 }

describe('the date of credit', () => {
  test('of a class one sits in: four fifths of the hours, on its last day', () => {
    expect(creditDate(practical)).toBe('2026-03-20')
    expect(creditDate({ ...practical, hoursAttended: 31.5 })).toBeNull()
    expect(creditDate({ ...practical, plannedHours: 0.5, hoursAttended: 0.5 })).toBe('2026-03-20')
    expect(creditDate({ ...practical, plannedHours: 0.5, hoursAttended: 0 })).toBeNull()
    expect(creditDate({ ...practical, mode: 'mixed', attendancePercent: 81 })).toBeNull()
  })

  test('online: all hours, on the worker’s own completion date, else on the last day', () => {
    expect(creditDate(online)).toBe('2026-03-20')
    expect(creditDate({ ...online, completedOn: '2026-02-28' })).toBe('2026-02-28')
    expect(creditDate({ ...online, completedOn: '2026-02-28', hoursAttended: 39.5 })).toBeNull()
  })

  test('where nobody recorded hours there is none', () =>
    expect(creditDate({ ...practical, hoursAttended: null })).toBeNull())
})

const halfHours = (most: number) => fc.nat(most * 2).map((halves) => halves / 2)
const day = fc.integer({ min: 0, max: 1000 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const factsOf: fc.Arbitrary<CreditFacts> = fc.record({
  mode: fc.constantFrom(...MODES),
  plannedHours: halfHours(100).filter((hours) => hours > 0),
  endsOn: day,
  hoursAttended: fc.option(halfHours(100)),
  completedOn: fc.option(day),
  attendancePercent: fc.nat(100),
})

test('the rule in the database is the rule in the code', async () => {
  const samples = fc.sample(factsOf, 5000)
  const dates = await as(system('ledger'), async (tx) => {
    const rule = creditedOn({
      mode: sql`f."mode"`,
      plannedHours: sql`f."plannedHours"`,
      endsOn: sql`f."endsOn"`,
      hoursAttended: sql`f."hoursAttended"`,
      completedOn: sql`f."completedOn"`,
      attendancePercent: sql`f."attendancePercent"`,
    })
    return tx.execute(sql`
      select (${rule})::text as date from jsonb_to_recordset(${JSON.stringify(samples.map((sample, n) => ({ n, ...sample })))}::jsonb)
        as f (n integer, "mode" text, "plannedHours" numeric(6, 1), "endsOn" date, "hoursAttended" numeric(6, 1), "completedOn" date,
          "attendancePercent" integer)
      order by f.n`)
  })
  expect(dates.map(({ date }) => date)).toEqual(samples.map(creditDate))
})

test('an import credits by it: at the edge, below it, online, and ahead of time', async () => {
  const rows = [
    { ...base, classCode: 'A', ...worker(1), hoursAttended: '32' },
    { ...base, classCode: 'A', ...worker(2), hoursAttended: '31.5' },
    { ...base, classCode: 'B', mode: '线上', ...worker(1), completedOn: '2026-03-05' },
    { ...base, classCode: 'B', mode: '线上', ...worker(2) },
    { ...base, classCode: 'B', mode: '线上', ...worker(3), hoursAttended: '39.5', completedOn: '2026-03-05' },
    { ...base, classCode: 'C', ...worker(1), startsOn: '2026-11-20', endsOn: '2027-01-15' },
  ]
  expect(await importRows(rows)).toMatchObject({ created: 6, errors: [] })
  const credited = await db.owner`
    select c.code, e.credited_on::text as date from enrolment e join class c on c.id = e.class_id order by e.created_at, c.code, e.name`
  expect(credited.map(({ code, date }) => `${code} ${date}`)).toEqual([
    'A null',
    'A 2026-03-20',
    'B null',
    'B 2026-03-20',
    'B 2026-03-05',
    'C 2027-01-15',
  ])
})
