import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '#app/lib/runtime.server.ts'
import { runAs } from '#db/client.server.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase } from '#tests/support/database.ts'

const b = build()
const academy = b.academy()
const person = b.person()
b.enrolment(b.class(academy), person)

beforeAll(async () => {
  const db = await freshDatabase()
  await insertFacts(db.owner, b.facts)
  // Enough that reading all of them is dearer than the index.
  await db.owner`
    with copied as (
      insert into person
      select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'document_index', sha256(n::text::bytea)))).*
      from person p cross join generate_series(1, 5000) n where p.id = ${person.id}
      returning id)
    insert into enrolment
    select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'person_id', c.id))).*
    from enrolment e cross join copied c`
  await db.owner`analyze enrolment, person`
})

test.each(['academy_admin', 'sponsor_reviewer'])(
  'whether a person is one of theirs is looked up by an index, not among all enrolments: %s',
  async (role) => {
    const plan = await runAs(runtime().pool, { role, academy: academy.id }, (tx) =>
      tx.execute<{ 'QUERY PLAN': string }>(sql`explain select id from person where id = ${person.id}::uuid`),
    )
    const text = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(text).toContain('on enrolment')
    expect(text).not.toMatch(/Seq Scan on enrolment/)
  },
)
