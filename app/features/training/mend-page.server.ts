import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { listRevisions } from '#app/features/audit/history.server.ts'
import { listOccupations } from '#app/features/occupations/find.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, Mode, Role } from '#db/values.ts'
import { type ClassFacts, type ClassField, changedFields, classMark } from './mend.ts'

/** One change by hand, as a history shows it. */
export type ChangeShown = { id: string; at: Date; who: { name: string; role: Role } | null; reason: string }
export type ClassChange = ChangeShown & { before: ClassFacts; after: ClassFacts; fields: ClassField[] }

export type MendPage = {
  academyId: string
  academyCode: string
  academyName: string
  classId: string
  code: string
  origin: ClassOrigin
  facts: ClassFacts
  /** What the page shows, for the form. */
  mark: string
  occupations: { code: string; name: string }[]
  history: ClassChange[]
}

/** A class of an academy by the address's code; null where there is none that the viewer may see. */
export async function findClassByAddress(tx: Tx, { academyCode, classId }: { academyCode: string; classId: string }) {
  const [row] = await tx
    .select({ held: trainingClass, academyCode: academy.code, academyName: academy.name })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(and(eq(academy.code, academyCode), eq(trainingClass.id, classId)))
  return row ?? null
}

/** A class as it is mended, with its history; after the guard `training.mend`. Null: no such class. */
export async function findMendPage(
  viewer: Viewer,
  address: { academyCode: string; classId: string },
): Promise<MendPage | null> {
  const found = await as(viewer, async (tx) => {
    const row = await findClassByAddress(tx, address)
    if (!row) return null
    const { academyId, id } = row.held
    return {
      row,
      revisions: await listRevisions(tx, { academyId, fact: 'class', factIds: [id] }),
      occupations: await listOccupations(tx),
    }
  })
  if (!found) return null
  const { row, revisions, occupations } = found
  const { held, academyCode, academyName } = row
  const facts = factsOf(held)
  const who = await staffNames(revisions.flatMap(({ accountId }) => accountId ?? []))
  const history = revisions.map((revision, at): ClassChange => {
    const before = factsOfRevision(revision.before)
    const later = revisions[at - 1]
    const after = later ? factsOfRevision(later.before) : facts
    const name = revision.accountId ? (who[revision.accountId] ?? null) : null
    const reason = withoutNumbers(revision.reason)
    return { id: revision.id, at: revision.at, who: name, reason, before, after, fields: changedFields(before, after) }
  })
  const { academyId, id, code } = held
  const of = { academyId, academyCode, academyName, classId: id, code, origin: held.origin as ClassOrigin }
  return { ...of, facts, mark: classMark(facts), occupations, history }
}

type Row = typeof trainingClass.$inferSelect

const factsOf = ({ name, mode, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours }: Row) => ({
  ...{ name, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours },
  mode: mode as Mode,
})

/** A revision keeps the row with the database's column names. */
const factsOfRevision = (before: Record<string, unknown>): ClassFacts => ({
  name: String(before.name),
  mode: before.mode as Mode,
  occupationCode: before.occupation_code === null ? null : String(before.occupation_code),
  startsOn: String(before.starts_on),
  endsOn: String(before.ends_on),
  plannedHours: Number(before.planned_hours),
  plannedPracticalHours: before.planned_practical_hours === null ? null : Number(before.planned_practical_hours),
})
