import { and, inArray, ne } from 'drizzle-orm'
import { account } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import { system } from './actor.ts'
import { as } from './as.server.ts'

export type StaffName = { name: string; role: Role }

/**
 * Who did what a history tells: names and roles of staff by account. After the guard, for accounts that stand in rows which
 * the viewer may see; never of workers.
 */
export async function staffNames(accountIds: readonly string[]): Promise<Record<string, StaffName>> {
  const ids = [...new Set(accountIds)]
  if (ids.length === 0) return {}
  const rows = await as(system('identity'), (tx) =>
    tx
      .select({ id: account.id, name: account.displayName, role: account.role })
      .from(account)
      .where(and(inArray(account.id, ids), ne(account.role, 'worker'))),
  )
  return Object.fromEntries(rows.map(({ id, name, role }) => [id, { name, role: role as Role }]))
}
