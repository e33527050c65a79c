import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { sourceFiles, withoutComments } from './sources.ts'

export type Owned = { table: string; export: string; owner: string }

/** Every table with the feature that owns it: the one named like its schema file, up to a dash. */
export async function ownedTables(): Promise<Owned[]> {
  const owned: Owned[] = []
  for (const { path } of sourceFiles('db/schema')) {
    const owner = /schema\/([a-z]+)(?:-[a-z]+)?\.ts$/.exec(path)?.[1]
    if (!owner || owner === 'index') continue
    const module = (await import(/* @vite-ignore */ `${process.cwd()}/${path}`)) as Record<string, unknown>
    for (const [name, value] of Object.entries(module))
      if (is(value, PgTable)) owned.push({ table: getTableName(value), export: name, owner })
  }
  return owned
}

/** Which tables a file writes: through drizzle, or in a statement of its own. */
export function writesOf(text: string, tables: Owned[]): Owned[] {
  const code = withoutComments(text)
  return tables.filter(
    (owned) =>
      new RegExp(`\\.(insert|update|delete)\\(\\s*(\\w+\\.)?${owned.export}\\s*[),]`).test(code) ||
      new RegExp(
        `(insert\\s+into|update|delete\\s+from)\\s+("?${owned.table}"?|\\$\\{\\s*(\\w+\\.)?${owned.export}\\s*\\})\\s`,
        'i',
      ).test(code),
  )
}
