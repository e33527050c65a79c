import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '#app/lib/runtime.server.ts'
import { runAs } from '#db/client.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})

test('every table has row-level security, enabled and forced, and at least one policy', async () => {
  const open = await db.owner`
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid))`
  expect(open.map((row) => row.relname)).toEqual([])
})

test('the app’s login is neither owner nor superuser and cannot bypass row-level security', async () => {
  const role = new URL(db.appUrl).username
  const [row] =
    await db.owner`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = ${role}`
  expect(row).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
  const owned = await db.owner`
    select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = ${role}`
  expect(owned).toHaveLength(0)
})

test('every view runs with the rights of whoever asks', async () => {
  const loose = await db.owner`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
      and not coalesce(reloptions @> array['security_invoker=true'], false)`
  expect(loose).toHaveLength(0)
})

/** A policy that asks another table carries that table's policies into every plan, and so on: this is what it comes to. */
const MOST_SUBPLANS = 30

test(`the policies of no table bring more than ${MOST_SUBPLANS} sub-plans into a statement that reads it`, async () => {
  const tables = await db.owner<{ relname: string }[]>`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  const counts = await runAs(runtime().pool, {}, async (tx) => {
    const found: [string, number][] = []
    for (const { relname } of tables) {
      const plan = await tx.execute<Record<string, string>>(sql`explain select * from ${sql.identifier(relname)}`)
      const lines = plan.flatMap((row) => Object.values(row))
      found.push([relname, lines.filter((line) => /^\s*(InitPlan|SubPlan) /.test(line)).length])
    }
    return found
  })
  expect(counts.filter(([, count]) => count > MOST_SUBPLANS)).toEqual([])
})
