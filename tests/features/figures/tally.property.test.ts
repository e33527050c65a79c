import fc from 'fast-check'
import type postgres from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { count, yearsOfFigures } from '#app/features/figures/figures.server.ts'
import { countMonths, monthsOf } from '#app/features/figures/months.server.ts'
import { recountYear } from '#app/features/figures/recount.server.ts'
import { loadPolicy, policyFor } from '#app/features/policy/policy.server.ts'
import type { YearPolicy } from '#app/features/policy/policy.ts'
import { CERTIFICATE_TYPES, LEVELS, MODES, RESULTS } from '#db/values.ts'
import { insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { factsOf, shape, some } from './random-facts.ts'

const YEARS = [2024, 2025, 2026, 2027]
const DAYS = ['2024-12-31', '2025-12-31', '2026-01-01', '2026-05-06', '2026-11-20', '2026-12-31', '2027-01-01']

let db: TestDatabase
const policies = new Map<number, YearPolicy>()

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  for (const year of [2023, ...YEARS]) policies.set(year, await as(system('figures'), (tx) => policyFor(tx, year)))
})

/** One write, as any feature or a later one may make it; `n` picks the row. */
const write = fc.record({
  n: fc.nat(40),
  m: fc.nat(40),
  kind: some(
    ...['insert', 'credit', 'category', 'declared', 'hours', 'move', 'merge', 'swap', 'mode', 'occupation', 'both'],
    ...['assessedOn', 'result', 'reassign', 'revoke', 'level', 'type', 'rehang', 'issue', 'assess', 'undo', 'clear'],
  ),
  day: some(...DAYS),
  category: some(null, 'employed', 'student'),
  level: some(...LEVELS.slice(0, 4)),
  mode: some(...MODES),
  result: some(...RESULTS),
  type: some(...CERTIFICATE_TYPES),
  more: shape,
})
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never

async function apply(sql: postgres.TransactionSql, given: Write): Promise<void> {
  const { n, m, day, category, level, mode, result, type } = given
  const pick = (table: string, at = n) =>
    sql`(select id from ${sql(table)} order by id offset ${at} % greatest((select count(*)::int from ${sql(table)}), 1) limit 1)`
  const isLevelled = type === 'skill_level' || type === 'qualification'
  switch (given.kind) {
    case 'credit':
      return void (await sql`update enrolment set credited_on = ${n % 5 ? day : null} where id = ${pick('enrolment')}`)
    case 'category':
      return void (await sql`update enrolment set category = ${category} where id in (${pick('enrolment')}, ${pick('enrolment', m)})`)
    case 'declared':
      return void (await sql`update enrolment set declared_level = ${n % 3 ? level : null} where id = ${pick('enrolment')}`)
    case 'hours':
      return void (await sql`
        update enrolment e set practical_hours_attended = ${n % 2} from class c
        where c.id = e.class_id and c.mode = 'mixed' and e.id = ${pick('enrolment')}`)
    case 'move':
      return void (await sql`
        update enrolment e set class_id = c.id from class c
        where e.id = ${pick('enrolment')} and c.academy_id = e.academy_id and c.id = ${pick('class', m)}
          and not exists (select from enrolment o where o.class_id = c.id and o.person_id = e.person_id)`)
    case 'merge':
      return void (await sql`
        update enrolment e set person_id = ${pick('person')}
        where e.person_id = ${pick('person', m)}
          and not exists (select from enrolment o where o.class_id = e.class_id and o.person_id = ${pick('person')})`)
    case 'swap': // two persons' enrolments change places in one statement: nobody is gone, everybody moved
      return void (await sql`
        update enrolment e set person_id = case when e.person_id = ${pick('person')} then ${pick('person', m)} else ${pick('person')} end
        where e.person_id in (${pick('person')}, ${pick('person', m)})
          and not exists (select from enrolment o where o.class_id = e.class_id and o.id <> e.id
            and o.person_id in (${pick('person')}, ${pick('person', m)}))`)
    case 'mode':
      return void (await sql`
        update class set mode = ${mode}, planned_practical_hours = ${mode === 'mixed' ? 5 : null} where id = ${pick('class')}`)
    case 'occupation':
      return void (await sql`
        update class c set occupation_code = o.occupation_code, occupation_edition = o.occupation_edition from class o
        where o.id = ${pick('class', m)} and c.id = ${pick('class')}`)
    case 'both':
      await apply(sql, { ...given, kind: 'occupation' })
      return apply(sql, { ...given, kind: 'assessedOn' })
    case 'assessedOn':
      return void (await sql`
        update assessment s set assessed_on = ${day}
        where s.id = ${pick('assessment')}
          and not exists (select from assessment o where o.enrolment_id = s.enrolment_id and o.assessed_on = ${day})`)
    case 'result':
      return void (await sql`update assessment set result = ${result} where id = ${pick('assessment')}`)
    case 'reassign':
      return void (await sql`
        update assessment s set enrolment_id = e.id from enrolment e
        where s.id = ${pick('assessment')} and e.id = ${pick('enrolment', m)} and e.academy_id = s.academy_id
          and not exists (select from assessment o where o.enrolment_id = e.id and o.assessed_on = s.assessed_on)`)
    case 'revoke':
      return void (await sql`
        update certificate set status = case when status = 'valid' then 'revoked' else 'valid' end where id = ${pick('certificate')}`)
    case 'level':
      return void (await sql`update certificate set level = ${level} where level is not null and id = ${pick('certificate')}`)
    case 'type':
      return void (await sql`
        update certificate k set type = ${type}, level = ${isLevelled ? level : null}, number = k.id::text, number_sealed = null
        where k.id = ${pick('certificate')} and ${type} <> 'special_operation'
          and not exists (select from certificate o where o.assessment_id = k.assessment_id and o.type = ${type})`)
    case 'rehang':
      return void (await sql`
        update certificate k set assessment_id = s.id from assessment s
        where k.id = ${pick('certificate')} and s.id = ${pick('assessment', m)} and s.academy_id = k.academy_id
          and not exists (select from certificate o where o.assessment_id = s.id and o.type = k.type)`)
    case 'issue':
      return void (await sql`
        insert into certificate (academy_id, id, assessment_id, type, number, number_index, level, issued_on, status, created_at)
        select academy_id, gen_random_uuid(), id, 'skill_level', 'X', '\\x00', ${level}, ${day}, 'valid', now()
        from assessment where id = ${pick('assessment')}
        on conflict (academy_id, assessment_id, type, work_item) do update set level = excluded.level`)
    case 'assess':
      return void (await sql`
        insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
        select academy_id, gen_random_uuid(), id, ${day}, ${result}, now() from enrolment where id = ${pick('enrolment')}
        on conflict do nothing`)
    case 'undo': // what an import of one class brought goes again, children first
    case 'clear': {
      const enrolments = sql`select id from enrolment where ${given.kind === 'undo' ? sql`class_id = ${pick('class')}` : sql`id = ${pick('enrolment')}`}`
      const gone = (await sql`${enrolments}`).map((row) => row.id as string)
      await sql`delete from certificate where assessment_id in (select id from assessment where enrolment_id = any(${gone}))`
      await sql`delete from assessment where enrolment_id = any(${gone})`
      return void (await sql`delete from enrolment where id = any(${gone})`)
    }
    case 'insert':
      throw new Error('inserted apart')
  }
}

