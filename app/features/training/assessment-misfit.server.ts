import { and, eq, inArray } from 'drizzle-orm'
import { teachesOn } from '#app/features/academies/instructor-share.ts'
import type { Tx } from '#db/client.server.ts'
import { instructor, trainingClass } from '#db/schema/index.ts'
import type { SittingFacts } from '#db/values.ts'
import { findUnfit, leadsToCertificate, type MisfitOfSitting, type SittingGround } from './assessment-plan.ts'
import { listSittings } from './assessment-sittings.server.ts'
import { listSessions } from './session-held.server.ts'

/**
 * What of an assessment plan keeps its class from being published. `plan_missing`: it leads to a certificate, and says neither when it
 * is assessed nor that this is announced later.
 */
export type AssessmentMisfit =
  | { ok: false; reason: 'plan_missing' }
  | { ok: false; reason: 'plan_unfit'; sitting: SittingFacts; of: MisfitOfSitting }
  | { ok: false; reason: 'assessor_left'; name: string; date: string }

type OfClass = { academyId: string; classId: string }

/** @param of.isAsked whether a class without a plan has to have one: a class from before there were plans may do without. */
export async function findAssessmentMisfit(
  tx: Tx,
  of: OfClass & { isAsked: boolean },
): Promise<AssessmentMisfit | null> {
  const { academyId, classId, isAsked } = of
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  if (!row) return null
  const sittings = (await listSittings(tx, of)).filter(({ cancelReason }) => cancelReason === null)
  if (sittings.length === 0)
    return isAsked && !row.assessmentLater && leadsToCertificate(row) ? { ok: false, reason: 'plan_missing' } : null
  const unfit = findUnfit(sittings, await groundOf(tx, row))
  if (unfit) return { ok: false, reason: 'plan_unfit', sitting: factsOfSitting(unfit.sitting), of: unfit.of }
  for (const { date, instructorIds } of sittings) {
    const left = await findLeft(tx, { academyId, instructorIds, date })
    if (left) return { ok: false, reason: 'assessor_left', name: left.name, date }
  }
  return null
}

/** What a class's sittings are measured against. */
export async function groundOf(tx: Tx, row: typeof trainingClass.$inferSelect): Promise<SittingGround> {
  const { academyId, id: classId, startsOn, certificatesExpectedOn, resits } = row
  const sessions = (await listSessions(tx, { academyId, classId })).filter(({ status }) => status === 'planned')
  return { startsOn, certificatesExpectedOn, resits, sessions }
}

/** Who of the academy's assessors has left it by a day. */
export async function findLeft(
  tx: Tx,
  of: { academyId: string; instructorIds: readonly string[]; date: string },
): Promise<{ name: string } | null> {
  if (of.instructorIds.length === 0) return null
  const rows = await tx
    .select({ name: instructor.name, endedOn: instructor.endedOn })
    .from(instructor)
    .where(and(eq(instructor.academyId, of.academyId), inArray(instructor.id, [...of.instructorIds])))
  return rows.find((one) => !teachesOn(one, of.date)) ?? null
}

export const factsOfSitting = ({ part, attempt, date, from, to, place, assessors }: SittingFacts): SittingFacts => ({
  ...{ part, attempt, date, from, to, place, assessors: [...assessors] },
})
