import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { namedSitting } from '#app/features/training/assessment-say.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessmentSitting, enrolment, site, trainingClass } from '#db/schema/index.ts'
import type { AssessedPart } from '#db/values.ts'
import type { Meeting } from './meeting.ts'
import { atSite, isListed, MOST, meetingColumns, ofClass, toMeeting } from './meetings.server.ts'

/** The sittings of some classes' assessment plans, run as the viewer, as `listMeetings` lists sessions; nobody's name, no reason. */
export async function listSatMeetings(tx: Tx, classIds: readonly string[], now: Date): Promise<Meeting[]> {
  if (classIds.length === 0) return []
  const rows = await tx
    .select({
      ...meetingColumns(assessmentSitting),
      part: assessmentSitting.part,
      attempt: assessmentSitting.attempt,
      elsewhere: assessmentSitting.place,
    })
    .from(assessmentSitting)
    .innerJoin(trainingClass, ofClass(assessmentSitting))
    .innerJoin(academy, eq(academy.id, assessmentSitting.academyId))
    .leftJoin(site, atSite(assessmentSitting))
    .where(isListed(assessmentSitting, classIds, now))
    .orderBy(asc(assessmentSitting.startsAt), asc(assessmentSitting.id))
    .limit(MOST)
  return rows.map(({ part, attempt, elsewhere, ...row }) => {
    const sitting = { part: part as AssessedPart, attempt, className: row.className }
    const at = { ...row, siteName: elsewhere ?? row.siteName }
    return { ...toMeeting(at, `${row.className} · ${namedSitting('zh-CN', sitting)}`), sitting }
  })
}

/** Re-sits of classes that the viewer, a worker, has passed: they are none of its calendar. Run as the viewer. */
export async function listNoResits(tx: Tx, viewer: Viewer): Promise<string[]> {
  if (viewer.role !== 'worker') return []
  const rows = await tx
    .select({ id: assessmentSitting.id })
    .from(enrolment)
    .innerJoin(
      assessmentSitting,
      and(eq(assessmentSitting.academyId, enrolment.academyId), eq(assessmentSitting.classId, enrolment.classId)),
    )
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        gt(assessmentSitting.attempt, 1),
        sql`exists (select 1 from assessment a where a.academy_id = ${enrolment.academyId}
          and a.enrolment_id = ${enrolment.id} and a.result = 'passed')`,
      ),
    )
  return rows.map(({ id }) => id)
}
