import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figuresRebuild, thenRecount } from '#app/features/figures/commands.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { recountYear } from '#app/features/figures/recount.server.ts'
import { keepTalliesFresh } from '#app/features/figures/refresh.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase
const [year, today] = [2026, '2026-11-20']

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

const figures = (academyIds?: string[], asked = { year, today }) =>
  as(system('figures'), (tx) => figuresOf(tx, { ...asked, academyIds }))
const countsOf = async (academyId: string, asked = { year, today }) =>
  (await figures([academyId], asked)).academies[0]!.counts
const recount = (of = year, on = today) =>
  as(system('figures'), (tx) =>
    recountYear(tx, { year: of, today: on, now: new Date(), onlyStale: true, isPatient: true }),
  )
const talliedOf = async (academyId: string) =>
  (await db.owner`select trained, improved from tally where academy_id = ${academyId} and year = ${year}`)[0]
const isMarked = async (academyId: string, of = year) =>
  (await db.owner`select from tally_mark where academy_id = ${academyId} and year = ${of}`).length > 0

test('what is shown of a fresh tally is the tally: nothing is counted', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here))
  await insertFacts(db.owner, b.facts)
  await recount()
  await recount(year - 1)
  await db.owner`update tally set trained = 4711 where academy_id = ${here.id} and year = ${year}`
  expect((await countsOf(here.id)).trained).toBe(4711)
})

test('a write marks its academy’s year in its own transaction, and takes the mark back with it', async () => {
  const b = build()
  const here = b.academy()
  const of = b.class(here)
  b.enrolment(of)
  await insertFacts(db.owner, b.facts)
  await recount()
  expect(await isMarked(here.id)).toBe(false)
  const rolledBack = db.owner.begin(async (sql) => {
    await sql`update enrolment set category = 'retired' where academy_id = ${here.id}`
    throw new Error('rolled back')
  })
  await expect(rolledBack).rejects.toThrow('rolled back')
  expect(await isMarked(here.id)).toBe(false)
  await db.owner`update enrolment set category = 'retired' where academy_id = ${here.id}`
  expect(await isMarked(here.id)).toBe(true)
  expect((await countsOf(here.id)).trained).toBe(0)
  expect((await talliedOf(here.id))?.trained).toBe(1)
  await recount()
  expect((await talliedOf(here.id))?.trained).toBe(0)
})

test('a write that no figure is made of marks nothing', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here))
  await insertFacts(db.owner, b.facts)
  await recount()
  await db.owner`update enrolment set name = '李改名', employer = '新单位' where academy_id = ${here.id}`
  await db.owner`update class set name = '改名班', taken = 1 where academy_id = ${here.id}`
  expect(await isMarked(here.id)).toBe(false)
})

test('a certificate from elsewhere, of an earlier day, makes the later year of another academy stale', async () => {
  const b = build()
  const [here, there] = [b.academy(), b.academy()]
  const person = b.person()
  const early = b.enrolment(b.class(there, { endsOn: '2024-03-06' }), person)
  const earlier = b.assessment(early, { assessedOn: '2024-03-10' })
  b.certificate(b.assessment(b.enrolment(b.class(here), person)), { level: 'l4' })
  await insertFacts(db.owner, b.facts)
  await recount()
  expect((await countsOf(here.id)).improved).toBe(1)
  const of = { academy_id: there.id, id: newId(), assessment_id: earlier.id, type: 'skill_level', number: 'N1' }
  const more = {
    number_index: Buffer.from('1'),
    level: 'l4',
    issued_on: '2024-04-01',
    status: 'valid',
    created_at: new Date(),
  }
  await db.owner`insert into certificate ${db.owner({ ...of, ...more })}`
  expect(await isMarked(here.id)).toBe(true)
  expect((await countsOf(here.id)).improved).toBe(0)
})

test('credit that lay ahead counts when its day comes, without any write', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here, { startsOn: '2026-11-01', endsOn: '2026-11-30' }))
  await insertFacts(db.owner, b.facts)
  await recount()
  expect((await countsOf(here.id)).trained).toBe(0)
  expect((await countsOf(here.id, { year, today: '2026-11-29' })).trained).toBe(0)
  expect((await countsOf(here.id, { year, today: '2026-11-30' })).trained).toBe(1)
  await recount(year, '2026-11-30')
  expect((await countsOf(here.id, { year, today: '2026-11-29' })).trained).toBe(0)
})

test('a brand that expires, or is withdrawn, counts no longer, without any recount', async () => {
  const b = build()
  const here = b.academy()
  const brand = b.brand(here, { validUntil: '2026-11-25' })
  await insertFacts(db.owner, b.facts)
  await recount()
  expect((await countsOf(here.id)).brands).toBe(1)
  expect((await countsOf(here.id, { year, today: '2026-11-26' })).brands).toBe(0)
  await db.owner`update brand set status = 'pending' where id = ${brand.id}`
  expect((await countsOf(here.id)).brands).toBe(0)
})

test('a changed policy makes the tallies of its year stale', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here), undefined, { hours: 10 })
  await insertFacts(db.owner, b.facts)
  await recount()
  const of = { id: newId(), year, subject: 'trained', threshold: 2000, least_hours: 16, set_at: new Date() }
  await db.owner`insert into policy ${db.owner(of)}`
  try {
    expect((await countsOf(here.id)).trained).toBe(0)
    await recount()
    expect((await talliedOf(here.id))?.trained).toBe(0)
  } finally {
    await db.owner`delete from policy where id = ${of.id}`
  }
  expect((await countsOf(here.id)).trained).toBe(1)
})

