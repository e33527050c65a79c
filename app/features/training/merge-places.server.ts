import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { open, seal } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, enrolment, trainingClass } from '#db/schema/index.ts'
import type { Seat } from '#db/values.ts'
import { combinePlaces, type PlaceFacts } from './merge.ts'

export type PersonPair = { keptId: string; mergedId: string }
type Row = typeof enrolment.$inferSelect

/** A class in which both records of a person have a place. `combined` null: the hours of the two differ. */
export type SharedClass = {
  academyId: string
  academyName: string
  classId: string
  code: string
  name: string
  kept: Row
  merged: Row
  combined: PlaceFacts | null
}

/** Locks the classes in which both have a place, before anything else of a merge, as those who take seats do. */
export async function lockSharedClasses(tx: Tx, pair: PersonPair): Promise<void> {
  const ids = (await listSharedClasses(tx, pair)).map((shared) => shared.classId)
  if (ids.length === 0) return
  await tx
    .select({ id: trainingClass.id })
    .from(trainingClass)
    .where(inArray(trainingClass.id, ids))
    .orderBy(asc(trainingClass.id))
    .for('no key update')
}

/** The classes in which both records of a person have a place, and what would become of the two. */
export async function listSharedClasses(tx: Tx, { keptId, mergedId }: PersonPair): Promise<SharedClass[]> {
  const other = alias(enrolment, 'other')
  const rows = await tx
    .select({
      kept: enrolment,
      merged: other,
      code: trainingClass.code,
      name: trainingClass.name,
      academyName: academy.name,
    })
    .from(enrolment)
    .innerJoin(
      other,
      and(eq(other.academyId, enrolment.academyId), eq(other.classId, enrolment.classId), eq(other.personId, mergedId)),
    )
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .where(eq(enrolment.personId, keptId))
    .orderBy(asc(academy.code), asc(trainingClass.code))
  return rows.map(({ kept, merged, ...of }) => ({
    ...of,
    academyId: kept.academyId,
    classId: kept.classId,
    kept,
    merged,
    combined: combinePlaces(factsOf(kept), factsOf(merged)),
  }))
}

const factsOf = (row: Row): PlaceFacts => ({ ...row, seat: row.seat as Seat })

/**
 * Moves the places of a merged record to the person kept; what they said goes to `staged_revision`. In a class in which both
 * have one, the kept person's stays and says what the two say together (an empty field is filled from the other); the other
 * is left behind as withdrawn, without credit: it counts for nothing any more.
 * @returns how many places were moved.
 */
export async function movePlaces(tx: Tx, pair: PersonPair, shared: readonly SharedClass[]): Promise<number> {
  const { keptId, mergedId } = pair
  const touched = shared.flatMap(({ kept, merged }) => [kept.id, merged.id])
  await tx.execute(sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e
    where e.person_id = ${mergedId}::uuid or e.id = any(${sql.param(touched)}::uuid[])
    order by e.id for update of e`)
  for (const { kept, merged, combined } of shared) {
    if (!combined) throw new Error('places whose hours differ are not merged')
    await tx
      .update(enrolment)
      .set({ ...NO_STANDING, seat: 'withdrawn', creditedOn: null })
      .where(and(eq(enrolment.academyId, merged.academyId), eq(enrolment.id, merged.id)))
    await tx
      .update(enrolment)
      .set({ ...standingOf(combined.seat === kept.seat ? kept : merged), ...combined, ...filledFrom(kept, merged) })
      .where(and(eq(enrolment.academyId, kept.academyId), eq(enrolment.id, kept.id)))
  }
  const left = shared.map(({ merged }) => merged.id)
  const moved = await tx
    .update(enrolment)
    .set({ personId: keptId })
    .where(and(eq(enrolment.personId, mergedId), left.length > 0 ? notInArray(enrolment.id, left) : undefined))
    .returning({ id: enrolment.id })
  await recountSeats(tx, shared)
  return moved.length
}

const NO_STANDING = { answerDueAt: null, seatedAt: null, seatEnding: null, rejectedBecause: null }

/** What belongs to a seat and goes with it: its turn, until when somebody must answer, since when it is held, how it ended. */
const standingOf = ({ lineNumber, answerDueAt, seatedAt, seatEnding, rejectedBecause }: Row) => ({
  lineNumber,
  answerDueAt,
  seatedAt,
  seatEnding,
  rejectedBecause,
})

/** What the kept place does not say is taken from the other; a phone is sealed for its new row. */
function filledFrom(kept: Row, merged: Row) {
  const phone = kept.phoneSealed === null && merged.phoneSealed !== null
  return {
    employer: kept.employer ?? merged.employer,
    category: kept.category ?? merged.category,
    declaredLevel: kept.declaredLevel ?? merged.declaredLevel,
    accountId: kept.accountId ?? merged.accountId,
    enterpriseId: kept.enterpriseId ?? merged.enterpriseId,
    ...(phone
      ? {
          phoneSealed: seal('enrolment.phone', kept.id, open('enrolment.phone', merged.id, merged.phoneSealed!)),
          phoneIndex: merged.phoneIndex,
        }
      : {}),
  }
}

/** Seats of classes run here: never incremented, always counted. */
async function recountSeats(tx: Tx, shared: readonly SharedClass[]): Promise<void> {
  if (shared.length === 0) return
  const ids = shared.map(({ classId }) => classId)
  await tx.execute(sql`
    update class c set taken = held.seats
    from (
      select e.academy_id, e.class_id, count(*) filter (where e.seat in ('enrolled', 'offered'))::int as seats
      from enrolment e where e.class_id = any(${sql.param(ids)}::uuid[]) group by e.academy_id, e.class_id) held
    where c.academy_id = held.academy_id and c.id = held.class_id and c.taken <> held.seats`)
}
