import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { actsAsHead } from '#app/features/training/class-head.server.ts'
import { type AskedRequirement, listRequirements } from '#app/features/training/requirements.server.ts'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, enrolment, material } from '#db/schema/index.ts'
import type { MaterialState, Seat } from '#db/values.ts'
import type { DeskView } from './desk-place.ts'
import { type Item, toItem } from './find.server.ts'
import { listItems } from './handed.server.ts'
import { SENDING } from './rules.ts'

/** A worker of a class with what it needs, as the academy looks through it. */
export type DeskRow = { enrolmentId: string; name: string; employer: string | null; seat: Seat; items: Item[] }

/** How many workers are asked, have everything accepted, lack something; how much waits to be looked at. */
export type MaterialCounts = { asked: number; complete: number; lacking: number; waiting: number }
export type MaterialsDesk = {
  requirements: AskedRequirement[]
  rows: DeskRow[]
  hasMore: boolean
  counts: MaterialCounts
}

const PAGE = 50
type Of = { academyId: string; classId: string }

const isOfRequirement = and(
  eq(classRequirement.academyId, material.academyId),
  eq(classRequirement.id, material.requirementId),
  isNull(classRequirement.endedAt),
)
const isOfWorker = and(eq(material.academyId, enrolment.academyId), eq(material.enrolmentId, enrolment.id))

/** Of how many things that the class needs a worker's stand so. */
const countOf = (...states: MaterialState[]): SQL<number> =>
  sql<number>`(select count(*)::int from ${material} join ${classRequirement} on ${isOfRequirement}
    where ${isOfWorker} and ${inArray(material.state, states)})`

const isAsked = ({ academyId, classId }: Of) =>
  and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), inArray(enrolment.seat, [...SENDING]))

/**
 * Who handed in what in a class that the viewer has, after the guard `materials.check`; `after`: where the page before ended. Null: the viewer
 * only teaches it.
 */
export async function findMaterialsDesk(
  tx: Tx,
  { viewer, classId, view, after }: { viewer: Viewer; classId: string; view: DeskView; after: string | null },
): Promise<MaterialsDesk | null> {
  const { academyId } = viewer
  if (!academyId || !(await actsAsHead(tx, viewer, classId))) return null
  const of = { academyId, classId }
  const requirements = await listRequirements(tx, of)
  const counts = await countMaterials(tx, of, requirements.length)
  if (requirements.length === 0) return { requirements, rows: [], hasMore: false, counts }
  const chosen = {
    all: undefined,
    waiting: sql`${countOf('handed_in')} > 0`,
    lacking: sql`${countOf('handed_in', 'accepted')} < ${requirements.length}`,
  }[view]
  const found = await tx
    .select({ enrolmentId: enrolment.id, name: enrolment.name, employer: enrolment.employer, seat: enrolment.seat })
    .from(enrolment)
    .where(and(isAsked(of), chosen, after ? gt(enrolment.id, after) : undefined))
    .orderBy(asc(enrolment.id))
    .limit(PAGE + 1)
  const shown = found.slice(0, PAGE)
  const handed = await listItems(tx, { ...of, enrolmentIds: shown.map(({ enrolmentId }) => enrolmentId) })
  const rows = shown.map((row) => ({
    ...row,
    seat: row.seat as Seat,
    items: requirements.map((one) => toItem(one, handed.get(row.enrolmentId)?.get(one.id))),
  }))
  return { requirements, rows, hasMore: found.length > PAGE, counts }
}

async function countMaterials(tx: Tx, of: Of, needed: number): Promise<MaterialCounts> {
  const workers = tx
    .select({ accepted: countOf('accepted').as('accepted'), waiting: countOf('handed_in').as('waiting') })
    .from(enrolment)
    .where(isAsked(of))
    .as('workers')
  const [row] = await tx
    .select({
      asked: sql<number>`count(*)::int`,
      complete: sql<number>`(count(*) filter (where ${workers.accepted} >= ${needed}))::int`,
      lacking: sql<number>`(count(*) filter (where ${workers.accepted} + ${workers.waiting} < ${needed}))::int`,
      waiting: sql<number>`coalesce(sum(${workers.waiting}), 0)::int`,
    })
    .from(workers)
  return row ?? { asked: 0, complete: 0, lacking: 0, waiting: 0 }
}

/** How many workers of a class lack something that it needs of them; null: it needs nothing. */
export async function countLackingWorkers(tx: Tx, of: Of): Promise<number | null> {
  const requirements = await listRequirements(tx, of)
  if (requirements.length === 0) return null
  return (await countMaterials(tx, of, requirements.length)).lacking
}
