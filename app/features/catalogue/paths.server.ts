import { and, asc, eq, gte, isNotNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { findOccupation } from '#app/features/occupations/find.server.ts'
import { listClassCardsOf } from '#app/features/training/classes.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  assessment,
  catalogueItem,
  certificate,
  course,
  enrolment,
  occupation,
  trainingClass,
} from '#db/schema/index.ts'
import type { Level } from '#db/values.ts'
import { type Behind, inOrder, type LevelPath, rankOf } from './path.ts'

/** An occupation that has something to learn now. */
export type PathHead = { code: string; name: string | null; courses: number; classes: number; levels: Level[] }

export type OccupationPath = { code: string; name: string; levels: LevelPath[]; behind: Behind | null }

const isGoingOn = (today: string) =>
  and(ne(catalogueItem.kind, 'offer'), or(eq(catalogueItem.kind, 'course'), gte(catalogueItem.endsOn, today)))

/** Occupations with courses or classes to come, those with both first. */
export async function listPaths(tx: Tx, now: Date): Promise<PathHead[]> {
  const courses = sql<number>`count(*) filter (where ${catalogueItem.kind} = 'course')::int`
  const classes = sql<number>`count(*) filter (where ${catalogueItem.kind} = 'class')::int`
  const rows = await tx
    .select({
      code: sql<string>`${catalogueItem.occupationCode}`,
      name: sql<
        string | null
      >`(select ${occupation.name} from ${occupation} where ${occupation.code} = ${catalogueItem.occupationCode} order by ${occupation.edition} desc limit 1)`,
      courses,
      classes,
      levels: sql<Level[]>`array_remove(array_agg(distinct ${catalogueItem.level}), null)`,
    })
    .from(catalogueItem)
    .where(and(isGoingOn(shanghaiDate(now)), isNotNull(catalogueItem.occupationCode)))
    .groupBy(catalogueItem.occupationCode)
    .orderBy(sql`(${courses} > 0 and ${classes} > 0) desc`, sql`${courses} desc`, asc(catalogueItem.occupationCode))
  return rows.map((row) => ({ ...row, levels: row.levels.toSorted((one, other) => rankOf(one) - rankOf(other)) }))
}

/** How many classes of one occupation a path looks at, the nearest first. */
const MOST_CLASSES = 60

/**
 * The ways to the levels of one occupation, from what is published: courses with what they want finished before (of whatever
 * occupation), and classes that are not over. `viewer`: whose progress; null: nobody's. Null: there is no such occupation.
 */
export async function findPath(
  tx: Tx,
  { code, viewer, now }: { code: string; viewer: Viewer | null; now: Date },
): Promise<OccupationPath | null> {
  const found = await findOccupation(tx, code)
  if (!found) return null
  const today = shanghaiDate(now)
  const [wanted, places, behind] = await Promise.all([
    coursesOf(tx, code),
    tx
      .select({ id: catalogueItem.id, academyCode: catalogueItem.academyCode, level: catalogueItem.level })
      .from(catalogueItem)
      .where(
        and(eq(catalogueItem.kind, 'class'), eq(catalogueItem.occupationCode, code), gte(catalogueItem.endsOn, today)),
      )
      .orderBy(asc(catalogueItem.on), asc(catalogueItem.id))
      .limit(MOST_CLASSES),
    viewer ? findBehind(tx, { code, viewer, today }) : null,
  ])
  const of = places.flatMap(({ id, academyCode }) => (academyCode ? [{ id, academyCode }] : []))
  const slugs = [...new Set(wanted.map(({ slug }) => slug))]
  const [cards, courses] = await Promise.all([
    listClassCardsOf(tx, { of, now }),
    slugs.length > 0 ? listCourses(tx, { accountId: viewer?.accountId ?? null, slugs }) : [],
  ])
  const levels = [...new Set([...wanted, ...places].map(({ level }) => level as Level | null))]
  return {
    code,
    name: found.name,
    behind,
    levels: levels
      .toSorted((one, other) => rankOf(one) - rankOf(other))
      .map((level) => ({
        level,
        courses: inOrder(
          wanted.flatMap(({ slug, prerequisites, level: of }) => {
            const card = of === level && courses.find((one) => one.slug === slug)
            return card ? [{ ...card, prerequisites }] : []
          }),
        ),
        classes: places.flatMap(({ id, level: of }) => cards.filter((card) => of === level && card.id === id)),
      })),
  }
}

/** The courses of an occupation and, at the level of whoever wants them, those that come before them. */
async function coursesOf(tx: Tx, code: string) {
  const { slug, prerequisites, level, occupationCode } = course
  return tx.execute<{ slug: string; prerequisites: string[]; level: Level | null }>(sql`
    with recursive wanted as (
      select ${slug}, ${prerequisites}, ${level} from ${course} where ${occupationCode} = ${code}
      union
      select c.slug, c.prerequisites, w.level from wanted w join course c on c.slug = any(w.prerequisites)
    )
    select slug, prerequisites, level from wanted order by slug`)
}

/** What the viewer has behind them in an occupation, at whatever academy; asked by the viewer. */
async function findBehind(
  tx: Tx,
  { code, viewer, today }: { code: string; viewer: Viewer; today: string },
): Promise<Behind> {
  const ofClass = and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId))
  const isOwn = and(isOwnEnrolment(viewer), eq(trainingClass.occupationCode, code))
  const [trained, certified] = await Promise.all([
    tx
      .selectDistinct({ level: trainingClass.level })
      .from(enrolment)
      .innerJoin(trainingClass, ofClass)
      .where(and(isOwn, ne(trainingClass.mode, 'online'), lte(enrolment.creditedOn, today))),
    tx
      .selectDistinct({ level: certificate.level })
      .from(certificate)
      .innerJoin(
        assessment,
        and(eq(assessment.academyId, certificate.academyId), eq(assessment.id, certificate.assessmentId)),
      )
      .innerJoin(
        enrolment,
        and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)),
      )
      .innerJoin(trainingClass, ofClass)
      .where(and(isOwn, eq(certificate.status, 'valid'))),
  ])
  const levelsOf = (rows: { level: string | null }[]) => rows.map(({ level }) => level as Level | null)
  return { trained: levelsOf(trained), certified: levelsOf(certified) }
}
