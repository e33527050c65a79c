import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { revision } from '#db/schema/index.ts'

/** What a fact said before it was changed by hand, and who changed it, why and when. */
export type HandRevision = {
  id: string
  factId: string
  before: Record<string, unknown>
  reason: string
  accountId: string | null
  at: Date
}

const LISTED = 500

/** Changes by hand (not a ledger's) of some facts of an academy, the latest first; row-level security says who may read them. */
export async function listRevisions(
  tx: Tx,
  { academyId, fact, factIds }: { academyId: string; fact: 'class' | 'assessment'; factIds: readonly string[] },
): Promise<HandRevision[]> {
  if (factIds.length === 0) return []
  const rows = await tx
    .select()
    .from(revision)
    .where(
      and(
        eq(revision.academyId, academyId),
        eq(revision.fact, fact),
        inArray(revision.factId, [...factIds]),
        isNull(revision.importId),
        isNotNull(revision.reason),
      ),
    )
    .orderBy(desc(revision.at), desc(revision.id))
    .limit(LISTED)
  return rows.map(({ id, factId, before, reason, actorAccountId, at }) => ({
    id,
    factId,
    before,
    reason: reason ?? '',
    accountId: actorAccountId,
    at,
  }))
}
