import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canReach } from '#db/embedded-account.server.ts'
import { copyOf, dataFolder, gone, postmaster, run, traces } from './support.ts'

/** Inside the project, so that the bundle finds its packages. */
const program = join(import.meta.dirname, `../../node_modules/.cache/hold-database-${process.pid}.mjs`)
const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
/** Root's own home is closed to others: what needs a second account is then left to runs elsewhere. */
const canBeNobody = isRoot && canReach(import.meta.dirname, nobody) && canReach(process.execPath, nobody)

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'hold-database.ts')]
  await build({ entryPoints, outfile: program, bundle: true, packages: 'external', platform: 'node', format: 'esm' })
})
afterAll(() => unlinkSync(program))

const hold = (folder: string, statement?: string, env?: Record<string, string>) =>
  run(statement ? [program, folder, statement] : [program, folder], env)
const UP = /up (\d+) (.*)\n/

let made: Promise<string> | null = null
/** A data folder whose database was made and stopped, by the first test that asks: for what comes after. */
async function madeFolder(): Promise<string> {
  made ??= (async () => {
    const folder = dataFolder()
    const one = hold(folder)
    await one.says(UP)
    one.child.kill('SIGTERM')
    await one.ends()
    return folder
  })()
  return copyOf(await made)
}

test('the database speaks UTF-8 whatever the environment says, under a password of its own', async () => {
  const folder = dataFolder()
  const one = hold(folder, "select length('焊工') as length, current_setting('server_encoding') as encoding", {
    LANG: 'POSIX',
    PGPORT: '1',
    PGDATA: '/nowhere',
  })
  expect(JSON.parse((await one.says(UP))[2]!)).toEqual([{ length: 2, encoding: 'UTF8' }])
  expect(statSync(join(folder, 'keys/postgres')).mode & 0o777).toBe(0o400)
  expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
  if (isRoot) expect(statSync(join(folder, 'postgres')).uid).not.toBe(0)
  const server = postmaster(folder)!
  one.child.kill('SIGTERM')
  expect(await one.ends()).toBe(0)
  expect(await gone(server)).toBe(true)
  expect(traces(folder)).toEqual([])
})

test('processes that start at the same moment share one server; the last one out stops it', async () => {
  const folder = dataFolder()
  const all = [hold(folder), hold(folder), hold(folder)]
  const ports = await Promise.all(all.map(async (one) => (await one.says(UP))[1]))
  expect(new Set(ports).size).toBe(1)
  const server = postmaster(folder)!
  for (const one of all) {
    expect(postmaster(folder)).toBe(server)
    one.child.kill('SIGTERM')
    expect(await one.ends()).toBe(0)
  }
  expect(await gone(server)).toBe(true)
  expect(traces(folder)).toEqual([])
})

test('processes that come and go at once never leave one of them without a server, nor a server without any', async () => {
  const folder = await madeFolder()
  const first = hold(folder)
  await first.says(UP)
  for (let round = 0; round < 4; round++) {
    const next = hold(folder)
    if (round % 2 === 0) first.child.kill('SIGTERM')
    await next.says(UP)
    next.child.kill('SIGTERM')
    expect(await next.ends()).toBe(0)
  }
  expect(await first.ends()).toBe(0)
  expect(postmaster(folder)).toBeNull()
})

test('after kill -9 the server is still there: the next start attaches, and stops it when it leaves', async () => {
  const folder = await madeFolder()
  const killed = hold(folder, 'create table kept as select 1 as n')
  await killed.says(UP)
  const server = postmaster(folder)!
  killed.child.kill('SIGKILL')
  await killed.ends()
  expect(postmaster(folder)).toBe(server)
  const next = hold(folder, 'select n from kept')
  expect((await next.says(UP))[2]).toBe('[{"n":1}]')
  expect(postmaster(folder)).toBe(server)
  next.child.kill('SIGTERM')
  expect(await next.ends()).toBe(0)
  expect(await gone(server)).toBe(true)
})

test('after kill -9 of everything the next start recovers what was committed', async () => {
  const folder = await madeFolder()
  const killed = hold(folder, 'create table kept as select 2 as n')
  await killed.says(UP)
  const server = postmaster(folder)!
  killed.child.kill('SIGKILL')
  process.kill(server, 'SIGKILL')
  await killed.ends()
  const next = hold(folder, 'select n from kept')
  expect((await next.says(UP))[2]).toBe('[{"n":2}]')
  next.child.kill('SIGTERM')
  expect(await next.ends()).toBe(0)
})

test('killed while it makes the database, the next start makes it anew', async () => {
  const folder = dataFolder()
  const killed = hold(folder)
  await sleep(350)
  killed.child.kill('SIGKILL')
  await killed.ends()
  const next = hold(folder)
  await next.says(UP)
  next.child.kill('SIGTERM')
  expect(await next.ends()).toBe(0)
})

