import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { startOldDatabase } from './old-database.ts'
import { dataFolder, freePort, gone, postmaster, preparedFolder, type Running, run, traces } from './support.ts'

const READY = /http:\/\/localhost:(\d+)/
const isRoot = process.getuid?.() === 0

/** The built product (npm test builds it first) on its embedded database, without demo data. */
const site = (folder: string, env: Record<string, string> = {}) =>
  run(['build/server.js'], { DATA_DIR: folder, SEED: 'none', PORT: '0', ...env })
const command = (folder: string, ...args: string[]) => run(['build/cli.js', ...args], { DATA_DIR: folder })
const status = async (url: string) => (await fetch(url)).status

/** Ended with 1, one sentence on stderr and nothing on stdout, and left no database running. */
async function refused(one: Running, sentence: RegExp, folder?: string): Promise<void> {
  expect(await one.ends()).toBe(1)
  const lines = one.err().trim().split('\n')
  expect(lines.at(-1)).toMatch(sentence)
  expect(one.err()).not.toMatch(/^\s+at /m)
  expect(one.out()).toBe('')
  if (folder) expect(postmaster(folder)).toBeNull()
}

beforeAll(async () => void (await preparedFolder()))

describe('a stop', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    test(`${signal} lets a request finish, then leaves nothing behind`, async () => {
      const folder = await preparedFolder()
      const one = site(folder)
      const port = Number((await one.says(READY))[1])
      expect(await status(`http://localhost:${port}/ready`)).toBe(200)
      const server = postmaster(folder)!

      const socket = connect(port, 'localhost')
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      const form = 'theme=dark&returnTo=/'
      const head = ['POST /preferences HTTP/1.1', `Host: localhost:${port}`, `Content-Length: ${form.length}`]
      socket.write([...head, 'Content-Type: application/x-www-form-urlencoded', '', form.slice(0, 5)].join('\r\n'))
      await sleep(200)
      const began = Date.now()
      one.child.kill(signal)
      await sleep(300)
      await expect(fetch(`http://localhost:${port}/health`)).rejects.toThrow()
      socket.write(form.slice(5))
      await once(socket, 'close')
      expect(answer).toMatch(/^HTTP\/1\.1 30\d/)
      expect(await one.ends()).toBe(0)
      expect(Date.now() - began).toBeLessThan(6000)
      expect(await gone(server)).toBe(true)
      expect(traces(folder)).toEqual([])
    })

  test('a request that never ends is cut off after some seconds', async () => {
    const folder = await preparedFolder()
    const one = site(folder)
    const port = Number((await one.says(READY))[1])
    const socket = connect(port, 'localhost').on('error', () => {})
    socket.write(`POST /preferences HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 10\r\n\r\n`)
    await sleep(200)
    const began = Date.now()
    one.child.kill('SIGINT')
    expect(await one.ends()).toBe(0)
    expect(Date.now() - began).toBeLessThan(9000)
    expect(postmaster(folder)).toBeNull()
  })

  test('a second Ctrl-C does not wait, and still leaves nothing behind', async () => {
    const folder = await preparedFolder()
    const one = site(folder)
    const port = Number((await one.says(READY))[1])
    const server = postmaster(folder)!
    const socket = connect(port, 'localhost').on('error', () => {})
    socket.write(`POST /preferences HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 10\r\n\r\n`)
    await sleep(200)
    one.child.kill('SIGINT')
    await sleep(1200)
    const began = Date.now()
    one.child.kill('SIGINT')
    expect(await one.ends()).toBe(130)
    expect(Date.now() - began).toBeLessThan(1000)
    expect(await gone(server)).toBe(true)
  })

  test('in the middle of the start leaves nothing behind either', async () => {
    for (const delay of [300, 900, 1500]) {
      const folder = dataFolder()
      const one = site(folder)
      await sleep(delay)
      one.child.kill('SIGTERM')
      expect(await one.ends()).not.toBe(1)
      expect(postmaster(folder)).toBeNull()
    }
  })

  test('of npm reaches what npm started', async () => {
    const folder = await preparedFolder()
    const npm = process.env.npm_execpath ?? join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js')
    const one = run([npm, 'start'], { DATA_DIR: folder, SEED: 'none', PORT: '0' })
    await one.says(READY)
    const server = postmaster(folder)!
    one.child.kill('SIGTERM')
    await one.ends()
    expect(await gone(server)).toBe(true)
    expect(traces(folder)).toEqual([])
  }, 120_000) // builds where it must
})

