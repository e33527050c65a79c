import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { yearsOfFigures } from '#app/features/figures/figures.server.ts'
import { monthsOf } from '#app/features/figures/months.server.ts'
import { MONTHLY } from '#app/features/figures/months.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase
const [year, today] = [2026, '2026-11-20']

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

const months = (academyId: string, asked = { year, today }) =>
  as(system('figures'), (tx) => monthsOf(tx, { academyId, ...asked }))

/** Twelve zeros, but for the months named (1: January). */
const only = (named: Record<number, number>) => Array.from({ length: 12 }, (_, i) => named[i + 1] ?? 0)

test('a person counts in the month of the first credit, and never again that year', async () => {
  const b = build()
  const here = b.academy()
  const [early, late] = [b.person(), b.person()]
  const march = b.class(here, { mode: 'classroom', endsOn: '2026-03-06' })
  const may = b.class(here, { mode: 'practical', startsOn: '2026-05-04', endsOn: '2026-05-31' })
  b.enrolment(march, early)
  b.enrolment(may, early)
  b.enrolment(may, late)
  await insertFacts(db.owner, b.facts)
  expect(await months(here.id)).toEqual({
    trained: only({ 3: 1, 5: 1 }),
    practical: only({ 5: 2 }),
    certified: only({}),
    improved: only({}),
  })
})

test('a certificate and a risen skill count in the month of the assessment', async () => {
  const b = build()
  const here = b.academy()
  const enrolment = b.enrolment(b.class(here, { endsOn: '2026-06-30', startsOn: '2026-06-01' }))
  const first = b.assessment(enrolment, { assessedOn: '2026-07-01' })
  b.certificate(first, { type: 'training', issuedOn: '2026-09-01' })
  const second = b.assessment(enrolment, { assessedOn: '2026-08-31' })
  b.certificate(second, { level: 'l4' })
  await insertFacts(db.owner, b.facts)
  const found = await months(here.id)
  expect(found.certified).toEqual(only({ 7: 1 }))
  expect(found.improved).toEqual(only({ 8: 1 }))
})

test('credit that lies ahead counts in no month yet', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here, { startsOn: '2026-11-01', endsOn: '2026-11-30' }))
  await insertFacts(db.owner, b.facts)
  expect((await months(here.id)).trained).toEqual(only({}))
  expect((await months(here.id, { year, today: '2026-11-30' })).trained).toEqual(only({ 11: 1 }))
})

test('the months of every figure add up to it, in each of several years', async () => {
  const b = build()
  const here = b.academy()
  for (let i = 0; i < 60; i++) {
    const endsOn = `${2024 + (i % 3)}-${String(1 + (i % 12)).padStart(2, '0')}-15`
    const of = b.class(here, { mode: i % 2 ? 'practical' : 'online', startsOn: endsOn, endsOn })
    const enrolment = b.enrolment(of)
    if (i % 4) b.certificate(b.assessment(enrolment), { level: i % 5 ? 'l4' : 'l3' })
  }
  await insertFacts(db.owner, b.facts)
  const years = [2024, 2025, 2026]
  const found = await as(system('figures'), (tx) => yearsOfFigures(tx, { years, today, academyIds: [here.id] }))
  expect(found.map((of) => of.year)).toEqual(years)
  for (const { year: of, academies } of found) {
    const series = await months(here.id, { year: of, today })
    for (const figure of MONTHLY) {
      expect(academies[0]?.counts[figure]).toBeGreaterThan(0)
      expect(series[figure].reduce((sum, n) => sum + n)).toBe(academies[0]?.counts[figure])
    }
  }
})
