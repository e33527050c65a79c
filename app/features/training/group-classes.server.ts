import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { academy, enrolment, trainingClass } from '#db/schema/index.ts'
import type { Mode } from '#db/values.ts'

/** A class in which the union's workers have places that it took. */
export type GroupClass = {
  classId: string
  academyCode: string
  academyName: string
  name: string
  mode: Mode
  startsOn: string
  endsOn: string
  /** Workers who sit; who asked, wait or are to confirm. */
  seated: number
  waiting: number
}

/** As many as one looks through; the page says where there are more. */
export const MOST_GROUP_CLASSES = 100

/** The classes of an enterprise's workers, the last to begin first. Row-level security shows the union its own places alone. */
export async function listGroupClasses(
  tx: Tx,
  enterpriseId: string,
): Promise<{ classes: GroupClass[]; hasMore: boolean }> {
  const rows = await tx
    .select({
      classId: trainingClass.id,
      academyCode: academy.code,
      academyName: academy.name,
      name: trainingClass.name,
      mode: trainingClass.mode,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      seated: sql<number>`count(*) filter (where ${enrolment.seat} = 'enrolled')::int`,
      waiting: sql<number>`count(*) filter (where ${enrolment.seat} in ('requested', 'waitlisted', 'offered'))::int`,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(eq(enrolment.enterpriseId, enterpriseId))
    .groupBy(trainingClass.academyId, trainingClass.id, academy.code, academy.name)
    .orderBy(desc(trainingClass.startsOn), asc(trainingClass.id))
    .limit(MOST_GROUP_CLASSES + 1)
  const classes = rows.slice(0, MOST_GROUP_CLASSES).map((row) => ({ ...row, mode: row.mode as Mode }))
  return { classes, hasMore: rows.length > MOST_GROUP_CLASSES }
}
