import { and, eq, isNull } from 'drizzle-orm'
import { isId, newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { site } from '#db/schema/index.ts'

/**
 * The place that a form names: one of the academy's by its id, or a new one by name and address. A name that the academy
 * has already is that place. It stays in use until the transaction ends. Null: the id is none of the academy's, the place was retired, or
 * nothing was given.
 */
export async function findOrMakeSite(
  tx: Tx,
  {
    academyId,
    siteId,
    siteName,
    siteAddress,
  }: { academyId: string; siteId?: string; siteName?: string; siteAddress?: string },
): Promise<string | null> {
  if (siteId !== undefined) {
    if (!isId(siteId)) return null
    const [found] = await tx
      .select({ id: site.id })
      .from(site)
      .where(and(eq(site.academyId, academyId), eq(site.id, siteId), isNull(site.retiredAt)))
      .for('share')
    return found?.id ?? null
  }
  if (siteName === undefined || siteAddress === undefined) return null
  const row = { academyId, id: newId(), name: siteName, address: siteAddress }
  await tx
    .insert(site)
    .values(row)
    .onConflictDoNothing({ target: [site.academyId, site.name] })
  const [made] = await tx
    .select({ id: site.id })
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.name, siteName), isNull(site.retiredAt)))
    .for('share')
  return made?.id ?? null
}
