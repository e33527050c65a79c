import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'

/** A folder of the test file's own; gone when the file is done. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `jiangxuetang-${name}-`))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
