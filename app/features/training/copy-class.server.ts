import { and, asc, eq, sql } from 'drizzle-orm'
import { daysBetween, isDateString } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, sessionInstructor, trainingClass } from '#db/schema/index.ts'
import { findCarried } from './assessment-carry.server.ts'
import { type CarriedPlan, movedPlan } from './assessment-carry.ts'
import { findHead } from './class-head.server.ts'
import { type CopiedClass, copiedFields, copyStartsOn } from './copy-class.ts'
import { listRequirements } from './requirements.server.ts'

/** A class of an academy to open one more like; null: there is none, or a ledger brought it. Runs as its administrator. */
export async function findCopied(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<CopiedClass | null> {
  const [found] = await tx
    .select()
    .from(trainingClass)
    .where(
      and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId), eq(trainingClass.origin, 'system')),
    )
  if (!found) return null
  const isOfThis = and(
    eq(classSession.academyId, academyId),
    eq(classSession.classId, classId),
    eq(classSession.status, 'planned'),
    // What made up for a session that was held was for those who missed it: a new class has nobody yet.
    sql`not exists (select 1 from class_session held where held.academy_id = class_session.academy_id
      and held.id = class_session.makes_up_for_id and held.status = 'planned')`,
  )
  const [sessions, teaching, requirements, headId, plan] = await Promise.all([
    tx
      .select({
        startsAt: classSession.startsAt,
        endsAt: classSession.endsAt,
        hours: classSession.hours,
        kind: classSession.kind,
        topic: classSession.topic,
        siteId: classSession.siteId,
        firstStation: classSession.firstStation,
        lastStation: classSession.lastStation,
      })
      .from(classSession)
      .where(isOfThis)
      .orderBy(asc(classSession.startsAt)),
    tx
      .selectDistinct({ id: sessionInstructor.instructorId })
      .from(sessionInstructor)
      .innerJoin(
        classSession,
        and(eq(classSession.academyId, sessionInstructor.academyId), eq(classSession.id, sessionInstructor.sessionId)),
      )
      .where(isOfThis),
    listRequirements(tx, { academyId, classId }),
    findHead(tx, { academyId, classId }),
    findCarried(tx, found),
  ])
  return { class: found, sessions, instructorIds: teaching.map(({ id }) => id), requirements, headId, plan }
}

/**
 * The form of a new class, filled in like a class of the academy; null where there is none to copy.
 * @param asked.from its first day as the address has it; what is no day is a day that suits (`copyStartsOn`).
 */
export async function findCopy(
  tx: Tx,
  asked: { academyId: string; classId: string | null; from: string | null; today: string },
) {
  const { academyId, classId, from, today } = asked
  const copied = classId && isId(classId) ? await findCopied(tx, { academyId, classId }) : null
  if (!copied) return null
  const { id, name } = copied.class
  const startsOn = from && isDateString(from) ? from : copyStartsOn({ startsOn: copied.class.startsOn, today })
  return { id, name, startsOn, fields: copiedFields(copied, startsOn), isPlanned: copied.plan.sittings.length > 0 }
}

/** The assessment plan of a class that is copied, moved by as many days as its first one; null: there is no such class. */
export async function findCopiedPlan(
  tx: Tx,
  of: { academyId: string; classId: string | null; startsOn: string },
): Promise<CarriedPlan | null> {
  const { academyId, classId, startsOn } = of
  const copied = classId && isId(classId) ? await findCopied(tx, { academyId, classId }) : null
  return copied && movedPlan(copied.plan, daysBetween(copied.class.startsOn, startsOn))
}
