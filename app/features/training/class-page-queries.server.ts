import { and, asc, desc, eq, or, sql } from 'drizzle-orm'
import { statement } from '#db/client.server.ts'
import { academy, classSession, enrolment, occupation, site, trainingClass } from '#db/schema/index.ts'

/** A class that has a page: made here and no draft. */
export const findPublicClass = statement((db) =>
  db
    .select({
      class: trainingClass,
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

/** Its timetable. */
export const sessionsOf = statement((db) =>
  db
    .select({
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
    })
    .from(classSession)
    .where(
      and(eq(classSession.academyId, sql.placeholder('academyId')), eq(classSession.classId, sql.placeholder('id'))),
    )
    .orderBy(asc(classSession.startsAt)),
)

/** Made by the account, or of the person whom an academy confirmed to be behind it. */
export const ownPlaceOf = statement((db) =>
  db
    .select({
      seat: enrolment.seat,
      ending: enrolment.seatEnding,
      lineNumber: enrolment.lineNumber,
      answerDueAt: enrolment.answerDueAt,
      rejectedBecause: enrolment.rejectedBecause,
      hoursAttended: enrolment.hoursAttended,
      creditedOn: enrolment.creditedOn,
    })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, sql.placeholder('academyId')),
        eq(enrolment.classId, sql.placeholder('id')),
        or(
          eq(enrolment.accountId, sql.placeholder('accountId')),
          eq(enrolment.personId, sql.placeholder('personId')), // none is null, which equals nothing
        ),
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
