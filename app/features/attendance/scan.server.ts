import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceMark, enrolment } from '#db/schema/index.ts'
import { type CodeAct, readWorkerCode } from './codes.server.ts'
import { markOf } from './joins.server.ts'
import { keepEntries, lockStandings } from './record.server.ts'
import { isOpenFor } from './rules.ts'
import { findHeldSheet, type HeldSheet, holdOpen } from './sheet-held.server.ts'

/** The worker behind a code that the instructor scanned, and how they stand in the session. */
export type Scanned = { enrolmentId: string; name: string; checkedInAt: Date | null; checkedOutAt: Date | null }

type Asked = { viewer: Viewer; academyCode: string; sessionId: string; code: string; now: Date }

/** Whose code it is. `worker` null: none of a worker with a seat in this session's class. Null: no such session of the viewer's. */
export async function findScanned(tx: Tx, asked: Asked): Promise<{ held: HeldSheet; worker: Scanned | null } | null> {
  const held = await findHeldSheet(tx, asked)
  if (!held) return null
  const enrolmentId = readWorkerCode(asked.code, held)
  if (!enrolmentId) return { held, worker: null }
  const [row] = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
    })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(held.sessionId))
    .where(
      and(
        eq(enrolment.academyId, held.academyId),
        eq(enrolment.classId, held.classId),
        eq(enrolment.id, enrolmentId),
        eq(enrolment.seat, 'enrolled'),
      ),
    )
  return { held, worker: row ?? null }
}

export type ScanAnswer =
  | { ok: true; name: string; act: CodeAct; at: Date; isNew: boolean }
  | { ok: false; reason: 'unknown_code' | 'not_open' | 'closed' }

/** The instructor, who sees the worker, checks them in or out by their code. Null: no such session of the viewer's. */
export async function checkScanned(
  tx: Tx,
  asked: Asked & { act: CodeAct; requestId?: string },
): Promise<ScanAnswer | null> {
  const found = await findScanned(tx, asked)
  if (!found) return null
  const { held, worker } = found
  const { viewer, act, now } = asked
  if (!worker) return { ok: false, reason: 'unknown_code' }
  if (!isOpenFor(act, held.session, now)) return { ok: false, reason: 'not_open' }
  if (!(await holdOpen(tx, held))) return { ok: false, reason: 'closed' }
  const { enrolmentId, name } = worker
  const standing = (await lockStandings(tx, held, [enrolmentId])).get(enrolmentId)
  const before = act === 'in' ? standing?.checkedInAt : standing?.checkedOutAt
  if (before) return { ok: true, name, act, at: before, isNew: false }
  const entries = [{ enrolmentId, act, way: 'scanned' as const, at: now }]
  await keepEntries(tx, { sheet: held, entries, accountId: viewer.accountId, now })
  await record(tx, {
    by: viewer,
    now,
    kind: 'attendance.checked',
    detail: { classId: held.classId, act, way: 'scanned' },
    academyId: held.academyId,
    subjectId: held.sessionId,
    requestId: asked.requestId,
  })
  return { ok: true, name, act, at: now, isNew: true }
}