test('a pid file that now names another process is no server', async () => {
  const folder = await madeFolder()
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n/x\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`)
  const next = hold(folder)
  expect((await next.says(UP))[2]).toMatch('1')
  next.child.kill('SIGTERM')
  expect(await next.ends()).toBe(0)
})

test('the lock and the entry of a dead process stand in nobody’s way', async () => {
  const folder = await madeFolder()
  const one = hold(folder)
  await one.says(UP)
  // The number of a living process, but of one that began at another time.
  writeFileSync(join(folder, 'run/lock'), `${process.pid} 1\n`)
  writeFileSync(join(folder, 'run/user-1-dead'), `${process.pid} 1\n`)
  one.child.kill('SIGTERM')
  expect(await one.ends()).toBe(0)
  expect(postmaster(folder)).toBeNull()
  expect(traces(folder)).toEqual([])
})

test('the log of the server holds neither statements nor values', async () => {
  const folder = await madeFolder()
  const statement =
    "create table t (document text unique); insert into t values ('440308199901011234'), ('440308199901011234')"
  const one = hold(folder, statement)
  expect((await one.says(UP))[2]).toMatch('duplicate key')
  one.child.kill('SIGTERM')
  await one.ends()
  const log = readFileSync(join(folder, 'run/postgres.log'), 'utf8')
  expect(log).toMatch('duplicate key')
  expect(log).not.toMatch(/440308|insert/)
})

describe('says in one sentence what stands in the way', () => {
  test.runIf(!isRoot || canBeNobody)('a folder that cannot be written', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'jiangxuetang-closed-'))
    chmodSync(parent, 0o555)
    // Root may write anywhere: the test then runs as nobody.
    const one = run([program, join(parent, 'data')], {}, isRoot ? nobody : {})
    expect(await one.ends()).toBe(1)
    expect(one.err()).toMatch(/^folder_not_writable: The folder .*data cannot be written \(EACCES\)[^\n]*\n$/)
    rmSync(parent, { recursive: true })
  })

  test('a folder that is a file', async () => {
    const one = hold(join(import.meta.dirname, 'embedded.test.ts'))
    expect(await one.ends()).toBe(1)
    expect(one.err()).toMatch(/^folder_not_writable: [^\n]*\n$/)
  })

  test('a database without its password file', async () => {
    const folder = await madeFolder()
    unlinkSync(join(folder, 'keys/postgres'))
    const next = hold(folder)
    expect(await next.ends()).toBe(1)
    expect(next.err()).toMatch(/^secret_missing: [^\n]*\n$/)
  })

  test('a database folder that is broken', async () => {
    const folder = await madeFolder()
    rmSync(join(folder, 'postgres/global'), { recursive: true })
    const next = hold(folder)
    expect(await next.ends()).toBe(1)
    expect(next.err()).toMatch(/^embedded_failed: The built-in PostgreSQL could not start: [^\n]*\n$/)
  })
})

test.runIf(isRoot)('root with a closed data folder opens it for passing through alone', async () => {
  const folder = dataFolder()
  chmodSync(folder, 0o700)
  const one = hold(folder)
  await one.says(UP)
  expect(statSync(folder).mode & 0o777).toBe(0o711)
  expect(postmaster(folder)).not.toBeNull()
  one.child.kill('SIGTERM')
  expect(await one.ends()).toBe(0)
})

test.runIf(isRoot)('root below a closed home: the database lies where its account can reach it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'jiangxuetang-home-')) // mode 0700
  const folder = join(home, 'project/data')
  const one = hold(folder)
  await one.says(UP)
  const place = readFileSync(join(folder, 'postgres.location'), 'utf8').trim()
  expect(place).toMatch(/^\/var\/lib\/jiangxuetang\//)
  const server = postmaster(place)!
  one.child.kill('SIGTERM')
  expect(await one.ends()).toBe(0)
  expect(await gone(server)).toBe(true)
  const again = hold(folder)
  await again.says(UP)
  again.child.kill('SIGTERM')
  expect(await again.ends()).toBe(0)
  rmSync(place, { recursive: true })
  rmSync(home, { recursive: true })
})

test.runIf(canBeNobody)(
  'root beside a user’s database runs it as that user, and leaves it usable for them',
  async () => {
    const folder = dataFolder()
    chownSync(folder, nobody.uid, nobody.gid)
    const theirs = run([program, folder, 'create table kept as select 3 as n'], {}, nobody)
    await theirs.says(UP)
    theirs.child.kill('SIGTERM')
    expect(await theirs.ends()).toBe(0)
    const ours = hold(folder)
    await ours.says(UP)
    ours.child.kill('SIGTERM')
    expect(await ours.ends()).toBe(0)
    const again = run([program, folder, 'select n from kept'], {}, nobody)
    expect((await again.says(UP))[2]).toBe('[{"n":3}]')
    again.child.kill('SIGTERM')
    expect(await again.ends()).toBe(0)
  },
)
