import { and, asc, eq, sql } from 'drizzle-orm'
import { shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { assessmentSitting, site, sittingAssessor } from '#db/schema/index.ts'
import type { AssessedPart, SittingFacts } from '#db/values.ts'
import { academyValues, type GivenAcademy, givenAcademyId } from './academy-given.server.ts'
import type { TypedSitting } from './assessment-plan.ts'

type OfClass = { academyId: string; classId: string }

/** A sitting of a class, with where it is and who assesses, as workers read them. */
export type Sitting = SittingFacts &
  TypedSitting & {
    id: string
    /** Of the place, where it is the academy's. */
    address: string | null
    /** Why it does not take place; null: it does. */
    cancelReason: string | null
  }

const sittingsOf = statement((db) =>
  db
    .select({
      id: assessmentSitting.id,
      part: assessmentSitting.part,
      attempt: assessmentSitting.attempt,
      startsAt: assessmentSitting.startsAt,
      endsAt: assessmentSitting.endsAt,
      siteId: assessmentSitting.siteId,
      place: assessmentSitting.place,
      cancelReason: assessmentSitting.cancelReason,
      site: site.name,
      address: site.address,
      assessors: sql<Assessor[] | null>`(select jsonb_agg(jsonb_build_object(
          'instructorId', a.instructor_id, 'name', a.name, 'body', a.body) order by a.id)
        from sitting_assessor a where a.academy_id = ${assessmentSitting.academyId} and a.sitting_id = ${assessmentSitting.id})`,
    })
    .from(assessmentSitting)
    .leftJoin(site, and(eq(site.academyId, assessmentSitting.academyId), eq(site.id, assessmentSitting.siteId)))
    .where(
      and(eq(assessmentSitting.academyId, givenAcademyId), eq(assessmentSitting.classId, sql.placeholder('classId'))),
    )
    .orderBy(asc(assessmentSitting.startsAt), asc(assessmentSitting.id)),
)

type Assessor = { instructorId: string | null; name: string; body: string | null }

/** A class's sittings in the order in which they take place, cancelled ones too. */
export async function listSittings(tx: Tx, { classId, ...of }: GivenAcademy & { classId: string }): Promise<Sitting[]> {
  const rows = await sittingsOf(tx, { ...academyValues(of), classId })
  return rows.map(({ part, startsAt, endsAt, place, site, assessors, ...row }) => {
    const own = assessors ?? []
    return {
      ...row,
      part: part as AssessedPart,
      date: shanghaiDate(startsAt),
      from: shanghaiTime(startsAt),
      to: shanghaiTime(endsAt),
      place: place ?? site ?? '',
      assessors: own.map(({ name, body }) => (body === null ? name : `${name}（${body}）`)),
      instructorIds: own.flatMap(({ instructorId }) => instructorId ?? []).sort(),
      outside: own.flatMap(({ name, body }) => (body === null ? [] : [{ name, body }])),
    }
  })
}

/** The day of the sitting that was last due, so that its results are entered next; null: none was yet. */
export async function findDueDay(tx: Tx, { today, ...of }: OfClass & { today: string }): Promise<string | null> {
  const sittings = await listSittings(tx, of)
  return sittings.findLast(({ cancelReason, date }) => cancelReason === null && date <= today)?.date ?? null
}

/** What a page showed of a sitting, as a hidden field, so that nobody overwrites unseen. */
export const sittingMark = (of: TypedSitting): string =>
  JSON.stringify([
    of.part,
    of.attempt,
    of.date,
    of.from,
    of.to,
    of.siteId,
    of.siteId ? null : of.place,
    of.instructorIds,
    of.outside,
  ])

/** A sitting's own columns. */
export const sittingColumns = ({ part, attempt, date, from, to, siteId, place }: TypedSitting) => ({
  ...{ part, attempt, siteId, place: siteId === null ? place : null },
  startsAt: shanghaiInstant(date, from),
  endsAt: shanghaiInstant(date, to),
})

/** Plans a sitting with its assessors; `names`: of the academy's own. The database refuses whose time, or what place, is not free. */
export async function insertSitting(
  tx: Tx,
  { academyId, classId, sitting, names }: OfClass & { sitting: TypedSitting; names: ReadonlyMap<string, string> },
): Promise<string> {
  const id = newId()
  await tx.insert(assessmentSitting).values({ academyId, id, classId, ...sittingColumns(sitting) })
  await insertAssessors(tx, { academyId, classId, sittingId: id, sitting, names })
  return id
}

export async function insertAssessors(
  tx: Tx,
  of: OfClass & { sittingId: string; sitting: TypedSitting; names: ReadonlyMap<string, string> },
): Promise<void> {
  const { academyId, classId, sittingId, sitting, names } = of
  const key = { academyId, classId, sittingId }
  const rows = [
    ...sitting.instructorIds.map((instructorId) => ({
      ...{ ...key, id: newId(), instructorId, name: names.get(instructorId) ?? '', body: null },
    })),
    ...sitting.outside.map(({ name, body }) => ({ ...key, id: newId(), instructorId: null, name, body })),
  ]
  if (rows.length > 0) await tx.insert(sittingAssessor).values(rows)
}
