import { and, eq, or } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import { overseers } from '#db/schema/rls.ts'

export type AcademyInScope = { id: string; code: string; name: string; sponsorId: string; cityCode: string | null }

/**
 * The academies whose figures the acting viewer may see: an administrator's own, those a sponsor's union recommends, all
 * for the province, none for anybody else. By the very conditions of row-level security, on the transaction's own
 * actor: what is then counted runs as system('figures'), which would see everything.
 */
export async function academiesInScope(tx: Tx): Promise<AcademyInScope[]> {
  return tx.select(columns).from(academy).where(inScope)
}

/** One of them, by its code; null for another's as for none at all. */
export async function academyInScope(tx: Tx, code: string): Promise<AcademyInScope | null> {
  const [found] = await tx
    .select(columns)
    .from(academy)
    .where(and(eq(academy.code, code), inScope))
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
