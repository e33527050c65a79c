import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { ImportReport } from '#app/lib/import-report.server.ts'
import { onePerFile } from './at-end.ts'
import { temporaryFolder } from './folder.ts'

const folder = onePerFile(() => temporaryFolder('tables'))
let files = 0

/** A file with this text (UTF-8) or these bytes; gone when the test file is done. */
export function fileOf(content: string | Buffer, ending = 'csv'): string {
  files += 1
  const path = join(folder(), `${files}.${ending}`)
  writeFileSync(path, content)
  return path
}

/** Runs a command of the shell as it is called there; what it prints to stdout, read back. */
export async function reportsOf(
  command: (argv: readonly string[]) => Promise<number>,
  ...argv: string[]
): Promise<{ status: number; reports: ImportReport[] }> {
  const lines: string[] = []
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  try {
    const status = await command(argv)
    return { status, reports: lines.map((line) => JSON.parse(line) as ImportReport) }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}
