import { sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceMark, enrolment } from '#db/schema/index.ts'
import type { AttendanceMark, AttendanceWay } from '#db/values.ts'
import { markOf } from './joins.server.ts'
import type { Roll, RollWorker } from './roll.ts'
import { findHeldSheet } from './sheet-held.server.ts'
import { lackOf, placeOf, seated } from './sheet-rows.server.ts'

/** More than any class has seats. */
const MOST = 1000
const DIGITS = 4

/** The roll of a session for whoever takes it, to be taken along. Null: no such session of the viewer's. */
export async function findRoll(
  tx: Tx,
  asked: { viewer: Viewer; academyCode: string; sessionId: string; now: Date },
): Promise<Roll | null> {
  const held = await findHeldSheet(tx, asked)
  if (!held) return null
  const rows = await tx
    .select({
      id: enrolment.id,
      name: enrolment.name,
      employer: enrolment.employer,
      phoneSealed: enrolment.phoneSealed,
      mark: attendanceMark.mark,
      in: attendanceMark.checkedInAt,
      out: attendanceMark.checkedOutAt,
      way: attendanceMark.way,
      lack: held.makesUpOn === null ? sql<null>`null` : lackOf(held),
    })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(held.sessionId))
    .where(seated(held))
    .orderBy(...placeOf(held))
    .limit(MOST)
  const names = new Map<string, number>()
  for (const { name } of rows) names.set(name, (names.get(name) ?? 0) + 1)
  const workers = rows.map(({ employer, phoneSealed, lack, ...row }): RollWorker => {
    const isOneOfSeveral = (names.get(row.name) ?? 0) > 1
    const digits = isOneOfSeveral && phoneSealed ? open('enrolment.phone', row.id, phoneSealed).slice(-DIGITS) : null
    return {
      ...row,
      tell: (isOneOfSeveral && [employer, digits].filter(Boolean).join(' · ')) || null,
      mark: row.mark as AttendanceMark | null,
      way: row.way as AttendanceWay | null,
      in: row.in?.getTime() ?? null,
      out: row.out?.getTime() ?? null,
      ...(lack === 0 && { isFree: true }),
    }
  })
  const { academyCode, sessionId, className, graceMinutes, sendHours, state, session } = held
  const { topic, site, hours } = session
  return {
    ...{ account: asked.viewer.accountId, now: asked.now.getTime(), academyCode, sessionId, className, topic, site },
    ...{ makesUpOn: held.makesUpOn },
    ...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime(), hours },
    ...{ graceMinutes, sendHours, state, workers },
  }
}
