import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { blocksShape, refusedMarkup } from '../blocks.ts'
import { workerScript } from '../content/worker-script.server.ts'
import { MEDIA_NAME } from '../mdx/allowed.ts'
import type { Compiled, CompileJob } from '../mdx/compile.server.ts'
import { type Finding, finding } from '../problem.ts'

/** What one lesson may take. A real one needs a twentieth of a second and some 90 MB, the worker's own start included. */
export type CompileLimits = { seconds: number; heapMegabytes: number; residentMegabytes: number }
const COMPILE_LIMITS: CompileLimits = { seconds: 15, heapMegabytes: 192, residentMegabytes: 512 }

/** An answer longer than this is not a lesson. */
const MAX_ANSWER = 2 * 1024 * 1024

/**
 * Compiles lessons in a child process of their own, with an empty environment and limits of time and memory; the whole
 * process group is killed when one is passed. A lesson that brings the worker down costs only itself: the next goes to a
 * fresh one. Answers in the order of the jobs; no jobs, no process. `script` is for tests: another program in its place.
 */
export async function compileLessons(
  jobs: CompileJob[],
  limits: CompileLimits = COMPILE_LIMITS,
  script?: string,
): Promise<Compiled[]> {
  const answers: Compiled[] = []
  let worker: Worker | null = null
  try {
    for (const job of jobs) {
      worker ??= startWorker(script ?? (await workerScript()), limits)
      const answer: Compiled | { dead: Finding } = await worker.compile(job)
      if ('dead' in answer) {
        answers.push({ findings: [answer.dead] })
        worker.kill()
        worker = null
      } else answers.push(answer)
    }
  } finally {
    worker?.kill()
  }
  return answers
}

type Worker = { compile(job: CompileJob): Promise<Compiled | { dead: Finding }>; kill(): void }

function startWorker(script: string, limits: CompileLimits): Worker {
  const child = spawn(process.execPath, [`--max-old-space-size=${limits.heapMegabytes}`, script], {
    env: {} as NodeJS.ProcessEnv,
    cwd: dirname(script),
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, so that esbuild's helper goes with it.
    detached: true,
  })
  let answer: (result: Compiled | { dead: Finding }) => void = () => {}
  let dead: Finding | null = null
  let errors = ''
  let output = ''
  const end = (found: Finding) => {
    dead ??= found
    answer({ dead })
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    const newline = output.indexOf('\n')
    if (output.length > MAX_ANSWER) end(finding(1, 1, 'compile_memory', `${MAX_ANSWER / 1024 / 1024} MB`))
    else if (newline >= 0) {
      const line = output.slice(0, newline)
      output = output.slice(newline + 1)
      answer(readAnswer(line))
    }
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-4000)
  })
  child.stdin.on('error', () => {})
  child.on('error', (error) => end(finding(1, 1, 'compile_failed', error.message)))
  child.on('exit', () => {
    const isMemory = /heap out of memory|Allocation failed/.test(errors)
    if (isMemory) end(finding(1, 1, 'compile_memory', `${limits.heapMegabytes} MB`))
    else end(finding(1, 1, 'compile_failed', errors.trim().split('\n').at(-1) ?? ''))
  })
  return {
    async compile(job) {
      if (dead) return { dead }
      const timer = setTimeout(() => end(finding(1, 1, 'compile_time', String(limits.seconds))), limits.seconds * 1000)
      const watch = setInterval(async () => {
        if ((await residentMegabytes(child.pid)) > limits.residentMegabytes) {
          end(finding(1, 1, 'compile_memory', `${limits.residentMegabytes} MB`))
        }
      }, 100)
      try {
        return await new Promise<Compiled | { dead: Finding }>((resolve) => {
          answer = resolve
          child.stdin.write(`${JSON.stringify(job)}\n`)
        })
      } finally {
        clearTimeout(timer)
        clearInterval(watch)
      }
    },
    kill() {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    },
  }
}

const requiredShape = z.array(
  z.strictObject({ name: z.string().regex(MEDIA_NAME), title: z.string(), seconds: z.number().int().positive() }),
)

const answerShape = z.union([
  z.object({ blocks: blocksShape, required: requiredShape.optional() }),
  z.object({ findings: z.array(z.custom<Finding>()).min(1) }),
])

/** The worker runs what authors wrote: its answer is checked like any other input. */
function readAnswer(line: string): Compiled {
  try {
    const answer = answerShape.parse(JSON.parse(line))
    if ('findings' in answer) return answer
    for (const block of answer.blocks) {
      const refused = block.kind === 'html' ? refusedMarkup(block.html) : null
      if (refused) return { findings: [finding(1, 1, 'output_refused', refused)] }
    }
    return answer
  } catch {
    return { findings: [finding(1, 1, 'compile_failed', line.slice(0, 80))] }
  }
}

/** Memory that a process holds, by Linux's account; 0 where there is none: then the heap limit stands alone. */
async function residentMegabytes(pid: number | undefined): Promise<number> {
  try {
    const pages = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]
    return (Number(pages) * 4096) / 1024 / 1024
  } catch {
    return 0
  }
}
