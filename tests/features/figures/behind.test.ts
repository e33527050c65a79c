import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listPersons } from '#app/features/figures/behind.server.ts'
import { listAll } from '#app/features/figures/behind-narrow.server.ts'
import { listBrands } from '#app/features/figures/brands.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { FIGURES, type Figure } from '#app/features/figures/figures.ts'
import { recountYear } from '#app/features/figures/recount.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { MODES } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase
const LISTED = FIGURES.filter((figure) => figure !== 'brands')
const [year, today] = [2026, '2026-11-20']

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

const page = (academyId: string, figure: Exclude<Figure, 'brands'>, after: string | null, limit?: number) =>
  as(system('figures'), (tx) => listPersons(tx, { academyId, year, today, figure, after, limit, sight: 'elsewhere' }))

async function everyPage(academyId: string, figure: Exclude<Figure, 'brands'>, limit: number) {
  const pages = []
  for (let after: string | null = null, isLast = false; !isLast; isLast = after === null) {
    const found = await page(academyId, figure, after, limit)
    pages.push(found)
    after = found.next
  }
  return pages
}

/** An academy where every figure counts somebody, and none counts everybody. */
function variedAcademy() {
  const b = build()
  const here = b.academy()
  const persons = Array.from({ length: 40 }, b.person)
  const classes = MODES.flatMap((mode) => [b.class(here, { mode }), b.class(here, { mode, endsOn: '2026-05-06' })])
  persons.forEach((person, i) => {
    for (const [c, of] of classes.entries()) {
      if ((i + c) % 3 > 0 && i % 8 !== c) continue
      if (i >= 34 && of.mode !== 'online') continue
      const enrolment = b.enrolment(of, person, {
        category: i % 11 === 0 ? 'student' : i % 5 === 0 ? null : 'employed',
        declaredLevel: i % 4 === 0 ? 'l5' : null,
        creditedOn: i % 13 === 0 ? null : of.endsOn,
      })
      if (i % 6 === 5) continue
      const assessment = b.assessment(enrolment, {
        assessedOn: of.endsOn,
        result: i % 7 === 0 ? 'absent' : i % 9 === 0 ? 'failed' : 'passed',
      })
      if (assessment.result === 'passed' && i % 3 > 0) b.certificate(assessment, { level: i % 10 === 0 ? 'l5' : 'l4' })
    }
  })
  return { facts: b.facts, academyId: here.id }
}

test('behind every figure stand as many persons (or enrolments) as it says, each once, on however many pages', async () => {
  const { facts, academyId } = variedAcademy()
  await insertFacts(db.owner, facts)
  const { academies } = await as(system('figures'), (tx) => figuresOf(tx, { year, today, academyIds: [academyId] }))
  const { counts } = academies[0]!
  for (const figure of LISTED) {
    const pages = await everyPage(academyId, figure, 7)
    const keys = pages.flatMap(({ rows }) => rows.map((row) => row.key))
    expect([figure, pages[0]!.count, new Set(keys).size, keys.length]).toEqual([
      figure,
      counts[figure],
      counts[figure],
      counts[figure],
    ])
    expect(keys.length, figure).toBeGreaterThan(0) // a figure of 0 would prove nothing
    for (const { rows } of pages) for (const row of rows) expect(row.facts.length).toBeGreaterThan(0)
  }
})

test('a list read from the tally is the list found in the facts', async () => {
  const { facts, academyId } = variedAcademy()
  await insertFacts(db.owner, facts)
  const listed = async () => {
    const lists = []
    for (const figure of LISTED) lists.push(await everyPage(academyId, figure, 7))
    const narrowing = { month: 5, classCode: null, mode: null }
    const of = { academyId, year, today, sight: 'elsewhere' as const, narrowing }
    for (const figure of LISTED) lists.push(await as(system('figures'), (tx) => listAll(tx, { ...of, figure })))
    return lists
  }
  const live = await listed()
  await as(system('figures'), (tx) =>
    recountYear(tx, { year, today, now: new Date(), onlyStale: true, isPatient: true }),
  )
  expect(await listed()).toEqual(live)
})

test('names and documents are masked; those who work with the person see six digits more', async () => {
  const b = build()
  const here = b.academy()
  const person = b.person()
  b.enrolment(b.class(here), person, { name: '欧阳小明' })
  await insertFacts(db.owner, b.facts)
  const input = { academyId: here.id, year, today, figure: 'trained', after: null } as const
  const seen = await as(system('figures'), async (tx) => [
    await listPersons(tx, { ...input, sight: 'elsewhere' }),
    await listPersons(tx, { ...input, sight: 'working' }),
  ])
  const { document } = person
  expect(seen.map(({ rows }) => [rows[0]!.name, rows[0]!.document])).toEqual([
    ['欧阳*明', `${document.slice(0, 3)}***********${document.slice(-4)}`],
    ['欧阳*明', `${document.slice(0, 6)}********${document.slice(-4)}`],
  ])
  expect(JSON.stringify(seen)).not.toContain(document)
})

test('a list shows what made the person count: the credited classes, or the assessments with their certificates', async () => {
  const b = build()
  const here = b.academy()
  const person = b.person()
  const of = b.class(here, { code: 'K1', mode: 'practical' })
  const enrolment = b.enrolment(of, person, { declaredLevel: 'l5' })
  b.assessment(enrolment, { assessedOn: '2026-03-10', result: 'failed' })
  const passed = b.assessment(enrolment, { assessedOn: '2026-04-10' })
  b.certificate(passed, { type: 'training' })
  b.certificate(passed)
  b.enrolment(b.class(here, { endsOn: '2025-03-06' }), person)
  await insertFacts(db.owner, b.facts)
  expect((await page(here.id, 'practical', null)).rows[0]!.facts).toMatchObject([
    { kind: 'credit', classCode: 'K1', creditedOn: '2026-03-06', hours: 10 },
  ])
  expect((await page(here.id, 'improved', null)).rows[0]!.facts).toMatchObject([
    { assessedOn: '2026-03-10', result: 'failed', certificates: [] },
    { assessedOn: '2026-04-10', declaredLevel: 'l5', certificates: [{ level: 'l4' }, { type: 'training' }] },
  ])
})

test('an academy’s list holds nobody of another academy', async () => {
  const b = build()
  const [here, there] = [b.academy(), b.academy()]
  b.assessment(b.enrolment(b.class(there)))
  await insertFacts(db.owner, b.facts)
  for (const figure of LISTED) expect(await page(here.id, figure, null)).toEqual({ count: 0, rows: [], next: null })
})

test('behind the brands stand the approved and valid ones', async () => {
  const b = build()
  const here = b.academy()
  b.brand(here, { name: '焊接' })
  b.brand(here, { name: '过期', validUntil: '2026-11-19' })
  b.brand(here, { name: '待批', status: 'pending' })
  await insertFacts(db.owner, b.facts)
  const brands = await as(system('figures'), (tx) => listBrands(tx, { academyId: here.id, year, today }))
  expect(brands).toEqual([{ name: '焊接', validFrom: '2024-01-01', validUntil: null, occupations: [] }])
})
