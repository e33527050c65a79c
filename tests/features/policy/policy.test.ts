import { beforeAll, expect, test } from 'vitest'
import { anonymous, system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import {
  countingPolicy,
  learningPolicy,
  listPolicyRows,
  listPolicyYears,
  loadPolicy,
  policyFor,
} from '#app/features/policy/policy.server.ts'
import { type PolicyRow, policyChange, policyInForce } from '#app/features/policy/policy.ts'
import { freshDatabase } from '#tests/support/database.ts'

beforeAll(async () => {
  await freshDatabase()
  expect(await as(system('setup'), loadPolicy)).toBe(22)
})

test('the plan of 2024 to 2026: 2 brands, 2,000 trained, 1,000 practical, 85 % of the assessed, growth about 5 %', async () => {
  for (const year of [2024, 2025, 2026]) {
    const policy = await as(anonymous, (tx) => policyFor(tx, year))
    expect(policy.brands).toMatchObject({ year, threshold: 2 })
    expect(policy.trained).toMatchObject({ threshold: 2000, leastHours: 0 })
    expect(policy.practical).toMatchObject({ threshold: 1000, leastHours: 0 })
    expect(policy.rate).toMatchObject({ threshold: 85, basis: 'assessed' })
    expect(policy.growth).toMatchObject({ threshold: 50, toleranceTenths: 5 })
  }
})

test('80 % of the hours credit; students and retired persons do not count; all certificates but 其他证书 do', async () => {
  expect(await as(system('figures'), (tx) => countingPolicy(tx, 2026))).toMatchObject({
    attendancePercent: 80,
    excludedCategories: ['student', 'retired'],
    certificateTypes: [
      'skill_level',
      'qualification',
      'special_ability',
      'special_operation',
      'special_equipment',
      'training',
    ],
  })
})

test('online hours are earned by half of a lesson’s minutes and nine tenths of its recordings, at one and a half times at most', async () => {
  expect(await as(anonymous, (tx) => learningPolicy(tx, 2026))).toMatchObject({
    activePercent: 50,
    playedPercent: 90,
    fullSpeedTenths: 15,
    idleSeconds: 180,
    lateMinutes: 30,
  })
})

test('loading the reference data again changes nothing', async () => {
  const before = await as(anonymous, listPolicyRows)
  expect(await as(system('setup'), loadPolicy)).toBe(0)
  expect(await as(anonymous, listPolicyRows)).toEqual(before)
  expect(await as(anonymous, listPolicyYears)).toEqual([2024, 2025, 2026])
})

test('nobody but setup may add a policy row', async () => {
  await expect(as(system('figures'), loadPolicy)).rejects.toMatchObject({ status: 404 })
})

const rate = (year: number, setAt: string, threshold: number): PolicyRow => ({
  ...policyChange.parse({ year, subject: 'rate', threshold, basis: 'assessed', setAt }),
  id: `${year}-${setAt}`,
})
const ONLINE = {
  ...{ subject: 'learning', activePercent: 50, playedPercent: 90 },
  ...{ fullSpeedTenths: 15, idleSeconds: 180, lateMinutes: 30 },
}
const SEATS = {
  ...{ subject: 'seats', mostSeats: 10, requestDays: 5, holdHours: 24 },
  ...{ holdFrom: 8, holdUntil: 21, cutOffHours: 12 },
}
const ATTENDANCE = {
  ...{ subject: 'attendance', graceMinutes: 10, closeHours: 12, sendHours: 48 },
  ...{ objectDays: 3, lockDays: 15, deliveredPercent: 80 },
}
const others: PolicyRow[] = [
  { subject: 'counting', attendancePercent: 80, excludedCategories: [], certificateTypes: [] },
  { subject: 'brands', threshold: 2 },
  { subject: 'trained', threshold: 2000, leastHours: 0 },
  { subject: 'practical', threshold: 1000, leastHours: 0 },
  { subject: 'growth', threshold: 50, toleranceTenths: 5 },
  ONLINE,
  SEATS,
  ATTENDANCE,
  { subject: 'opening', openingApproval: 'none' },
].map((row) => ({ ...policyChange.parse({ ...row, year: 2024, setAt: '2024-01-01T00:00:00+08:00' }), id: row.subject }))
const rateOf = (rows: PolicyRow[], year: number) => policyInForce([...others, ...rows], year).rate.threshold

test('a year without a policy of its own is judged by the nearest one before it', () => {
  const rows = [rate(2024, '2024-01-01T00:00:00Z', 80), rate(2026, '2026-01-01T00:00:00Z', 85)]
  expect([2024, 2025, 2026, 2030].map((year) => rateOf(rows, year))).toEqual([80, 80, 85, 85])
})

test('a year before every policy is judged by the first', () => {
  expect(rateOf([rate(2025, '2025-01-01T00:00:00Z', 80), rate(2026, '2026-01-01T00:00:00Z', 85)], 2019)).toBe(80)
})

test('of two rows of one year the latest set is in force', () => {
  expect(rateOf([rate(2026, '2026-06-01T00:00:00Z', 90), rate(2026, '2026-01-01T00:00:00Z', 85)], 2026)).toBe(90)
})

test('an installation without any policy says so', () => {
  expect(() => policyInForce([], 2026)).toThrow('reference data are not loaded')
})
