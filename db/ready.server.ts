import type { Pool } from './client.server.ts'
import { migrationCount } from './migrate.server.ts'

const PATIENCE_MS = 2000

/** Does the database answer, and has it every migration that this version of the product needs? Never throws. */
export async function readiness(pool: Pool): Promise<{ database: boolean; migrations: boolean }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(done, PATIENCE_MS, null)
  })
  const asked = pool<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`.catch(
    () => null,
  )
  const rows = await Promise.race([asked, late])
  clearTimeout(timer)
  return { database: rows !== null, migrations: (rows?.[0]?.count ?? 0) >= migrationCount() }
}
