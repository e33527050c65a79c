import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { ACADEMIES, academyCode, writeLedger } from '#tests/bench/ledger-file.ts'
import { dataFolder, postmaster, run } from './support.ts'

const files = mkdtempSync(join(tmpdir(), 'jiangxuetang-lost-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))

test('a database that is killed during an import: one sentence, status 1, nothing imported, and the next start works', async () => {
  const folder = dataFolder()
  const command = (...args: string[]) => run(['build/cli.js', ...args], { DATA_DIR: folder })
  const academies = join(files, 'academies.csv')
  const rows = Array.from(
    { length: ACADEMIES },
    (_, n) => `${academyCode(n)},测试工匠学院${n},产业,440300,测试产业工会`,
  )
  writeFileSync(academies, `学院代码,学院名称,学院类型,城市代码,推荐工会\n${rows.join('\n')}\n`)
  expect(await command('academies:import', academies).ends()).toBe(0)
  const ledger = join(files, 'ledger.csv')
  await writeLedger(ledger, 60_000)

  const importing = command('ledger:import', ledger)
  while (!/\d{5}/.test(importing.err())) await sleep(20)
  process.kill(postmaster(folder)!, 'SIGKILL')
  expect(await importing.ends()).toBe(1)
  expect(importing.out()).toBe('')
  expect(importing.err()).not.toMatch(/^\s+at /m)
  expect(importing.err().trim().split('\n').at(-1)).toMatch(/database|数据库/i)

  const after = command('ledger:imports')
  expect(await after.ends()).toBe(0)
  expect(after.out()).toBe('')
}, 60_000)
