import { and, eq, gt, isNotNull, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, enrolment, material, notice } from '#db/schema/index.ts'

/** A worker's account, and what of a class's requirements is missing or came back, by their ids in order. */
export type Lacking = { accountId: string; requirementIds: string[] }

/**
 * Who with a seat and an account lacks something that the class needs and has not heard of `subjectId`. Left out is who enrolled or had
 * something sent back after `since`: they know. Runs for the purpose `materials`.
 */
export async function listLacking(
  tx: Tx,
  of: { academyId: string; classId: string; subjectId: string; since: Date },
): Promise<Lacking[]> {
  const isSameWorker = (one: { academyId: AnyPgColumn; enrolmentId: AnyPgColumn }) =>
    and(eq(one.academyId, enrolment.academyId), eq(one.enrolmentId, enrolment.id))
  const back = alias(material, 'back')
  const sentBack = tx
    .select({ one: sql`1` })
    .from(back)
    .where(and(isSameWorker(back), eq(back.state, 'refused'), gt(back.answeredAt, of.since)))
  const told = tx
    .select({ one: sql`1` })
    .from(notice)
    .where(
      and(
        eq(notice.accountId, enrolment.accountId),
        eq(notice.kind, 'materials.lacking'),
        eq(notice.subjectId, of.subjectId),
      ),
    )
  const rows = await tx
    .select({
      accountId: enrolment.accountId,
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
        isNotNull(enrolment.accountId),
        lte(enrolment.createdAt, of.since),
        or(isNull(material.id), eq(material.state, 'refused')),
        notExists(told),
        notExists(sentBack),
      ),
    )
    .groupBy(enrolment.accountId)
  return rows.map(({ accountId, requirementIds }) => ({ accountId: accountId!, requirementIds }))
}
