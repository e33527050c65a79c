import { Worker } from 'node:worker_threads'
import { programFile } from '../program-file.server.ts'
import { type Refusal, RefusedWorkbook, WORKBOOK_LIMITS } from './refusal.ts'
import type { WorkbookRow } from './sheet.ts'
import type { Answer, Job, SheetSeen } from './worker-messages.ts'

export type Workbook = {
  sheets: SheetSeen[]
  /** The rows of these sheets, in pieces. @throws RefusedWorkbook where the file changed meanwhile. */
  read: (sheets: readonly number[]) => AsyncGenerator<{ sheet: number; rows: WorkbookRow[] }>
}

/**
 * Opens an .xlsx: reads it once, in a thread with limits, to know its sheets, their first rows and what is merged.
 * @returns why not, where it is no workbook, damaged, hostile or above the limits (refusal.ts).
 * @throws the file system's errors.
 */
export async function openWorkbook(path: string, headRows: number): Promise<Workbook | Refusal> {
  try {
    for await (const answer of answersTo({ kind: 'inspect', path, headRows })) {
      if (answer.kind !== 'seen') continue
      const { sheets } = answer
      return { sheets, read: (wanted) => rowsOf(path, sheets, wanted) }
    }
    return 'damaged'
  } catch (error) {
    if (error instanceof RefusedWorkbook) return error.refusal
    throw error
  }
}

async function* rowsOf(path: string, seen: SheetSeen[], wanted: readonly number[]) {
  const sheets = wanted.map((index) => ({ index, merges: seen[index]!.merges }))
  for await (const answer of answersTo({ kind: 'read', path, sheets }))
    if (answer.kind === 'rows') yield { sheet: answer.sheet, rows: answer.rows }
}

/** Runs one job in a worker of its own, which ends with it. @throws RefusedWorkbook, also for time and memory. */
async function* answersTo(job: Job): AsyncGenerator<Answer> {
  const worker = new Worker(await programFile('read-workbook', new URL('./worker.server.ts', import.meta.url)), {
    workerData: job,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: WORKBOOK_LIMITS.heapMegabytes, maxYoungGenerationSizeMb: 32 },
  })
  const answers: Answer[] = []
  let failed: unknown
  let hasEnded = false
  let wake = () => {}
  worker.on('message', (answer: Answer) => {
    answers.push(answer)
    wake()
  })
  worker.on('error', (error) => {
    failed = isOutOfMemory(error) ? new RefusedWorkbook('tooMuchMemory') : error
    wake()
  })
  worker.on('exit', () => {
    hasEnded = true
    wake()
  })
  try {
    for (;;) {
      const answer = answers.shift()
      if (answer) {
        if (answer.kind === 'refused') throw new RefusedWorkbook(answer.refusal)
        yield answer
        if (answer.kind === 'rows') worker.postMessage('next')
        else return
        continue
      }
      if (failed !== undefined) throw failed
      if (hasEnded) throw new RefusedWorkbook('damaged')
      const isLate = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), WORKBOOK_LIMITS.seconds * 1000)
        wake = () => {
          clearTimeout(timer)
          resolve(false)
        }
      })
      if (isLate) throw new RefusedWorkbook('tooSlow')
    }
  } finally {
    await worker.terminate()
  }
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
