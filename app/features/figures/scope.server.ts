import { and, eq, or, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import { overseers } from '#db/schema/rls.ts'

export type AcademyInScope = { id: string; code: string; name: string; sponsorId: string; cityCode: string | null }

/**
 * The academies whose figures the acting viewer may see: an administrator's own, those a sponsor's union recommends, all
 * for the province, none for anybody else. By the very conditions of row-level security, on the transaction's own
 * actor: what is then counted runs as system('figures'), which would see everything.
 */
export const academiesInScope = (tx: Tx): Promise<AcademyInScope[]> => allInScope(tx, {})

/** One of them, by its code; null for another's as for none at all. */
export async function academyInScope(tx: Tx, code: string): Promise<AcademyInScope | null> {
  const [found] = await oneInScope(tx, { code })
  return found ?? null
}

const columns = {
  id: academy.id,
  code: academy.code,
  name: academy.name,
  sponsorId: academy.sponsorId,
  cityCode: academy.cityCode,
}
const inScope = or(...overseers(academy.id))
const oneInScope = statement((db) =>
  db
    .select(columns)
    .from(academy)
    .where(and(eq(academy.code, sql.placeholder('code')), inScope)),
)
const allInScope = statement((db) => db.select(columns).from(academy).where(inScope))
