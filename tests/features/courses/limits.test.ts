import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CompileJob } from '#app/features/courses/mdx/compile.server.ts'
import { compileLessons } from '#app/features/courses/publish/compile.server.ts'
import { isAlive } from '#db/embedded-lock.server.ts'
import { temporaryFolder } from '#tests/support/folder.ts'

/** Programs in the worker's place: what would happen if a lesson got past every wall. */
const folder = temporaryFolder('worker')
const program = (name: string, onJob: string) => {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(
    file,
    `import { createInterface } from 'node:readline'
import { writeFileSync } from 'node:fs'
for await (const line of createInterface({ input: process.stdin })) { const job = JSON.parse(line); ${onJob} }`,
  )
  return file
}
const job = (body: string): CompileJob => ({ body, hasQuiz: false, assets: [] })
const limits = { seconds: 2, heapMegabytes: 64, residentMegabytes: 200 }

test('the worker sees no variable of the environment', async () => {
  process.env.JIANGXUETANG_TEST_SECRET = 'synthetic'
  const script = program(
    'environment',
    `console.log(JSON.stringify({ blocks: [{ kind: 'html', html: JSON.stringify(process.env) }] }))`,
  )
  expect(await compileLessons([job('x')], limits, script)).toEqual([{ blocks: [{ kind: 'html', html: '{}' }] }])
})

test('a loop without end is stopped, and the next lesson is compiled', async () => {
  const script = program('loop', `if (job.body === 'loop') for (;;); console.log(JSON.stringify({ blocks: [] }))`)
  const started = Date.now()
  const answers = await compileLessons([job('fine'), job('loop'), job('fine')], limits, script)
  expect(answers).toEqual([
    { blocks: [] },
    { findings: [{ line: 1, column: 1, code: 'compile_time', detail: '2' }] },
    { blocks: [] },
  ])
  expect(Date.now() - started).toBeLessThan(8000)
})

test('memory without end is stopped, on the heap and beside it', async () => {
  const script = program(
    'memory',
    `const kept = []; if (job.body === 'heap') for (;;) kept.push(new Array(1e5).fill(Math.random()))
     for (;;) { kept.push(Buffer.alloc(1e7, 1)); await new Promise((done) => setTimeout(done, 5)) }`,
  )
  const answers = await compileLessons([job('heap'), job('buffers')], { ...limits, seconds: 20 }, script)
  expect(answers.map((answer) => 'findings' in answer && answer.findings[0]?.code)).toEqual([
    'compile_memory',
    'compile_memory',
  ])
})

test('a worker that leaves, talks nonsense or floods is a refusal, not a crash', async () => {
  const script = program(
    'leave',
    `if (job.body === 'exit') process.exit(0); if (job.body === 'nonsense') console.log('[[[');
     if (job.body === 'flood') for (let i = 0; i < 40; i++) process.stdout.write('x'.repeat(1e6))`,
  )
  const answers = await compileLessons([job('exit'), job('nonsense'), job('flood')], limits, script)
  for (const answer of answers) expect(answer).toHaveProperty('findings')
})

test('nothing that a worker started outlives it', async () => {
  const mark = join(folder, 'grandchild')
  const script = program(
    'grandchild',
    `const { spawn } = await import('node:child_process')
     const { pid } = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
     writeFileSync('${mark}', String(pid))
     for (;;);`,
  )
  const [answer] = await compileLessons([job('x')], { ...limits, seconds: 1 }, script)
  expect(answer).toHaveProperty('findings')
  const pid = Number(readFileSync(mark, 'utf8'))
  expect(pid).toBeGreaterThan(1)
  await expect.poll(() => isAlive({ pid, start: '' })).toBe(false)
})

test('no lessons, no process', async () => {
  expect(await compileLessons([], limits, '/nowhere/at-all.mjs')).toEqual([])
})
