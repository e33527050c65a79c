import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'
import { isOwnEnrolmentNamed } from './own-enrolment.server.ts'
import { isClass, type SeatedClass, toSeated } from './seat-class.server.ts'
import { type ClosedReason, closedBecause } from './seat-rules.ts'
import { isDue } from './settle.server.ts'

const glance = statement((db) => {
  const here = and(eq(enrolment.academyId, trainingClass.academyId), eq(enrolment.classId, trainingClass.id))
  return db
    .select({
      ...getTableColumns(trainingClass),
      hasPlace: sql<boolean>`exists (${db.select({ one: sql`1` }).from(enrolment).where(and(here, isOwnEnrolmentNamed))})`,
    })
    .from(trainingClass)
    .where(isClass(db))
})

type Of = { academyCode: string; classId: string; accountId: string; personId: string | null }

export type Glance = { facts: SeatedClass; hasPlace: boolean }

/**
 * What the signed-in worker sees of a class without a lock, asked as the worker. `hasPlace`: the account, or the person that it was
 * confirmed to be, has a place in it, in whatever state. Null: none with public seats.
 */
export async function glanceAt(tx: Tx, of: Of): Promise<Glance | null> {
  const [row] = await glance(tx, of)
  const facts = row && toSeated(row)
  return facts ? { facts, hasPlace: row.hasPlace } : null
}

/**
 * A refusal that needs no lock, since it does nothing: the class takes nobody now, and this worker has no place in it.
 * Null: it has to be looked at under the lock.
 */
export function closedAtOnce({ facts, hasPlace }: Glance, now: Date): ClosedReason | null {
  return hasPlace || isDue(facts, now) ? null : closedBecause(facts, now)
}
