import { and, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceMark, enrolment } from '#db/schema/index.ts'
import type { CodeAct } from './codes.server.ts'
import { markOf } from './joins.server.ts'
import { namedBy } from './named.server.ts'
import { keepEntries, lockStandings } from './record.server.ts'
import { readCodeText } from './roll/code-text.ts'
import { isOpenFor } from './rules.ts'
import { findHeldSheet, type HeldSheet, holdOpen, holdPlanned } from './sheet-held.server.ts'
import { seated } from './sheet-rows.server.ts'

/** The worker behind a code that the instructor scanned or typed, and how they stand in the session. */
export type Scanned = { enrolmentId: string; name: string; checkedInAt: Date | null; checkedOutAt: Date | null }

type Asked = { viewer: Viewer; academyCode: string; sessionId: string; code: string; now: Date }

/**
 * Why a code names nobody. `unknown_code`: of no worker with a seat in the session's class. `slip`: one of the digits is wrong.
 * `other_session`: a worker's code for another session. `not_a_code`: no worker's code at all.
 */
export type CodeRefusal = 'unknown_code' | 'slip' | 'other_session' | 'not_a_code'

type Found = { held: HeldSheet; worker: Scanned | null; refusal: CodeRefusal | null }

/**
 * Whose code it is: scanned, typed as its eight digits, or as a code reader types what it scans. An empty code names nobody
 * and is no fault. Null: no such session of the viewer's.
 */
export async function findScanned(tx: Tx, asked: Asked): Promise<Found | null> {
  const held = await findHeldSheet(tx, asked)
  if (!held) return null
  if (asked.code.trim() === '') return { held, worker: null, refusal: null }
  const read = readCodeText(asked.code, held.sessionId)
  if (read === null || typeof read === 'string') return { held, worker: null, refusal: read ?? 'not_a_code' }
  const enrolmentId = (await namedBy(tx, held, [read.code]))(read.code)
  const worker = enrolmentId ? await findStanding(tx, held, enrolmentId) : null
  return { held, worker, refusal: worker ? null : 'unknown_code' }
}

async function findStanding(tx: Tx, held: HeldSheet, enrolmentId: string): Promise<Scanned | null> {
  const [row] = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
    })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(held.sessionId))
    .where(and(seated(held), eq(enrolment.id, enrolmentId)))
  return row ?? null
}

export type ScanAnswer =
  | { ok: true; name: string; act: CodeAct; at: Date; isNew: boolean }
  | { ok: false; reason: CodeRefusal | 'not_open' | 'closed' }

/** The instructor, who sees the worker, checks them in or out by their code. Null: no such session of the viewer's. */
export async function checkScanned(
  tx: Tx,
  asked: Asked & { act: CodeAct; requestId?: string },
): Promise<ScanAnswer | null> {
  const found = await findScanned(tx, asked)
  if (!found) return null
  const { held, worker } = found
  const { viewer, act, now } = asked
  if (!worker) return { ok: false, reason: found.refusal ?? 'not_a_code' }
  if (!isOpenFor(act, held.session, now)) return { ok: false, reason: 'not_open' }
  if (!(await holdPlanned(tx, held))) return null
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
