import { and, eq, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceMark, enrolment } from '#db/schema/index.ts'
import { type CodeAct, screenCode, spokenCode } from './codes.server.ts'
import { markOf } from './joins.server.ts'
import { type QrPath, qrPath } from './qr.server.ts'
import { isOpenFor } from './rules.ts'
import { findHeldSheet, type HeldSheet } from './sheet-held.server.ts'

/** What the instructor's screen shows. `code` null: not open for that now, or the sheet is closed. */
export type CodePage = {
  held: HeldSheet
  act: CodeAct
  code: { qr: QrPath; spoken: string; leftMs: number } | null
  enrolled: number
  checkedIn: number
  checkedOut: number
}

/** The code of a session for check-in or check-out. `origin`: of the site. Null: no such session of the viewer's. */
export async function findCodePage(
  viewer: Viewer,
  asked: { academyCode: string; sessionId: string; act: CodeAct; origin: string; now: Date },
): Promise<CodePage | null> {
  const { act, origin, now } = asked
  const found = await as(viewer, async (tx) => {
    const held = await findHeldSheet(tx, { viewer, ...asked })
    return held && { held, ...(await countChecked(tx, held)) }
  })
  if (!found) return null
  const { held } = found
  const isOpen = held.state === 'open' && isOpenFor(act, held.session, now)
  const of = { sessionId: held.sessionId, act }
  const { code, leftMs } = screenCode(of, now)
  const shown = { qr: qrPath(`${origin}/learn/check-in?c=${code}`), spoken: spokenCode(of, now), leftMs }
  return { ...found, act, code: isOpen ? shown : null }
}

async function countChecked(tx: Tx, { academyId, classId, sessionId }: HeldSheet) {
  const [row] = await tx
    .select({
      enrolled: sql<number>`count(*)::int`,
      checkedIn: sql<number>`count(*) filter (where ${attendanceMark.mark} in ('present', 'late', 'left_early'))::int`,
      checkedOut: sql<number>`count(${attendanceMark.checkedOutAt})::int`,
    })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(sessionId))
    .where(and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), eq(enrolment.seat, 'enrolled')))
  return row ?? { enrolled: 0, checkedIn: 0, checkedOut: 0 }
}
