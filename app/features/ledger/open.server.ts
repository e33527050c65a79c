import { open, stat } from 'node:fs/promises'
import { openCsv } from './csv-source.server.ts'
import { problem } from './problem.ts'
import { LIMITS } from './record.ts'
import type { LedgerOptions, OpenedSource } from './source.ts'
import { openOle, openXlsx } from './xlsx-source.server.ts'

const refused = (found: ReturnType<typeof problem>): OpenedSource => ({ ok: false, problem: { row: null, ...found } })

/**
 * Opens a ledger of whatever format, which its content tells, not its name: checks size and kind before any work. What it
 * holds is in `source.sheets`, problems with a header included, so that a page can ask for what is missing.
 * @returns a problem of the whole file where it is missing, unreadable, empty, too large, or neither csv nor xlsx.
 */
export async function openLedger(path: string, options: LedgerOptions = {}): Promise<OpenedSource> {
  try {
    const { size } = await stat(path)
    if (size === 0) return refused(problem(null, 'fileEmpty'))
    const megabytes = size / 1_000_000
    if (megabytes > LIMITS.fileMegabytes)
      return refused(problem(null, 'fileTooLarge', Math.ceil(megabytes), LIMITS.fileMegabytes))
    const kind = await kindOf(path)
    if (kind === 'zip') return await openXlsx(path, options)
    if (kind === 'ole') return await openOle(path)
    return await openCsv(path, options)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (!code) throw error
    return refused(code === 'ENOENT' ? problem(null, 'fileMissing') : problem(null, 'fileUnreadable', code))
  }
}

/** By the first bytes: `zip` may be a workbook; `ole` is an old or an encrypted one. */
async function kindOf(path: string): Promise<'zip' | 'ole' | 'other'> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0)
    const first = buffer.toString('hex')
    if (/^504b(0304|0506|0708)/.test(first)) return 'zip'
    return first === 'd0cf11e0a1b11ae1' ? 'ole' : 'other'
  } finally {
    await file.close()
  }
}
