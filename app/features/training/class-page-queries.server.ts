import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { statement } from '#db/client.server.ts'
import {
  academy,
  classSession,
  classSessionChange,
  enrolment,
  occupation,
  site,
  trainingClass,
} from '#db/schema/index.ts'
import type { SessionChange } from '#db/values.ts'
import { givenAcademyId } from './academy-given.server.ts'
import { isOwnEnrolmentNamed } from './own-enrolment.server.ts'

/** A class that has a page: made here and no draft. */
export const findPublicClass = statement((db) =>
  db
    .select({
      ...getTableColumns(trainingClass),
      academyName: academy.name,
      siteName: site.name,
      siteAddress: site.address,
      occupationName: occupation.name,
    })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .leftJoin(
      occupation,
      and(eq(occupation.code, trainingClass.occupationCode), eq(occupation.edition, trainingClass.occupationEdition)),
    )
    .where(
      and(
        eq(academy.code, sql.placeholder('academyCode')),
        eq(trainingClass.id, sql.placeholder('classId')),
        eq(trainingClass.origin, 'system'),
        sql`${trainingClass.status} <> 'draft'`,
      ),
    ),
)

const original = alias(classSession, 'original')

/** Its timetable, cancelled sessions too. */
export const sessionsOf = statement((db) =>
  db
    .select({
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      siteName: site.name,
      firstStation: classSession.firstStation,
      lastStation: classSession.lastStation,
      cancelReason: classSession.cancelReason,
      makesUpFor: original.startsAt,
      isForLacking: sql<boolean>`coalesce(${original.status} = 'planned', false)`,
      // The last that became of it, of which a reason was given.
      changed: sql<{
        change: SessionChange
        reason: string
      } | null>`(select jsonb_build_object('change', x.change, 'reason', x.reason)
        from ${classSessionChange} x where x.academy_id = ${classSession.academyId} and x.class_id = ${classSession.classId}
        and x.session_id = ${classSession.id} and x.reason is not null order by x.at desc, x.id desc limit 1)`,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    // Where it is not at the class's own.
    .leftJoin(
      site,
      and(
        eq(site.academyId, classSession.academyId),
        eq(site.id, classSession.siteId),
        sql`${site.id} is distinct from ${trainingClass.siteId}`,
      ),
    )
    .leftJoin(original, and(eq(original.academyId, classSession.academyId), eq(original.id, classSession.makesUpForId)))
    .where(and(eq(classSession.academyId, givenAcademyId), eq(classSession.classId, sql.placeholder('classId'))))
    .orderBy(asc(classSession.startsAt)),
)

/** Made by the account, or of the person whom an academy confirmed to be behind it. */
export const ownPlaceOf = statement((db) =>
  db
    .select({
      enrolmentId: enrolment.id,
      seat: enrolment.seat,
      ending: enrolment.seatEnding,
      lineNumber: enrolment.lineNumber,
      answerDueAt: enrolment.answerDueAt,
      rejectedBecause: enrolment.rejectedBecause,
      hoursAttended: enrolment.hoursAttended,
      creditedOn: enrolment.creditedOn,
      seatedAt: enrolment.seatedAt,
    })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, givenAcademyId),
        eq(enrolment.classId, sql.placeholder('classId')),
        isOwnEnrolmentNamed,
      ),
    )
    .orderBy(desc(enrolment.createdAt))
    .limit(1),
)

/** How many wait for a seat in a class, all of them or those before a number. Runs for the purpose `seats`. */
export const waitingBefore = statement((db) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, sql.placeholder('academyId')),
        eq(enrolment.classId, sql.placeholder('id')),
        eq(enrolment.seat, 'waitlisted'),
        sql`${enrolment.lineNumber} < coalesce(${sql.placeholder('before')}::int, ${enrolment.lineNumber} + 1)`,
      ),
    ),
)
