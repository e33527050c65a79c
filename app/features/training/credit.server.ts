import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'
import { creditDate } from './credit.ts'
import { isOwnEnrolment } from './own-enrolment.server.ts'

type Completion = {
  accountId: string
  /** The person behind the account, once an academy confirmed it; null before. */
  personId: string | null
  courseSlug: string
  now: Date
}

/**
 * Credits a worker's online enrolments whose class delivers a course that the worker has completed, for the purpose
 * `credit`: full planned hours, on the worker's own completion date, today in Shanghai (domain.md, "Credit"). Enrolments
 * made by the account count, and those of its confirmed person. A class that has not begun credits nothing yet; what is
 * credited already stays as it is, so that repeating it is safe.
 * @returns how many were credited now.
 */
export async function creditOnline(tx: Tx, { accountId, personId, courseSlug, now }: Completion): Promise<number> {
  const today = shanghaiDate(now)
  const open = await tx
    .select({
      academyId: enrolment.academyId,
      id: enrolment.id,
      classId: enrolment.classId,
      plannedHours: trainingClass.plannedHours,
      endsOn: trainingClass.endsOn,
    })
    .from(enrolment)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId)),
    )
    .where(
      and(
        isOwnEnrolment({ accountId, personId }),
        eq(enrolment.seat, 'enrolled'),
        isNull(enrolment.creditedOn),
        eq(trainingClass.mode, 'online'),
        eq(trainingClass.courseSlug, courseSlug),
        inArray(trainingClass.status, ['published', 'closed']),
        lte(trainingClass.startsOn, today),
      ),
    )
    .for('update', { of: enrolment })
  for (const { academyId, id, classId, plannedHours, endsOn } of open) {
    const facts = { mode: 'online', plannedHours, endsOn, hoursAttended: plannedHours, completedOn: today } as const
    const creditedOn = creditDate({ ...facts, attendancePercent: 100 })
    if (!creditedOn) continue
    await tx
      .update(enrolment)
      .set({ hoursAttended: plannedHours, completedOn: today, creditedOn })
      .where(and(eq(enrolment.academyId, academyId), eq(enrolment.id, id)))
    await record(tx, {
      by: { kind: 'system', purpose: 'credit', onBehalfOf: accountId },
      now,
      kind: 'enrolment.credited',
      detail: { classId, creditedOn },
      academyId,
      subjectId: id,
    })
  }
  return open.length
}
