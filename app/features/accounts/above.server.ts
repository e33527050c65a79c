import { eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { academy, tradeUnion } from '#db/schema/index.ts'
import { system } from './actor.ts'
import { within } from './as.server.ts'

/**
 * The union whose reviewer looks at what an academy asks for, and corrects what its own people may not, by name: the one that recommends it,
 * or the province's where that has no reviewer (as `stood_in_academies()`). Asked by the academy's own people too, who see no account of
 * a union.
 */
export async function findAbove(tx: Tx, academyId: string): Promise<string> {
  const province = sql<string>`(select p.name from trade_union p where p.kind = 'provincial_union' order by p.name limit 1)`
  const [row] = await within(tx, system('timetable'), (tx) =>
    tx
      .select({
        sponsor: tradeUnion.name,
        province,
        isOwn: sql<boolean>`${tradeUnion.kind} = 'provincial_union' or exists (select from account r
          where r.union_id = ${tradeUnion.id} and r.role = 'sponsor_reviewer' and r.disabled_at is null)`,
      })
      .from(academy)
      .innerJoin(tradeUnion, eq(tradeUnion.id, academy.sponsorId))
      .where(eq(academy.id, academyId)),
  )
  return row ? (row.isOwn ? row.sponsor : (row.province ?? row.sponsor)) : ''
}
