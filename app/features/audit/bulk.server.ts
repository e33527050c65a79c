import { sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'

/**
 * Old values of many facts at once. The owner of a fact puts the rows that it is about to change into the temporary table
 * `staged_revision` (academy_id, fact, fact_id, before); they are kept together, in the same transaction.
 */
export async function createStagedRevisions(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_revision (academy_id uuid not null, fact text not null, fact_id uuid not null,
      before jsonb not null) on commit drop`)
}

/**
 * Keeps the staged old values as revisions of one import (null: of one change by hand). Their ids are UUIDv7 of the import's
 * instant, derived from import, fact and reason, so that the database can make them. `reason` null: the import's own
 * corrections.
 */
export async function keepStagedRevisions(
  tx: Tx,
  {
    importId,
    reason,
    accountId,
    now,
  }: { importId: string | null; reason: string | null; accountId: string | null; now: Date },
): Promise<void> {
  const change = importId ?? newId()
  await tx.execute(sql`
    insert into revision (academy_id, id, fact, fact_id, before, reason, import_id, actor_account_id, at)
    select s.academy_id,
      concat(left(${change}::text, 13), '-7', substr(d.digest, 1, 3), '-8', substr(d.digest, 4, 3), '-', substr(d.digest, 7, 12))::uuid,
      s.fact, s.fact_id, s.before, ${reason}::text, ${importId}::uuid, ${accountId}::uuid, ${now.toISOString()}::timestamptz
    from staged_revision s
    cross join lateral (select md5(concat_ws(' ', ${change}::text, s.fact_id::text, ${reason}::text)) as digest) d`)
  await tx.execute(sql`truncate staged_revision`)
}
