import { and, eq } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { attendanceLocation, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus } from '#db/values.ts'
import { isLocked } from './rules.ts'

const SEPARATOR = '/'

/** Removes where workers were as soon as the sheets of their class are locked: nobody corrects by it any more. */
export const dueLocations: Queue = {
  name: 'positions of check-ins that nobody needs any more',
  waiting: () => listLocked(new Date()),
  run: (id) => {
    const [academyId = '', classId = ''] = id.split(SEPARATOR)
    const ofClass = and(eq(attendanceLocation.academyId, academyId), eq(attendanceLocation.classId, classId))
    return as(system('attendance'), async (tx) => (await tx.delete(attendanceLocation).where(ofClass)).count > 0)
  },
}

/** The classes whose sheets are locked and that have positions still. */
export function listLocked(now: Date): Promise<string[]> {
  return as(system('attendance'), async (tx) => {
    const classes = await tx
      .selectDistinct({
        academyId: attendanceLocation.academyId,
        classId: attendanceLocation.classId,
        endsOn: trainingClass.endsOn,
        status: trainingClass.status,
      })
      .from(attendanceLocation)
      .innerJoin(
        trainingClass,
        and(
          eq(trainingClass.academyId, attendanceLocation.academyId),
          eq(trainingClass.id, attendanceLocation.classId),
        ),
      )
    const locked: string[] = []
    // The policy of a year is read once a transaction.
    for (const { academyId, classId, endsOn, status } of classes) {
      const { lockDays } = await attendancePolicy(tx, yearOf(endsOn))
      const rule = { endsOn, lockDays, today: shanghaiDate(now), classStatus: status as ClassStatus }
      if (isLocked(rule)) locked.push(academyId + SEPARATOR + classId)
    }
    return locked
  })
}
