import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { teachesOn } from '#app/features/academies/instructor-share.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { instructor, site, type trainingClass } from '#db/schema/index.ts'
import type { CarriedPlan, LeftSitting } from './assessment-carry.ts'
import { faultOfSitting, type SittingGround, type TypedSitting } from './assessment-plan.ts'
import { listSittings } from './assessment-sittings.server.ts'
import { findInstructorClash } from './instructor-clash.server.ts'
import { findSiteClash } from './site-clash.server.ts'

/** The assessment plan of a class, for one more like it. */
export async function findCarried(tx: Tx, row: typeof trainingClass.$inferSelect): Promise<CarriedPlan> {
  const { academyId, id: classId, siteId: homeSiteId, resits, assessmentLater: isLater } = row
  const planned = (await listSittings(tx, { academyId, classId })).filter(({ cancelReason }) => cancelReason === null)
  const sittings = planned.map(({ part, attempt, date, from, to, siteId, place, instructorIds, outside }) => ({
    ...{ part, attempt, date, from, to, siteId, place: siteId === null ? place : null, instructorIds, outside },
  }))
  return { homeSiteId, resits, isLater, sittings }
}

/**
 * Holds the places of a plan that is carried along, before its class's own: who plans at a place waits for the other. Two that open
 * classes at once hold them in the same order.
 */
export async function holdCarriedSites(
  tx: Tx,
  of: { academyId: string; plan: CarriedPlan | null | undefined; siteId: string | undefined },
): Promise<ReadonlySet<string>> {
  const named = of.plan?.sittings.flatMap(({ siteId }) => siteId ?? []) ?? []
  const ids = [...new Set([...named, ...(of.siteId ? [of.siteId] : [])])].filter(isId)
  if (named.length === 0 || ids.length === 0) return new Set()
  const rows = await tx
    .select({ id: site.id })
    .from(site)
    .where(and(eq(site.academyId, of.academyId), inArray(site.id, ids), isNull(site.retiredAt)))
    .orderBy(asc(site.id))
    .for('no key update')
  return new Set(rows.map(({ id }) => id))
}

/** What a new class keeps of a plan that is carried along: sittings that fit it, with the assessors who may and can. */
export async function fitCarried(
  tx: Tx,
  of: {
    academyId: string
    plan: CarriedPlan | null | undefined
    ground: Omit<SittingGround, 'resits'>
    /** The class's own place, and those that are held. */
    siteId: string | null
    sites: ReadonlySet<string>
    /** Who teaches the class. */
    teaching: readonly string[]
  },
): Promise<{ sittings: TypedSitting[]; names: Map<string, string>; left: LeftSitting[] }> {
  const { academyId, plan, teaching } = of
  if (!plan) return { sittings: [], names: new Map(), left: [] }
  const ground = { ...of.ground, resits: plan.resits }
  const asked = [...new Set([...plan.sittings.flatMap(({ instructorIds }) => instructorIds), ...teaching])].filter(isId)
  const known = asked.length === 0 ? [] : await selectKnown(tx, academyId, asked)
  const taught = known.filter(({ id }) => teaching.includes(id))
  const sittings: TypedSitting[] = []
  const left: LeftSitting[] = []
  // A first sitting before those that repeat it.
  for (const one of [...plan.sittings].sort((a, b) => a.attempt - b.attempt)) {
    const siteId = one.siteId !== null && one.siteId === plan.homeSiteId ? of.siteId : one.siteId
    const said = { part: one.part, attempt: one.attempt }
    const at = { ...one, siteId }
    if (faultOfSitting(at, ground, sittings)) left.push({ ...said, why: 'unfit' })
    else if (!(await isPlaceFree(tx, { ...of, at }))) left.push({ ...said, why: 'site' })
    else {
      const instructorIds: string[] = []
      for (const id of one.instructorIds) {
        const who = known.find((one) => one.id === id)
        const isTeaching = taught.some(({ personId }) => personId === who?.personId)
        if (!who || isTeaching || !teachesOn(who, one.date) || isMeanwhile(sittings, at, id)) continue
        const clash = await findInstructorClash(tx, { academyId, sessions: [at], instructorIds: [id] })
        if (!clash) instructorIds.push(id)
      }
      const outside = one.outside.filter(({ name }) => taught.every((teacher) => teacher.name !== name))
      const isShort = instructorIds.length + outside.length < one.instructorIds.length + one.outside.length
      if (isShort) left.push({ ...said, why: 'assessor' })
      sittings.push({ ...at, instructorIds, outside })
    }
  }
  return { sittings, names: new Map(known.map(({ id, name }) => [id, name])), left }
}

const selectKnown = (tx: Tx, academyId: string, ids: string[]) =>
  tx
    .select({ id: instructor.id, name: instructor.name, personId: instructor.personId, endedOn: instructor.endedOn })
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, ids)))
    .orderBy(asc(instructor.id))
    .for('share')

/** `place` written out is free; one of the academy's has to be in use still, and nobody else's then. */
async function isPlaceFree(
  tx: Tx,
  of: { academyId: string; at: TypedSitting; siteId: string | null; sites: ReadonlySet<string> },
): Promise<boolean> {
  const { academyId, at, sites } = of
  if (at.siteId === null) return at.place !== null
  // The class's own place is in use: it was just chosen, or made.
  if (at.siteId !== of.siteId && !sites.has(at.siteId)) return false
  return (await findSiteClash(tx, { academyId, sessions: [{ ...at, stations: null }] })) === null
}

/** Whether somebody assesses at another sitting of the plan then. */
const isMeanwhile = (kept: readonly TypedSitting[], at: TypedSitting, id: string): boolean =>
  kept.some((one) => one.instructorIds.includes(id) && one.date === at.date && one.from < at.to && at.from < one.to)
