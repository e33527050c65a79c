import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry } from '#db/schema/index.ts'
import type { HeldSheet } from './sheet-held.server.ts'

/**
 * Whether the viewer may correct a closed sheet: an administrator of the academy, or its sponsor's reviewer, who neither closed
 * the sheet nor marked anybody on it while it was open (domain.md, "A practical class"). Instructors take sheets; they do not
 * correct them.
 */
export async function isSecondPerson(tx: Tx, { academyId, sessionId, closedBy }: HeldSheet, viewer: Viewer) {
  if (viewer.role === 'instructor' || closedBy === viewer.accountId) return false
  const [row] = await tx
    .select({ one: sql`1` })
    .from(attendanceEntry)
    .where(
      and(
        eq(attendanceEntry.academyId, academyId),
        eq(attendanceEntry.sessionId, sessionId),
        eq(attendanceEntry.accountId, viewer.accountId),
        inArray(attendanceEntry.way, ['scanned', 'hand', 'paper']),
      ),
    )
    .limit(1)
  return row === undefined
}
