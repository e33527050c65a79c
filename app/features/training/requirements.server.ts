import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { classRequirement, trainingClass } from '#db/schema/index.ts'
import type { RequirementKind } from '#db/values.ts'
import { academyValues, type GivenAcademy, givenAcademyId } from './academy-given.server.ts'
import { inReadingOrder, type Requirement } from './requirements.ts'

export type AskedRequirement = Requirement & { id: string }
type OfClass = { academyId: string; classId: string }

const askedOf = statement((db) =>
  db
    .select({ id: classRequirement.id, kind: classRequirement.kind, name: classRequirement.name })
    .from(classRequirement)
    .where(
      and(
        eq(classRequirement.academyId, givenAcademyId),
        eq(classRequirement.classId, sql.placeholder('classId')),
        isNull(classRequirement.endedAt),
      ),
    ),
)

/** What a class needs of its workers now, in the order in which they read it. */
export async function listRequirements(
  tx: Tx,
  { classId, ...of }: GivenAcademy & { classId: string },
): Promise<AskedRequirement[]> {
  const rows = await askedOf(tx, { ...academyValues(of), classId })
  return rows.map((row) => ({ ...row, kind: row.kind as RequirementKind })).sort(inReadingOrder)
}

/** Of a class that is being opened. */
export async function insertRequirements(tx: Tx, of: OfClass, asked: readonly Requirement[]): Promise<void> {
  if (asked.length === 0) return
  await tx.insert(classRequirement).values(asked.map((one) => ({ ...of, ...one, id: newId() })))
}

/**
 * Says anew what a class needs of its workers: what is not among it is not asked for any more, and what was handed in of it goes
 * (features/materials). Runs as the academy's administrator. Null: no such class run here.
 */
export async function changeRequirements(
  tx: Tx,
  change: { viewer: Viewer; classId: string; asked: readonly Requirement[]; now: Date; requestId?: string },
): Promise<{ changed: number } | null> {
  const { viewer, classId, asked, now, requestId } = change
  const { academyId } = viewer
  if (!academyId) return null
  const [held] = await tx
    .select({ status: trainingClass.status })
    .from(trainingClass)
    .where(
      and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId), eq(trainingClass.origin, 'system')),
    )
    .for('no key update')
  if (!held) return null
  // What nobody can hand in any more is not asked for anew.
  if (held.status === 'closed') return { changed: 0 }
  const known = await tx
    .select()
    .from(classRequirement)
    .where(and(eq(classRequirement.academyId, academyId), eq(classRequirement.classId, classId)))
  const isSame = (one: { kind: string; name: string | null }, other: { kind: string; name: string | null }) =>
    one.kind === other.kind && one.name === other.name
  const added = asked.filter((one) => !known.some((row) => isSame(row, one)))
  const again = known.filter((row) => row.endedAt !== null && asked.some((one) => isSame(row, one)))
  const ended = known.filter((row) => row.endedAt === null && !asked.some((one) => isSame(row, one)))
  await insertRequirements(tx, { academyId, classId }, added)
  await setEnded(tx, again, null)
  await setEnded(tx, ended, now)
  const changed = added.length + again.length + ended.length
  if (changed > 0) {
    const kindsOf = (rows: readonly { kind: string }[]) => rows.map(({ kind }) => kind)
    const detail = { asked: kindsOf([...added, ...again]), ended: kindsOf(ended) }
    const event = { kind: 'class.requirements_changed' as const, detail, academyId, subjectId: classId }
    await record(tx, { by: viewer, now, requestId, ...event })
  }
  return { changed }
}

async function setEnded(tx: Tx, rows: readonly { academyId: string; id: string }[], endedAt: Date | null) {
  const [first] = rows
  if (!first) return
  const ids = rows.map(({ id }) => id)
  await tx
    .update(classRequirement)
    .set({ endedAt })
    .where(and(eq(classRequirement.academyId, first.academyId), inArray(classRequirement.id, ids)))
}