async function recount(academyIds: string[], today: string) {
  for (const year of [2023, ...YEARS])
    await as(system('figures'), (tx) =>
      recountYear(tx, { year, today, now: new Date(), onlyStale: true, isPatient: true }),
    )
  expect(academyIds.length).toBeGreaterThan(0)
}

/** What is shown, and what a count from the facts alone finds. */
async function expectRight(academyIds: string[], today: string) {
  await as(system('figures'), async (tx) => {
    const shown = await yearsOfFigures(tx, { years: YEARS, today, academyIds })
    for (const { year, academies, distinct } of shown) {
      const [policy, previous] = [policies.get(year)!, policies.get(year - 1)!]
      expect({ year, academies, distinct }).toEqual({
        year,
        ...(await count(tx, { year, today, academyIds, policy, previous })),
      })
    }
    const [academyId, year, policy] = [academyIds[0]!, 2026, policies.get(2026)!]
    expect(await monthsOf(tx, { academyId, year, today })).toEqual(
      await countMonths(tx, { academyId, year, today, policy }),
    )
  })
}

const staleTallies = async () => (await db.owner`select count(*)::int as stale from tally_mark`)[0]?.stale as number

test('whatever is written, corrected, revoked, merged or undone: what is shown is what a recount finds', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      shape,
      fc.array(
        fc.record({
          writes: fc.array(write, { minLength: 1, maxLength: 3 }),
          today: some(...DAYS),
          counted: fc.boolean(),
        }),
        {
          minLength: 2,
          maxLength: 8,
        },
      ),
      async (given, steps) => {
        await db.owner`truncate tally, tally_mark, tally_member, tally_union, certificate_number, certificate, assessment,
          enrolment, class, person, brand_occupation, brand, designation, academy cascade`
        const facts = factsOf(given)
        await insertFacts(db.owner, facts)
        const academyIds = facts.academies.map(({ id }) => id)
        let today = '2026-11-20'
        await recount(academyIds, today)
        for (const step of steps) {
          if (step.today > today) today = step.today
          for (const of of step.writes) {
            if (of.kind === 'insert') await insertFacts(db.owner, moreFacts(facts, of.more))
            else await db.owner.begin((sql) => apply(sql, of))
          }
          await expectRight(academyIds, today)
          await expectRight(academyIds, step.today)
          if (!step.counted) continue
          await recount(academyIds, today)
          expect(await staleTallies()).toBe(0)
          await expectRight(academyIds, today)
          await expectRight(academyIds, step.today)
        }
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 20) },
  )
})

/** More of the same, at the same academies and of the same persons. */
function moreFacts(facts: ReturnType<typeof factsOf>, given: Parameters<typeof factsOf>[0]) {
  const more = factsOf(given)
  const swap = (from: { id: string }[], to: { id: string }[]) => new Map(from.map(({ id }, i) => [id, to[i]!.id]))
  const academies = swap(more.academies, facts.academies)
  const persons = swap(more.persons, facts.persons)
  const here = <T extends { academyId: string }>(of: T) => ({ ...of, academyId: academies.get(of.academyId)! })
  return {
    ...{ academies: [], persons: [], brands: more.brands.map(here), classes: more.classes.map(here) },
    enrolments: more.enrolments.map((of) => ({ ...here(of), personId: persons.get(of.personId)! })),
    assessments: more.assessments.map(here),
    certificates: more.certificates.map(here),
  }
}
