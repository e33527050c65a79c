import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { listLacking } from '#app/features/training/make-up.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceSheet, classSession } from '#db/schema/index.ts'
import { sheetOfSession } from './joins.server.ts'
import type { HeldSheet } from './sheet-held.server.ts'

/** Who lacks hours of a session that was held: how many, the day of the make-up that is planned for them (null: none is), and whether the viewer plans one. */
export type Missed = { workers: number; madeUpOn: string | null; mayPlan: boolean }

/** The same of a sheet that is closed and not locked yet, of a session that makes up for none that was held. Null: of another, or nobody does. */
export async function findMissed(tx: Tx, viewer: Viewer, held: HeldSheet): Promise<Missed | null> {
  if (held.state !== 'closed' || held.makesUpOn !== null) return null
  const lacking = await listLacking(tx, held)
  if (lacking.length === 0) return null
  const [planned] = await tx
    .select({ startsAt: classSession.startsAt })
    .from(classSession)
    .leftJoin(attendanceSheet, sheetOfSession)
    .where(
      and(
        eq(classSession.academyId, held.academyId),
        eq(classSession.makesUpForId, held.sessionId),
        eq(classSession.status, 'planned'),
        isNull(attendanceSheet.closedAt),
      ),
    )
    .orderBy(desc(classSession.startsAt))
    .limit(1)
  const madeUpOn = planned ? shanghaiDate(planned.startsAt) : null
  return { workers: lacking.length, madeUpOn, mayPlan: viewer.role === 'academy_admin' && madeUpOn === null }
}
