import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classSession, instructorTime, trainingClass } from '#db/schema/index.ts'
import type { PersonPair } from './merge-places.server.ts'

/** A session of the record that goes (its class), at whose time the record kept teaches another one (`other`). */
export type TaughtTwice = {
  academyId: string
  academyName: string
  classId: string
  code: string
  on: string
  other: string
}

/**
 * Where two records of one person teach at one time in sessions that have not begun: nobody can, so an academy substitutes one of the two
 * before they are merged. What was taught in two places already stays as it was said, for others to ask about.
 */
export function listTaughtTwice(tx: Tx, { keptId, mergedId, now }: PersonPair & { now: Date }): Promise<TaughtTwice[]> {
  const other = alias(instructorTime, 'other')
  const [otherSession, otherClass, otherAcademy] = [
    alias(classSession, 'other_session'),
    alias(trainingClass, 'other_class'),
    alias(academy, 'other_academy'),
  ]
  return within(tx, system('timetable'), async (tx) => {
    const rows = await tx
      .select({
        academyId: instructorTime.academyId,
        academyName: academy.name,
        classId: trainingClass.id,
        code: trainingClass.code,
        startsAt: classSession.startsAt,
        endsAt: classSession.endsAt,
        otherName: otherAcademy.name,
        otherCode: otherClass.code,
      })
      .from(instructorTime)
      .innerJoin(other, and(eq(other.personId, keptId), sql`${other.during} && ${instructorTime.during}`))
      .innerJoin(
        classSession,
        and(eq(classSession.academyId, instructorTime.academyId), eq(classSession.id, instructorTime.sessionId)),
      )
      .innerJoin(
        trainingClass,
        and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
      )
      .innerJoin(academy, eq(academy.id, classSession.academyId))
      .innerJoin(otherSession, and(eq(otherSession.academyId, other.academyId), eq(otherSession.id, other.sessionId)))
      .innerJoin(
        otherClass,
        and(eq(otherClass.academyId, otherSession.academyId), eq(otherClass.id, otherSession.classId)),
      )
      .innerJoin(otherAcademy, eq(otherAcademy.id, otherSession.academyId))
      .where(
        and(
          eq(instructorTime.personId, mergedId),
          sql`greatest(lower(${instructorTime.during}), lower(${other.during})) > ${now.toISOString()}::timestamptz`,
        ),
      )
      .orderBy(asc(classSession.startsAt), asc(instructorTime.sessionId), asc(other.sessionId))
    return rows.map(({ startsAt, endsAt, otherName, otherCode, ...of }) => ({
      ...of,
      on: `${shanghaiDate(startsAt)} ${shanghaiTime(startsAt)}—${shanghaiTime(endsAt)}`,
      other: `${otherName} ${otherCode}`,
    }))
  })
}