test('after kill -9 the next start works, with what was there', async () => {
  const folder = await preparedFolder()
  const killed = site(folder)
  await killed.says(READY)
  killed.child.kill('SIGKILL')
  await killed.ends()
  const next = site(folder)
  const url = `http://localhost:${(await next.says(READY))[1]}`
  expect(await status(`${url}/ready`)).toBe(200)
  next.child.kill('SIGTERM')
  expect(await next.ends()).toBe(0)
  expect(postmaster(folder)).toBeNull()
})

test('a command works beside a running site and leaves it running, and works without one and leaves nothing', async () => {
  const folder = await preparedFolder()
  const one = site(folder)
  const url = `http://localhost:${(await one.says(READY))[1]}`
  const beside = command(folder, 'compliance:report', '--year', '2026', '--format', 'json')
  expect(await beside.ends()).toBe(0)
  expect(JSON.parse(beside.out())).toEqual([])
  expect(await status(`${url}/ready`)).toBe(200)
  one.child.kill('SIGTERM')
  expect(await one.ends()).toBe(0)
  const alone = command(folder, 'compliance:report', '--year', '2026', '--format', 'json')
  expect(await alone.ends()).toBe(0)
  expect(JSON.parse(alone.out())).toEqual([])
  expect(postmaster(folder)).toBeNull()
})

test('a command that is stopped leaves the database', async () => {
  const folder = await preparedFolder()
  const one = command(folder, 'accounts:create', '--role', 'operator', '--login', 'someone')
  await sleep(700)
  one.child.kill('SIGINT')
  await one.ends()
  expect(postmaster(folder)).toBeNull()
})

describe('says in one sentence what stands in the way', () => {
  test('a port that is taken', async () => {
    const folder = await preparedFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await refused(site(folder, { PORT: String(port) }), new RegExp(`^Port ${port} is taken`), folder)
    other.close()
  })

  test('an address that is not this machine’s', async () => {
    await refused(site(dataFolder(), { HOST: '192.0.2.1', PORT: '3999' }), /^This machine has no address 192\.0\.2\.1/)
  })

  test('a database that cannot be reached', async () => {
    const DATABASE_URL = `postgres://owner:synthetic@127.0.0.1:${await freePort()}/none`
    await refused(site(dataFolder(), { DATABASE_URL }), /^The database cannot be reached/)
  })

  test('a database that refuses the login, or does not exist', async () => {
    const wrong = new URL(inject('templateUrl'))
    wrong.password = 'wrong'
    await refused(site(dataFolder(), { DATABASE_URL: wrong.href }), /^The database refused the login/)
    const missing = new URL(inject('templateUrl'))
    missing.pathname = '/not_there'
    await refused(site(dataFolder(), { DATABASE_URL: missing.href }), /does not exist/)
  })

  test('a database that is too old', async () => {
    const { url, server } = await startOldDatabase()
    await refused(site(dataFolder(), { DATABASE_URL: url }), /^PostgreSQL 13\.14 is too old: version 15 or newer/)
    server.close()
  })

  test('a secret that is missing in production, or is none', async () => {
    const folder = dataFolder()
    await refused(
      site(folder, { NODE_ENV: 'production' }),
      /^With NODE_ENV=production the secret JXT_KEY_VAULT/,
      folder,
    )
    const JXT_KEY_VAULT = Buffer.alloc(32, 1).toString('base64')
    await refused(site(folder, { NODE_ENV: 'production', JXT_KEY_VAULT }), /the secret JXT_KEY_INDEX/, folder)
    await refused(site(folder, { JXT_KEY_VAULT: 'short' }), /^The secret in JXT_KEY_VAULT is not a key/, folder)
    await refused(site(folder, { JXT_KEY_VAULT_FILE: '/nowhere' }), /^The file that JXT_KEY_VAULT_FILE names/, folder)
  })

  test('a setting that is not understood', async () => {
    await refused(site(dataFolder(), { PORT: 'abc' }), /^A setting is not understood\. PORT: must be a number/)
    await refused(site(dataFolder(), { SEED: 'huge' }), /SEED: must be none, small or province/)
    const secret = await refusedText(site(dataFolder(), { DATABASE_URL: 'mysql://u:secret@h/d' }))
    expect(secret).toMatch(/DATABASE_URL: must look like/)
    expect(secret).not.toMatch('secret@')
  })

  test.runIf(!isRoot)('a folder that cannot be written', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'jiangxuetang-closed-'))
    chmodSync(parent, 0o555)
    await refused(site(join(parent, 'data')), /^The folder .*data cannot be written \(EACCES\)/)
    rmSync(parent, { recursive: true })
  })
})

async function refusedText(one: Running): Promise<string> {
  expect(await one.ends()).toBe(1)
  return one.err()
}
