import { and, eq, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceSheet } from '#db/schema/index.ts'
import { type HeldSheet, isSheet } from './sheet-held.server.ts'

/**
 * Whether the viewer may correct a closed sheet: an administrator of the academy, or its sponsor's reviewer (or the province's in that place), who neither closed
 * the sheet nor marked anybody on it while it was open (domain.md, "A practical class"). Instructors take sheets; they do not
 * correct them.
 */
export async function isSecondPerson(tx: Tx, held: HeldSheet, viewer: Viewer): Promise<boolean> {
  if (viewer.role === 'instructor') return false
  const [row] = await tx
    .select({ tookIt: tookSheet(tx, sql`${viewer.accountId}::uuid`) })
    .from(attendanceSheet)
    .where(isSheet(held))
  return !row?.tookIt
}

/** Whether an account closed the joined sheet, or marked anybody on it while it was open. */
export function tookSheet(tx: Tx, accountId: SQLWrapper): SQL<boolean> {
  const marked = tx
    .select({ one: sql`1` })
    .from(attendanceEntry)
    .where(
      and(
        eq(attendanceEntry.academyId, attendanceSheet.academyId),
        eq(attendanceEntry.sessionId, attendanceSheet.sessionId),
        sql`${attendanceEntry.accountId} = ${accountId}`,
        inArray(attendanceEntry.way, ['scanned', 'hand', 'paper']),
      ),
    )
  return sql<boolean>`(${attendanceSheet.closedBy} is not distinct from ${accountId} or exists ${marked})`
}
