import { and, asc, desc, eq, gt, gte, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { stateOf } from '#app/features/training/class-state.ts'
import { isExpectedIn } from '#app/features/training/make-up.server.ts'
import { isOwnEnrolmentNamed } from '#app/features/training/own-enrolment.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, academyChoice, classSession, course, enrolment, site, trainingClass } from '#db/schema/index.ts'
import type { Learner } from './learner.ts'
import type { OnlineClass } from './online-class.ts'

/**
 * Online classes with a course that still run, and those of the learner whenever they ran. Without a learner: what
 * academies offer now. In the order in which they are offered: of the academy that the learner chose, of its city, then the
 * one that ends first.
 */
export async function listOnlineClasses(
  tx: Tx,
  { courseSlug = null, learner, now }: { courseSlug?: string | null; learner: Learner | null; now: Date },
): Promise<OnlineClass[]> {
  const { accountId = null, personId = null } = learner ?? {}
  const rows = await onlineClasses(tx, { courseSlug, accountId, personId, today: shanghaiDate(now) })
  return rows.map(({ facts, ...row }) => ({
    ...row,
    isOpen: stateOf({ ...row, ...facts, origin: 'system', status: 'published', mode: 'online' }, now).is === 'open',
  }))
}

const chosen = alias(academy, 'chosen')

// Without a learner both ids are null, which equals nothing.
const onlineClasses = statement((db) => {
  const isPlace = and(
    eq(enrolment.academyId, trainingClass.academyId),
    eq(enrolment.classId, trainingClass.id),
    eq(enrolment.seat, 'enrolled'),
    isOwnEnrolmentNamed,
  )
  const isChosen = sql<boolean>`${academy.id} is not distinct from ${chosen.id}`
  const isNear = sql`coalesce(${academy.cityCode} = ${chosen.cityCode}, false)`
  return db
    .select({
      classId: trainingClass.id,
      name: trainingClass.name,
      academyCode: academy.code,
      academyName: academy.name,
      isPooled: sql<boolean>`${academy.kind} = 'online' and ${academy.code} is distinct from ${course.academyCode}`,
      classHead: trainingClass.classHead,
      courseSlug: sql<string>`${trainingClass.courseSlug}`,
      startsOn: trainingClass.startsOn,
      endsOn: trainingClass.endsOn,
      isEnrolled: sql<boolean>`${enrolment.id} is not null`,
      creditedOn: enrolment.creditedOn,
      isChosen,
      facts: {
        capacity: trainingClass.capacity,
        taken: trainingClass.taken,
        needsApproval: trainingClass.needsApproval,
        hasWaitlist: trainingClass.hasWaitlist,
        enrolOpensAt: trainingClass.enrolOpensAt,
        enrolClosesAt: trainingClass.enrolClosesAt,
        withdrawUntil: trainingClass.withdrawUntil,
      },
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .leftJoin(course, eq(course.slug, trainingClass.courseSlug))
    .leftJoin(academyChoice, eq(academyChoice.accountId, sql.placeholder('accountId')))
    .leftJoin(chosen, eq(chosen.id, academyChoice.chosenAcademyId))
    .leftJoin(enrolment, isPlace)
    .where(
      and(
        eq(trainingClass.mode, 'online'),
        eq(trainingClass.origin, 'system'),
        inArray(trainingClass.status, ['published', 'closed']),
        sql`${trainingClass.courseSlug} = coalesce(${sql.placeholder('courseSlug')}::text, ${trainingClass.courseSlug})`,
        or(isNotNull(enrolment.id), gte(trainingClass.endsOn, sql.placeholder('today'))),
      ),
    )
    .orderBy(desc(isChosen), desc(isNear), asc(trainingClass.endsOn), asc(trainingClass.id))
    .limit(50)
})

export type NextSession = {
  classId: string
  className: string
  academyCode: string
  academyName: string
  siteName: string | null
  siteAddress: string | null
  bring: string | null
  startsAt: Date
  endsAt: Date
}

// Without a person the id is null, which equals nothing.
const nextSession = statement((db) =>
  db
    .select({
      classId: trainingClass.id,
      className: trainingClass.name,
      academyCode: academy.code,
      academyName: academy.name,
      siteName: site.name,
      siteAddress: site.address,
      bring: trainingClass.bring,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, trainingClass.academyId), eq(classSession.classId, trainingClass.id)),
    )
    .leftJoin(
      site,
      and(
        eq(site.academyId, trainingClass.academyId),
        sql`${site.id} = coalesce(${classSession.siteId}, ${trainingClass.siteId})`,
      ),
    )
    .where(
      and(
        isOwnEnrolmentNamed,
        eq(enrolment.seat, 'enrolled'),
        ne(trainingClass.status, 'cancelled'),
        eq(classSession.status, 'planned'),
        gt(classSession.endsAt, sql.placeholder('now')),
        isExpectedIn('class_session', 'enrolment'),
      ),
    )
    .orderBy(asc(classSession.startsAt))
    .limit(1),
)

/** The learner's next meeting that is not over: where to be, and when. Null: none is planned. */
export async function findNextSession(
  tx: Tx,
  { learner, now }: { learner: Learner; now: Date },
): Promise<NextSession | null> {
  const { accountId, personId } = learner
  const [row] = await nextSession(tx, { accountId, personId, now: now.toISOString() })
  return row ?? null
}
