import { and, eq, gt, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, enrolment, material } from '#db/schema/index.ts'

/** A worker's place, and what of a class's requirements is missing or came back, by their ids in order. */
export type Lacking = { enrolmentId: string; requirementIds: string[] }

/**
 * Who with a seat lacks something that the class needs. Left out is who took the seat after `dueAt`, or it or something back after
 * `since`: they know. Runs for the purpose `materials`.
 */
export async function listLacking(
  tx: Tx,
  of: { academyId: string; classId: string; dueAt: Date; since: Date },
): Promise<Lacking[]> {
  const isSameWorker = (one: { academyId: AnyPgColumn; enrolmentId: AnyPgColumn }) =>
    and(eq(one.academyId, enrolment.academyId), eq(one.enrolmentId, enrolment.id))
  const back = alias(material, 'back')
  const sentBack = tx
    .select({ one: sql`1` })
    .from(back)
    .where(and(isSameWorker(back), eq(back.state, 'refused'), gt(back.answeredAt, of.since)))
  // A ledger's places say when they were made alone.
  const seatedAt = sql<Date>`coalesce(${enrolment.seatedAt}, ${enrolment.createdAt})`
  const known = new Date(Math.min(of.dueAt.getTime(), of.since.getTime()))
  return tx
    .select({
      enrolmentId: enrolment.id,
      requirementIds: sql<string[]>`array_agg(${classRequirement.id} order by ${classRequirement.id})`,
    })
    .from(enrolment)
    .innerJoin(
      classRequirement,
      and(
        eq(classRequirement.academyId, enrolment.academyId),
        eq(classRequirement.classId, enrolment.classId),
        isNull(classRequirement.endedAt),
      ),
    )
    .leftJoin(material, and(isSameWorker(material), eq(material.requirementId, classRequirement.id)))
    .where(
      and(
        eq(enrolment.academyId, of.academyId),
        eq(enrolment.classId, of.classId),
        eq(enrolment.seat, 'enrolled'),
        lte(seatedAt, sql`${known.toISOString()}::timestamptz`),
        or(isNull(material.id), eq(material.state, 'refused')),
        notExists(sentBack),
      ),
    )
    .groupBy(enrolment.id)
}
