import { and, asc, eq, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Tx } from '#db/client.server.ts'
import {
  attendanceEntry,
  attendanceEvidence,
  attendanceMark,
  classFile,
  classSession,
  enrolment,
} from '#db/schema/index.ts'

/** Of one session, how many workers attended as a photograph alone shows. */
export type StandsOn = { sessionId: string; startsAt: Date; workers: number }

/**
 * What stands on a photograph of a signed sheet: marks that were ticked off from it, that nobody changed since, and that no other
 * photograph shows. As long as there are any it is their evidence.
 */
export function listStandingOn(
  tx: Tx,
  { academyId, fileId }: { academyId: string; fileId: string },
): Promise<StandsOn[]> {
  const later = alias(attendanceEntry, 'later')
  const changed = tx
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.academyId, attendanceEntry.academyId),
        eq(later.sessionId, attendanceEntry.sessionId),
        eq(later.enrolmentId, attendanceEntry.enrolmentId),
        eq(later.act, 'mark'),
        ne(later.way, 'leave'),
        sql`(${later.at}, ${later.id}) > (${attendanceEntry.at}, ${attendanceEntry.id})`,
      ),
    )
  const other = alias(attendanceEvidence, 'other')
  const shown = tx
    .select({ one: sql`1` })
    .from(other)
    .innerJoin(classFile, and(eq(classFile.academyId, other.academyId), eq(classFile.id, other.fileId)))
    .where(
      and(
        eq(other.academyId, attendanceEntry.academyId),
        eq(other.entryId, attendanceEntry.id),
        ne(other.fileId, fileId),
        isNull(classFile.removedAt),
      ),
    )
  return tx
    .select({
      sessionId: classSession.id,
      startsAt: classSession.startsAt,
      workers: sql<number>`count(*)::int`,
    })
    .from(attendanceEvidence)
    .innerJoin(
      attendanceEntry,
      and(
        eq(attendanceEntry.academyId, attendanceEvidence.academyId),
        eq(attendanceEntry.id, attendanceEvidence.entryId),
      ),
    )
    .innerJoin(
      classSession,
      and(eq(classSession.academyId, attendanceEntry.academyId), eq(classSession.id, attendanceEntry.sessionId)),
    )
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, attendanceEntry.academyId), eq(enrolment.id, attendanceEntry.enrolmentId)),
    )
    .innerJoin(
      attendanceMark,
      and(
        eq(attendanceMark.academyId, attendanceEntry.academyId),
        eq(attendanceMark.sessionId, attendanceEntry.sessionId),
        eq(attendanceMark.enrolmentId, attendanceEntry.enrolmentId),
      ),
    )
    .where(
      and(
        eq(attendanceEvidence.academyId, academyId),
        eq(attendanceEvidence.fileId, fileId),
        // Who has left the class is on no sheet any more.
        eq(enrolment.seat, 'enrolled'),
        isNotNull(attendanceMark.mark),
        // A worker who came by a code after all, or was excused by leave, stands by that.
        eq(attendanceMark.way, attendanceEntry.way),
        notExists(changed),
        notExists(shown),
      ),
    )
    .groupBy(classSession.id, classSession.startsAt)
    .orderBy(asc(classSession.startsAt))
}
