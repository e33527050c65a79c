import { eq, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, city, enrolment, person, policy, trainingClass } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Days, moments, numbers with decimals, JSON, bytes, lists, nothing at all. */
const TABLES: [string, PgTable][] = Object.entries({ academy, enrolment, person, policy, trainingClass })

beforeAll(async () => {
  const world = trainingWorld(await freshDatabase())
  await as(system('setup'), loadPolicy)
  const of = await world.academy()
  const held = await world.classOf(of, { plannedHours: 15.5, feeFen: 12000 })
  await world.enrolment(held, { phoneSealed: Buffer.from([0, 255]), hoursAttended: 7.5, completedOn: '2026-11-22' })
})

test.each(TABLES)('a statement reads rows of %s as drizzle does', async (_, table) => {
  const all = statement((db) => db.select().from(table).limit(50))
  const [read, expected] = await asLedger((tx) => Promise.all([all(tx, {}), tx.select().from(table).limit(50)]))
  expect(expected.length).toBeGreaterThan(0)
  expect(read).toStrictEqual(expected)
})

test('what is counted, renamed, joined and nested is read as drizzle does', async () => {
  const build = (db: Tx, mode: string | SQL) =>
    db
      .select({
        count: sql<number>`count(*) over ()`.mapWith(Number),
        plain: sql<string>`${trainingClass.name} || '!'`,
        renamed: trainingClass.startsOn,
        academy: { name: academy.name, createdAt: academy.createdAt },
        nobody: { id: person.id, at: person.createdAt },
      })
      .from(trainingClass)
      .innerJoin(academy, eq(academy.id, trainingClass.academyId))
      .leftJoin(person, sql`false`)
      .where(sql`${trainingClass.mode} = ${mode}`)
  const nested = statement((db) => build(db, sql`${sql.placeholder('mode')}`))
  const [read, expected] = await asLedger((tx) =>
    Promise.all([nested(tx, { mode: 'practical' }), build(tx, 'practical')]),
  )
  expect(expected.length).toBeGreaterThan(0)
  expect(read).toStrictEqual(expected)
})

test('a value that a statement needs and was not given is a bug, not null', async () => {
  const find = statement((db) =>
    db
      .select()
      .from(city)
      .where(eq(city.code, sql.placeholder('code'))),
  )
  await expect(asLedger((tx) => find(tx, {}))).rejects.toThrow('code')
})

const asLedger = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => as(system('ledger'), work)