test('a recount waits for a writer that was at it, and keeps the mark of one that comes later', async () => {
  const b = build()
  const [here, there] = [b.academy(), b.academy()]
  const person = b.person()
  const early = b.enrolment(b.class(there, { endsOn: '2024-03-06' }), person)
  const held = b.certificate(b.assessment(early, { assessedOn: '2024-03-10' }), { level: 'l5' })
  const own = b.enrolment(b.class(here), person)
  await insertFacts(db.owner, b.facts)
  await recount()

  // One writer raises what is held, and does not see the other's assessment; so it cannot mark the other's year.
  let commit = () => {}
  const isWritten = new Promise<void>((written) => {
    void db.owner.begin(async (sql) => {
      await sql`update certificate set level = 'l3' where id = ${held.id}`
      written()
      await new Promise<void>((done) => {
        commit = done
      })
    })
  })
  await isWritten
  const c = build()
  c.certificate(c.assessment(own, { assessedOn: '2026-03-10' }), { level: 'l4' })
  await insertFacts(db.owner, c.facts)
  expect((await countsOf(here.id)).improved).toBe(1)

  let isCounted = false
  const counting = recount().then(() => {
    isCounted = true
  })
  await sleep(200)
  expect(isCounted).toBe(false)
  commit()
  await counting
  expect((await countsOf(here.id)).improved).toBe(0)
  expect(await isMarked(here.id)).toBe(false)
})

test('a writer never waits for a recount, nor for another writer', async () => {
  const b = build()
  const here = b.academy()
  const [one, other] = [b.enrolment(b.class(here)), b.enrolment(b.class(here))]
  await insertFacts(db.owner, b.facts)
  await as(system('figures'), async (tx) => {
    await recountYear(tx, { year, today, now: new Date(), onlyStale: false, isPatient: true })
    await db.owner.begin(async (sql) => {
      await sql`update enrolment set category = 'retired' where id = ${one.id}`
      await db.owner`update enrolment set category = 'retired' where id = ${other.id}`
    })
  })
  expect(await isMarked(here.id)).toBe(true)
  expect((await countsOf(here.id)).trained).toBe(0)
})

test('who learns at two academies counts once in the union of any of them', async () => {
  const b = build()
  const [one, other, third] = [b.academy(), b.academy(), b.academy()]
  const person = b.person()
  for (const academy of [one, other, third]) b.enrolment(b.class(academy), person)
  b.enrolment(b.class(third))
  await insertFacts(db.owner, b.facts)
  const asked = [[one.id], [one.id, other.id], [one.id, other.id, third.id], undefined]
  const live = await Promise.all(asked.map((ids) => figures(ids)))
  expect(live.slice(0, 3).map(({ distinct }) => distinct.trained)).toEqual([1, 1, 2])
  await recount()
  await recount(year - 1)
  const read = await Promise.all(asked.map((ids) => figures(ids)))
  expect(read.map(({ distinct }) => distinct)).toEqual(live.map(({ distinct }) => distinct))
  // Some fresh, some not.
  await db.owner`delete from tally where academy_id = ${other.id} and year = ${year}`
  const mixed = await Promise.all(asked.map((ids) => figures(ids)))
  expect(mixed.map(({ distinct }) => distinct)).toEqual(live.map(({ distinct }) => distinct))
})

test('figures:rebuild says on stdout what it counted, by year; --stale leaves fresh tallies alone', async () => {
  const said: string[] = []
  const output = {
    stdout: { write: (text: string | Uint8Array) => said.push(String(text)) },
    stderr: { write: () => {} },
  }
  expect(await figuresRebuild([], output)).toBe(0)
  const lines = said.splice(0).map((line) => JSON.parse(line) as { year: number; academies: number })
  expect(lines.map((line) => line.year)).toEqual(expect.arrayContaining([2023, 2024, 2025, 2026]))
  expect(lines.every((line) => line.academies > 0)).toBe(true)
  expect(await figuresRebuild(['--stale'], output)).toBe(0)
  expect(said.splice(0).map((line) => (JSON.parse(line) as { academies: number }).academies)).toEqual(
    lines.map(() => 0),
  )
  expect(await figuresRebuild(['--everything'], output)).toBe(2)
  expect(said).toEqual([])
})

test('a recount that fails after an import is told, and does not make the import fail', async () => {
  const said: string[] = []
  await db.owner`alter table tally rename to tally_away`
  try {
    const status = await thenRecount(async () => 1, { stderr: { write: (text) => said.push(text) } })([])
    expect([status, said.length]).toEqual([1, 1])
  } finally {
    await db.owner`alter table tally_away rename to tally`
  }
})

test('a server recounts in the background what a page found stale, and stops with it', async () => {
  const b = build()
  const here = b.academy()
  b.enrolment(b.class(here))
  const stop = keepTalliesFresh()
  try {
    await insertFacts(db.owner, b.facts)
    expect((await countsOf(here.id)).trained).toBe(1)
    await expect.poll(() => talliedOf(here.id), { timeout: 10_000 }).toMatchObject({ trained: 1 })
  } finally {
    await stop()
  }
})
