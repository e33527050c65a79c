import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { classSession } from '#db/schema/index.ts'
import { isSession } from './session-command.server.ts'

/** What was delivered of a session: its sheet is closed, or somebody is marked as having come. It is not cancelled then. */
export type Taken = 'sheet_closed' | 'marked'

/** The sessions of a class that were delivered, in the eyes of attendance; the others may be cancelled. */
export async function listTaken(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<Map<string, Taken>> {
  const rows = await tx.execute<{ id: string; isClosed: boolean }>(sql`
    select s.id, c.is_closed as "isClosed" from class_session s
    cross join lateral (select exists (select from attendance_sheet h
      where h.academy_id = s.academy_id and h.session_id = s.id and h.closed_at is not null) as is_closed) c
    where s.academy_id = ${academyId}::uuid and s.class_id = ${classId}::uuid and (c.is_closed or exists (
      select from attendance_mark m where m.academy_id = s.academy_id and m.session_id = s.id
        and m.mark in ('present', 'late', 'left_early')))`)
  return new Map(rows.map(({ id, isClosed }) => [id, isClosed ? 'sheet_closed' : 'marked']))
}

/**
 * Holds a session of which nothing was delivered until the end of the transaction: whoever marks meanwhile waits, and finds it
 * cancelled. It is asked before too, since who corrects a closed sheet holds the session and waits for its class.
 * @returns what stands in the way; null: nothing.
 */
export async function holdUntaken(
  tx: Tx,
  of: { academyId: string; classId: string; sessionId: string },
): Promise<Taken | null> {
  const before = (await listTaken(tx, of)).get(of.sessionId)
  if (before) return before
  await tx
    .select({ id: classSession.id })
    .from(classSession)
    .where(and(isSession(of), eq(classSession.classId, of.classId)))
    .for('no key update')
  return (await listTaken(tx, of)).get(of.sessionId) ?? null
}
