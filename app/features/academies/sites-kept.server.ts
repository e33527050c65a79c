import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import { databaseCode, type Tx } from '#db/client.server.ts'
import { assessmentSitting, classSession, site, trainingClass } from '#db/schema/index.ts'
import { readSite, type SiteFault, type SiteTyped, siteMark } from './site-entry.ts'

const UNIQUE_VIOLATION = '23505'

export type SiteRequest = { viewer: Viewer; academyId: string; now: Date; requestId?: string }
export type OfSite = SiteRequest & { siteId: string }

/** `isNew` false: it is so already. `name_taken`: another place of the academy has the name; `has_sessions`, `has_sittings`: some are still to come. */
export type SiteAnswer =
  | { ok: true; isNew: boolean }
  | { ok: false; faults: { field: keyof SiteTyped; fault: SiteFault }[] }
  | { ok: false; reason: 'changed_meanwhile' | 'has_sessions' | 'has_sittings' }

export type HeldSite = typeof site.$inferSelect

/** Whoever plans at the place waits, and then reads what came of it. Null: none of the academy's. */
export async function holdSite(tx: Tx, { academyId, siteId }: OfSite): Promise<HeldSite | null> {
  const [held] = await tx
    .select()
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.id, siteId)))
    .for('no key update')
  return held ?? null
}

/** Enters a place of the academy. */
export async function addSite(tx: Tx, request: SiteRequest & { form: FormData }): Promise<SiteAnswer> {
  const read = readSite(request.form)
  if ('faults' in read) return { ok: false, faults: read.faults }
  const { academyId } = request
  const siteId = newId()
  const made = await tx
    .insert(site)
    .values({ academyId, id: siteId, ...read.site })
    .onConflictDoNothing({ target: [site.academyId, site.name] })
    .returning({ id: site.id })
  if (made.length === 0) return nameTaken
  await record(tx, { ...event({ ...request, siteId }), kind: 'site.added', detail: {} })
  return { ok: true, isNew: true }
}

/** Writes another name or address of a place that is held. `was`: what the page showed. */
export async function describeSite(
  tx: Tx,
  request: OfSite & { form: FormData },
  held: HeldSite,
): Promise<(SiteAnswer & { ok: false }) | { ok: true; isNew: boolean; site: SiteTyped }> {
  const read = readSite(request.form)
  if ('faults' in read) return { ok: false, faults: read.faults }
  const fields = (['name', 'address'] as const).filter((field) => read.site[field] !== held[field])
  if (fields.length === 0) return { ok: true, isNew: false, site: read.site }
  if (request.form.get('was') !== siteMark(held)) return { ok: false, reason: 'changed_meanwhile' }
  try {
    await tx.transaction((savepoint) => savepoint.update(site).set(read.site).where(isThis(request)))
  } catch (error) {
    if (databaseCode(error) === UNIQUE_VIOLATION) return nameTaken
    throw error
  }
  await record(tx, { ...event(request), kind: 'site.changed', detail: { fields } })
  return { ok: true, isNew: true, site: read.site }
}

/** No session or sitting is planned at the place from now on; those to come have to be elsewhere first. Null: none of the academy's. */
export async function retireSite(tx: Tx, request: OfSite): Promise<SiteAnswer | null> {
  const held = await holdSite(tx, request)
  if (!held) return null
  if (held.retiredAt) return { ok: true, isNew: false }
  const [coming] = await tx
    .select({ id: classSession.id })
    .from(classSession)
    .where(
      and(
        eq(classSession.academyId, request.academyId),
        eq(classSession.siteId, request.siteId),
        eq(classSession.status, 'planned'),
        // Of a cancelled class none is held.
        eq(classSession.holdsSite, true),
        gt(classSession.endsAt, request.now),
      ),
    )
    .orderBy(asc(classSession.startsAt))
    .limit(1)
  if (coming) return { ok: false, reason: 'has_sessions' }
  if (await hasSittings(tx, request)) return { ok: false, reason: 'has_sittings' }
  await tx.update(site).set({ retiredAt: request.now }).where(isThis(request))
  await record(tx, { ...event(request), kind: 'site.retired', detail: {} })
  return { ok: true, isNew: true }
}

/** Whether somebody is still to be assessed there. */
async function hasSittings(tx: Tx, { academyId, siteId, now }: OfSite): Promise<boolean> {
  const [coming] = await tx
    .select({ id: assessmentSitting.id })
    .from(assessmentSitting)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, assessmentSitting.academyId), eq(trainingClass.id, assessmentSitting.classId)),
    )
    .where(
      and(
        eq(assessmentSitting.academyId, academyId),
        eq(assessmentSitting.siteId, siteId),
        eq(assessmentSitting.status, 'planned'),
        ne(trainingClass.status, 'cancelled'),
        gt(assessmentSitting.endsAt, now),
      ),
    )
    .limit(1)
  return coming !== undefined
}

/** A retired place may be chosen again. Null: none of the academy's. */
export async function bringBackSite(tx: Tx, request: OfSite): Promise<SiteAnswer | null> {
  const held = await holdSite(tx, request)
  if (!held) return null
  if (!held.retiredAt) return { ok: true, isNew: false }
  await tx.update(site).set({ retiredAt: null }).where(isThis(request))
  await record(tx, { ...event(request), kind: 'site.brought_back', detail: {} })
  return { ok: true, isNew: true }
}

const nameTaken = { ok: false as const, faults: [{ field: 'name' as const, fault: 'name_taken' as const }] }
const isThis = ({ academyId, siteId }: OfSite) => and(eq(site.academyId, academyId), eq(site.id, siteId))

const event = ({ viewer, academyId, siteId, now, requestId }: OfSite) => ({
  ...{ by: viewer, now, academyId, subjectId: siteId, requestId },
})
