import { eq, like, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as, asReader, within } from '#app/features/accounts/as.server.ts'
import { newId } from '#app/lib/ids.ts'
import { databaseCode, lastWrites, rawSql, statement, type Tx } from '#db/client.server.ts'
import { policy, tradeUnion } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'

beforeAll(() => freshDatabase())

async function purposeOf(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ purpose: string }>(sql`select current_setting('app.purpose', true) as purpose`)
  return row!.purpose
}

test('within a transaction the system acts for its purpose, and what is asked next is asked as before', async () => {
  const seen = await as(system('health'), async (tx) => {
    const before = await purposeOf(tx)
    const inside = await within(tx, system('figures'), async () => [
      await purposeOf(tx),
      await within(tx, system('ledger'), purposeOf),
      await purposeOf(tx),
    ])
    return [before, ...inside, await purposeOf(tx)]
  })
  expect(seen).toEqual(['health', 'figures', 'ledger', 'figures', 'health'])
})

test('work that throws within gives the transaction back to who had it, and nothing to the next one', async () => {
  const seen = await as(system('health'), async (tx) => {
    const failed = within(tx, system('figures'), async () => {
      throw new Error('a bug')
    })
    await expect(failed).rejects.toThrow('a bug')
    return purposeOf(tx)
  })
  expect(seen).toBe('health')
  await expect(
    as(system('health'), (tx) => within(tx, system('figures'), () => tx.execute(sql`select 1 / 0`))),
  ).rejects.toThrow()
  const after = await Promise.all(Array.from({ length: 12 }, () => as({ kind: 'anonymous' }, purposeOf)))
  expect(new Set(after)).toEqual(new Set(['']))
})

test('what was asked before work within is answered as the one before, though nobody waited for it', async () => {
  const seen = await as(system('health'), async (tx) => [
    ...(await Promise.all([purpose(tx, {}), within(tx, system('figures'), () => purpose(tx, {}))])),
    await purpose(tx, {}),
  ])
  expect(seen.flat().map((row) => row.purpose)).toEqual(['health', 'figures', 'health'])
})

test('a savepoint is asked as whoever acts, and one that is rolled back takes nobody’s place', async () => {
  const seen = await as(system('health'), async (tx) => {
    const inside: string[] = []
    const undone = tx.transaction(async (savepoint) => {
      const here = savepoint as Tx
      inside.push(await purposeOf(here), await within(tx, system('figures'), purposeOf), await purposeOf(here))
      inside.push(await within(here, system('ledger'), purposeOf))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    return [...inside, await within(tx, system('figures'), purposeOf), await purposeOf(tx)]
  })
  expect(seen).toEqual(['health', 'figures', 'health', 'ledger', 'figures', 'health'])
})

test('a write that nobody waited for undoes the transaction where it fails, and is what it throws', async () => {
  const end = (kinds: string[], then: (tx: Tx) => Promise<unknown> = async () => undefined) =>
    as(system('setup'), async (tx) => {
      for (const [at, kind] of kinds.entries()) lastWrites(tx, addUnion(tx, { id: newId(), name: `末次 ${at}`, kind }))
      await then(tx)
    })
  const CHECK_VIOLATION = '23514'
  const codeOf = (work: Promise<unknown>) => work.then(() => null, databaseCode)
  expect(await codeOf(end(['industrial_union', 'no kind']))).toBe(CHECK_VIOLATION)
  expect(await codeOf(end(['no kind', 'industrial_union']))).toBe(CHECK_VIOLATION)
  expect(await codeOf(end(['no kind'], purposeOf))).toBe(CHECK_VIOLATION)
  const stay = () => as(system('setup'), (tx) => tx.$count(tradeUnion, like(tradeUnion.name, '末次%')))
  expect(await stay()).toBe(0)
  await end(['industrial_union', 'industrial_union'])
  expect(await stay()).toBe(2)
})

test("what is asked after a transaction has ended is refused: its connection is somebody else's by then", async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const late: Promise<unknown>[] = []
  const failed = as(system('health'), (tx) => {
    const askLate = (ask: () => Promise<unknown>) => released.then(ask)
    late.push(
      askLate(() => tx.execute(sql`select 1`)),
      askLate(() => listPolicies(tx, {})),
      askLate(async () => rawSql(tx)`select 1`),
      askLate(() => within(tx, system('figures'), purposeOf)),
      askLate(() => tx.transaction((savepoint) => savepoint.execute(sql`select 1`))),
    )
    const open = tx.transaction((savepoint) => askLate(() => savepoint.execute(sql`select 1`)))
    return Promise.all([...late, open, tx.execute(sql`select 1 / 0`)])
  })
  await expect(failed).rejects.toThrow()
  // Every connection of the pool is inside somebody else's transaction.
  const others = Array.from({ length: 10 }, () =>
    as(system('ledger'), async (tx) => {
      await purposeOf(tx)
      release()
      await Promise.allSettled(late)
      return [await purposeOf(tx), await purposeOf(tx)]
    }),
  )
  for (const outcome of await Promise.allSettled(late))
    expect(outcome.status === 'rejected' && causeOf(outcome.reason)).toBe('asked of a transaction that has ended')
  expect((await Promise.all(others)).flat()).toEqual(Array(20).fill('ledger'))
})

test('a reader is answered as who reads; one that goes on to ask begins anew and is answered whole', async () => {
  let times = 0
  const atOnce = await asReader(system('health'), (tx) => {
    times += 1
    return Promise.all([purpose(tx, {}), within(tx, system('figures'), () => purpose(tx, {}))])
  })
  expect([atOnce.flat(), times]).toEqual([[{ purpose: 'health' }, { purpose: 'figures' }], 1])
  const goesOn = await asReader(system('health'), async (tx) => {
    times += 1
    return [await purpose(tx, {}), await purpose(tx, {})]
  })
  expect([goesOn.flat(), times]).toEqual([[{ purpose: 'health' }, { purpose: 'health' }], 3])
  const after = await Promise.all(Array.from({ length: 12 }, () => as({ kind: 'anonymous' }, purposeOf)))
  expect(new Set(after)).toEqual(new Set(['']))
})

test('what fails for a reader is what it throws, whatever else it asked, and nothing stays', async () => {
  const add = (tx: Tx) => addUnion(tx, { id: newId(), name: '读者', kind: 'industrial_union' })
  const fails = statement((db) =>
    db.select({ n: sql`1 / length(current_setting('app.role'))` }).from(sql`(select) one`),
  )
  const failed = asReader(system('setup'), (tx) => Promise.all([add(tx), fails(tx, {}), listPolicies(tx, {})]))
  expect(await failed.then(() => null, databaseCode)).toBe('22012')
  expect(await as(system('setup'), (tx) => tx.$count(tradeUnion, eq(tradeUnion.name, '读者')))).toBe(0)
  await expect(asReader({ kind: 'anonymous' }, add)).rejects.toMatchObject({ status: 404 })
  const thrown = asReader(system('health'), async (tx) => {
    await purpose(tx, {})
    throw new Error('a bug')
  })
  await expect(thrown).rejects.toThrow('a bug')
})

const purpose = statement((db) =>
  db.select({ purpose: sql<string>`current_setting('app.purpose', true)` }).from(sql`(select) one`),
)

const addUnion = statement((db) =>
  db
    .insert(tradeUnion)
    .values({ id: sql.placeholder('id'), name: sql.placeholder('name'), kind: sql.placeholder('kind') }),
)

const listPolicies = statement((db) => db.select({ id: policy.id }).from(policy))

const causeOf = (error: Error): string => (error.cause instanceof Error ? causeOf(error.cause) : error.message)
