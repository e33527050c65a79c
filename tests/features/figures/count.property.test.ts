import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { count } from '#app/features/figures/figures.server.ts'
import { loadPolicy, policyFor } from '#app/features/policy/policy.server.ts'
import type { YearPolicy } from '#app/features/policy/policy.ts'
import { insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { oracle, type Rules } from '#tests/support/oracle.ts'
import { factsOf, rulesShape, shape, some } from './random-facts.ts'

let db: TestDatabase
let plan: YearPolicy

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  plan = await as(system('figures'), (tx) => policyFor(tx, 2026))
})

const policyOf = (rules: Rules): YearPolicy => ({
  ...plan,
  counting: {
    ...plan.counting,
    ...rules,
    excludedCategories: [...rules.excludedCategories],
    certificateTypes: [...rules.certificateTypes],
  },
  trained: { ...plan.trained, leastHours: rules.leastHours },
  practical: { ...plan.practical, leastHours: rules.leastPracticalHours },
})

const PLAN: Rules = {
  excludedCategories: ['student', 'retired'],
  certificateTypes: [
    'skill_level',
    'qualification',
    'special_ability',
    'special_operation',
    'special_equipment',
    'training',
  ],
  leastHours: 0,
  leastPracticalHours: 0,
}

test('every figure of every academy and year is what an independent count finds', { timeout: 120_000 }, async () => {
  const rules = fc.oneof(fc.constant([PLAN, PLAN] as const), fc.tuple(rulesShape, rulesShape))
  await fc.assert(
    fc.asyncProperty(
      shape,
      rules,
      some(2025, 2026),
      some('2026-11-20', '2027-06-01'),
      async (given, [own, before], year, today) => {
        const facts = factsOf(given)
        await insertFacts(db.owner, facts)
        const academyIds = facts.academies.map((academy) => academy.id)
        const policies = { policy: policyOf(own), previous: policyOf(before) }
        const found = await as(system('figures'), (tx) => count(tx, { year, today, academyIds, ...policies }))
        const expected = facts.academies.map(({ id }) => oracle(facts, { academyId: id, year, today }, own, before))
        expect(found.academies.map((academy) => academy.counts)).toEqual(expected)
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 150) },
  )
})
