import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'

/** Requests for seats that wait for the academy's answer: how many, the classes with the first ones to lapse, when the first does. */
export type WaitingRequests = {
  count: number
  classes: { classId: string; name: string; count: number; dueAt: Date | null }[]
  /** Classes that are not named. */
  more: number
}

/** Classes named in a line. */
const NAMED = 5

/** The requests in the classes of the viewer's academy. Runs as its administrator, who answers them. */
export async function findWaitingRequests(tx: Tx, viewer: Viewer): Promise<WaitingRequests> {
  const dueAt = sql<Date | null>`min(${enrolment.answerDueAt})`.mapWith(enrolment.answerDueAt)
  const rows = await tx
    .select({
      classId: trainingClass.id,
      name: trainingClass.name,
      count: sql<number>`count(*)::int`,
      dueAt,
      total: sql<number>`(sum(count(*)) over ())::int`,
      classes: sql<number>`(count(*) over ())::int`,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(
      and(
        eq(enrolment.academyId, viewer.academyId ?? '00000000-0000-0000-0000-000000000000'),
        eq(enrolment.seat, 'requested'),
        eq(trainingClass.status, 'published'),
      ),
    )
    .groupBy(trainingClass.academyId, trainingClass.id, trainingClass.name)
    .orderBy(asc(dueAt), asc(trainingClass.id))
    .limit(NAMED)
  const [first] = rows
  return {
    count: first?.total ?? 0,
    classes: rows.map(({ total: _, classes: __, ...row }) => row),
    more: (first?.classes ?? 0) - rows.length,
  }
}
