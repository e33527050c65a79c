import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DEMO_LOGINS, DEMO_PASSWORD } from '#app/features/ops/demo/accounts.ts'
import { dataFolder, gone, postmaster, type Running, run, traces } from './support.ts'

const READY = /http:\/\/localhost:\d+/
const LOADING = /演示数据正在装入（\d+%）/

/** The built product as `npm start` runs it on an empty folder: with the whole province. */
const start = (folder: string) => run(['build/server.js'], { DATA_DIR: folder, PORT: '0' })

async function addressOf(one: Running): Promise<string> {
  return (await one.says(READY))[0]
}

async function page(url: string): Promise<string> {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return answer.text()
}

/** Waits until the percentage that pages show has moved past one. */
async function percentAbove(url: string, least: number): Promise<number> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = /正在装入（(\d+)%）/.exec(await page(url))
    if (found && Number(found[1]) > least) return Number(found[1])
    await sleep(100)
  }
  throw new Error('the demo does not get on')
}

test('a first start answers while the province loads and says so; a stop or a crash in the middle is taken up', async () => {
  const folder = dataFolder()
  const first = start(folder)
  const url = await addressOf(first)
  expect(await page(url)).toMatch(LOADING)
  expect(await page(`${url}/sign-in`)).toMatch(LOADING)
  expect((await fetch(`${url}/ready`)).status).toBe(200)
  expect(first.out()).toContain(DEMO_PASSWORD)
  for (const { login } of DEMO_LOGINS) expect(first.out()).toContain(login)

  const reached = await percentAbove(url, 2)
  const began = Date.now()
  first.child.kill('SIGINT')
  expect(await first.ends()).toBe(0)
  expect(Date.now() - began).toBeLessThan(10_000)
  expect(first.err()).not.toMatch(/bug|error|没有装完/i)
  expect(traces(folder)).toEqual([])

  const second = start(folder)
  const again = await addressOf(second)
  expect(await percentAbove(again, reached)).toBeGreaterThan(2)
  second.child.kill('SIGKILL')
  await second.ends()

  const third = start(folder)
  expect(await percentAbove(await addressOf(third), reached)).toBeGreaterThan(2)
  const server = postmaster(folder)!
  third.child.kill('SIGTERM')
  expect(await third.ends()).toBe(0)
  expect(await gone(server)).toBe(true)
}, 180_000)
