import { connect, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { openPool, type Tx } from '#db/client.server.ts'
import { atEnd } from '#tests/support/at-end.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})

function poolOf(url: string, max: number) {
  const pool = openPool(url, { max })
  atEnd(() => pool.end({ timeout: 1 }))
  return pool
}

/** A way to the database that counts how often something is sent there. */
async function countedWay(): Promise<{ url: string; ways: () => number }> {
  const address = new URL(database.appUrl)
  const [port, host] = [Number(address.port), address.hostname]
  let ways = 0
  const open: Socket[] = []
  const server = createServer((near) => {
    const far = connect(port, host)
    near.on('data', (chunk) => {
      ways += 1
      far.write(chunk)
    })
    far.on('data', (chunk) => near.write(chunk))
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.push(one)
      one.on('error', () => {}).on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  address.port = String((server.address() as { port: number }).port)
  return { url: address.href, ways: () => ways }
}

test('the first questions of a transaction travel with its BEGIN: two ways in all, to ask and to commit', async () => {
  const { url, ways } = await countedWay()
  const pool = poolOf(url, 1)
  const work = () =>
    pool.begin(async (tx) => {
      const asked = ['one', 'two'].map((word) => tx.unsafe(`select '${word}' as word`, [], { prepare: true }))
      return (await Promise.all(asked)).map(([row]) => row!.word as string)
    })
  await work() // connects
  const before = ways()
  expect(await work()).toEqual(['one', 'two'])
  expect(ways() - before).toBe(2)
})

test.each(['', '?prepare=false'])(
  'what many transactions at once ask over a few connections stays in each of them%s',
  async (query) => {
    const pool = poolOf(database.appUrl + query, 3)
    const one = (n: number) =>
      pool.begin(async (tx) => {
        const [[first], [second]] = await Promise.all([
          tx`select pg_current_xact_id()::text as id, ${n}::int as n`,
          tx`select pg_current_xact_id()::text as id`,
        ])
        const [third] = await tx`select pg_current_xact_id()::text as id`
        if (n % 7 === 0) throw new Error('undone')
        return [first!.n, new Set([first!.id, second!.id, third!.id]).size, first!.id]
      })
    const all = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => one(n)))
    const done = all.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(done.map(([n]) => n)).toEqual(Array.from({ length: 60 }, (_, n) => n).filter((n) => n % 7 !== 0))
    expect(new Set(done.map(([, ids]) => ids))).toEqual(new Set([1]))
    expect(new Set(done.map(([, , id]) => id)).size).toBe(done.length)
  },
)

test('where BEGIN is refused nothing is done, its connection is closed, and the next transaction has one of its own', async () => {
  const pool = poolOf(database.appUrl, 1)
  const backend = () => pool.begin(async (tx) => (await tx`select pg_backend_pid() as pid`)[0]!.pid as number)
  const before = await backend()
  const refused = pool.begin(
    'nonsense',
    (tx) => tx`insert into trade_union (id, name, kind)
    values (gen_random_uuid(), '无人', 'industrial_union')`,
  )
  await expect(refused).rejects.toThrow()
  expect(await database.owner`select 1 from trade_union where name = '无人'`).toHaveLength(0)
  const after = await backend()
  expect(after).not.toBe(before)
  expect(await backend()).toBe(after)
})

test('work whose connection was lost may ask nothing more: the connection comes back as somebody else’s', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let asked: Promise<unknown> | undefined
  const lost = as(system('health'), async (tx: Tx) => {
    await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`).catch(() => {})
    asked = released.then(() => tx.execute(sql`select 1`))
    await asked
  })
  await expect(lost).rejects.toThrow()
  release()
  await expect(asked).rejects.toThrow()
  const outcome = await asked!.catch((error: Error) => error)
  expect(String((outcome as Error).cause ?? outcome)).toContain('asked of a transaction that has ended')
})
